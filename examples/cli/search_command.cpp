// forage search QUERY
#include "cli/client_setup.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/render.hpp"
#include "cli/run_report.hpp"

#include <forage/search.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>

namespace forage::cli {

namespace {

std::chrono::milliseconds time_for_search(const options& o) {
    return o.deadline.count() > 0 ? std::min(o.timeout, o.deadline) : o.timeout;
}

/// Providers that failed before another answered. That one has no key is how the chain is meant to work.
void report_attempts(console& out, const search_results& found) {
    for (const auto& attempt : found.attempts) {
        if (!attempt.error || attempt.error->code == errc::not_configured) continue;
        out.complain(std::string{to_string(attempt.provider)} + ": " + attempt.error->message());
    }
}

int finish(console& out, const options& o, const result<search_results>& found) {
    if (!found) {
        out.complain(found.error().message());
        return found.error().code == errc::cancelled ? exit_interrupted : exit_nothing;
    }
    out.print(render_search(*found, o));
    report_attempts(out, *found);
    if (!found->hits.empty()) return exit_all;
    out.complain("no hits");
    return exit_nothing;
}

}  // namespace

awaitable<int> search_command(options o) {
    stopwatch watch;
    console out;
    auto executor = co_await boost::asio::this_coro::executor;
    auto settings = client_settings(o);
    request_log requests;
    if (o.stats) requests.listen(settings);
    client web{executor, std::move(settings)};

    search_options how;
    how.count    = o.count.value_or(how.count);
    how.together = o.together;
    how.timeout  = time_for_search(o);
    out.progress("searching");
    const auto found = co_await search(web, o.query, how, o.chain);

    const int code = finish(out, o, found);
    if (o.stats) out.note(stats_json({}, web.stats(), watch.wall_seconds(), stopwatch::cpu_seconds(), requests));
    co_return code;
}

}  // namespace forage::cli
