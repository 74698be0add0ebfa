#include "blocking/runner.hpp"

namespace forage::blocking {

client::runner::runner(client_options options) : options_{std::move(options)} {}

client::runner::~runner() {
    if (!engine_) return;
    engine_->web.cancel();
    engine_->work.reset();
    thread_.join();  // never from the thread itself: see call()
}

result<void> client::runner::start() {
    const std::lock_guard lock{starting_};
    if (engine_) {
        if (thread_.get_id() == std::this_thread::get_id()) {
            return error{
                errc::bad_argument,
                "a blocking call from the blocking client's own thread",
                "use the awaitable function there, or another blocking client",
            };
        }
        return result<void>::success();
    }
    try {
        auto fresh = std::make_unique<engine>(options_);
        thread_    = std::thread{[&io = fresh->io] { io.run(); }};
        engine_    = std::move(fresh);
    } catch (const exception& e) {
        return e.why();
    } catch (const std::exception& e) {
        return error{
            errc::internal, std::string{"cannot start: "} + e.what(), "raise the limits of open files and threads"
        };
    }
    return result<void>::success();
}

client_stats client::runner::stats() const {
    const std::lock_guard lock{starting_};
    return engine_ ? engine_->web.stats() : client_stats{};
}

}  // namespace forage::blocking
