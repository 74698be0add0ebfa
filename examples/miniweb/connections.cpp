#include "connections.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <utility>

namespace miniweb {

namespace net = boost::asio;

void connections::start(
    std::shared_ptr<void> owner, net::awaitable<void> conversation, std::function<void(std::exception_ptr)> ended
) {
    ++accepted;
    peak_open         = std::max<std::uint64_t>(peak_open.load(), ++open);
    const auto signal = signals_.emplace(signals_.end());
    auto finish       = [this, owner = std::move(owner), ended = std::move(ended), signal](std::exception_ptr thrown) {
        ended(thrown);
        signals_.erase(signal);
        --open;
        release_waiting();
    };
    net::co_spawn(strand_, std::move(conversation), net::bind_cancellation_slot(signal->slot(), std::move(finish)));
}

void connections::end_all() {
    ending_ = true;
    // Terminal is the one kind every coroutine honours. Emitting may end connections, which edits the list.
    for (auto next = signals_.begin(); next != signals_.end();) (next++)->emit(net::cancellation_type::terminal);
}

void connections::when_gone(net::any_completion_handler<void()> resume) {
    waiting_.push_back(std::move(resume));
    release_waiting();
}

void connections::release_waiting() {
    if (!ending_ || open != 0) return;
    auto ready = std::exchange(waiting_, {});
    for (auto& resume : ready) std::move(resume)();
}

}  // namespace miniweb
