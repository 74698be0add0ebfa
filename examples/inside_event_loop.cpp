// inside_event_loop: a blocking call from inside a handler of an event loop that runs, and from inside a coroutine on
// it. Neither deadlocks: the work runs on the blocking client's own thread. The loop stands still meanwhile, so new
// code awaits instead.
//     inside_event_loop [QUESTION]
#include "example_options.hpp"

#include <forage/forage.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>

#include <iostream>
#include <string>

namespace net = boost::asio;

std::size_t hits_for(const forage::blocking::client& web, const std::string& question) {
    const auto found = forage::blocking::search(web, question, {.count = 3});
    if (!found) std::cerr << found.error().message() << '\n';
    return found ? found->hits.size() : 0;
}

net::awaitable<std::size_t> old_code_in_a_coroutine(forage::blocking::client web, std::string question) {
    co_return hits_for(web, question);
}

int main(int argc, char** argv) {
    const std::string question = argc > 1 ? argv[1] : "foreign key constraint";
    const forage::blocking::client web{options_from_environment()};
    net::io_context loop;

    std::size_t in_handler = 0;
    net::post(loop, [&] { in_handler = hits_for(web, question); });
    auto in_coroutine = net::co_spawn(loop, old_code_in_a_coroutine(web, question), net::use_future);
    loop.run();

    const auto from_coroutine = in_coroutine.get();
    std::cout << "handler: " << in_handler << " hits\ncoroutine: " << from_coroutine << " hits\n";
    return in_handler > 0 && from_coroutine > 0 ? 0 : 1;
}
