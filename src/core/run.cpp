#include <forage/run.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/system/system_error.hpp>

#include <csignal>
#include <exception>

namespace forage {
namespace net = boost::asio;

int run(awaitable<int> program) {
    net::io_context io{1};
    net::cancellation_signal cancel;
    net::signal_set signals{io, SIGINT, SIGTERM};
    signals.async_wait([&](const boost::system::error_code& ec, int) {
        if (ec) return;
        signals.clear();  // a second signal ends the process, as usual
        cancel.emit(net::cancellation_type::terminal);
    });

    int status = 0;
    std::exception_ptr thrown;
    auto finish = [&](std::exception_ptr e, int value) {
        status = value;
        thrown = std::move(e);
        signals.cancel();
    };
    net::co_spawn(io, std::move(program), net::bind_cancellation_slot(cancel.slot(), finish));
    io.run();

    if (!thrown) return status;
    try {
        std::rethrow_exception(thrown);
    } catch (const boost::system::system_error& e) {
        if (e.code() != net::error::operation_aborted) throw;
        return 128 + SIGINT;
    }
}

int run(awaitable<void> program) {
    auto with_status = [](awaitable<void> inner) -> awaitable<int> {
        co_await std::move(inner);
        co_return 0;
    };
    return run(with_status(std::move(program)));
}

}  // namespace forage
