#include "net/connect.hpp"

#include "core/event.hpp"
#include "core/with_deadline.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <list>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

namespace forage::detail {
namespace net = boost::asio;
using tcp     = net::ip::tcp;
using boost::system::error_code;

namespace {

bool is_out_of_descriptors(const error_code& ec) {
    namespace errc = boost::system::errc;
    return ec == errc::too_many_files_open || ec == errc::too_many_files_open_in_system;
}

std::string advice(const error_code& ec) {
    namespace errc = boost::system::errc;
    if (is_out_of_descriptors(ec)) return "raise the limit of open files, or lower max_connections";
    if (ec == errc::connection_refused) return "nothing listens there; check the port";
    if (ec == errc::connection_reset) return "the server or something on the way cut the connection; try again later";
    if (ec == errc::permission_denied || ec == errc::operation_not_permitted) return "a firewall here forbids it";
    return "check the network and the host";
}

// There is no way to the address, often because this machine has no IPv6: that says less than an answer of the host.
bool is_unreachable(const error_code& ec) {
    namespace errc = boost::system::errc;
    return ec == errc::network_unreachable || ec == errc::host_unreachable || ec == errc::address_not_available ||
           ec == errc::address_family_not_supported || ec == errc::network_down;
}

// A host that could not be tried for want of descriptors has failed in nothing.
error from_system(const net::ip::address& address, const error_code& ec) {
    const auto code = ec == net::error::timed_out ? errc::timed_out : errc::connect_failed;
    return error{code, address.to_string() + ": " + ec.message(), advice(ec)}.at(
        is_out_of_descriptors(ec) ? phase::queue : phase::connect
    );
}

// Nothing, and why in `ec`, when there is none to be had: as a rule for want of descriptors.
std::optional<tcp::socket> open_socket(const net::any_io_executor& here, const tcp::endpoint& to, error_code& ec) {
    try {
        tcp::socket socket{here};
        socket.open(to.protocol(), ec);
        if (!ec) return socket;
    } catch (const boost::system::system_error& e) {  // the first socket of a loop makes the reactor
        ec = e.code();
    }
    return std::nullopt;
}

connected finished(tcp::socket socket, const tcp::endpoint& to) {
    error_code ignored;
    socket.set_option(tcp::no_delay{true}, ignored);
    return {std::move(socket), to_text(to)};
}

error no_answer(const net::ip::address& address, std::size_t others) {
    std::string what = address.to_string() + " does not answer";
    if (others > 0) what += ", nor do " + std::to_string(others) + " other addresses";
    return error{errc::timed_out, std::move(what), "check the host, or allow more time"}.at(phase::connect);
}

using connect_outcome = std::tuple<error_code>;

awaitable<connect_outcome> start(tcp::socket& socket, tcp::endpoint to) {  // NOLINT: awaited in place
    return socket.async_connect(to, net::as_tuple(net::use_awaitable));
}

// The most frequent case, without what a race takes.
awaitable<result<connected>> connect_alone(tcp::endpoint to, deadline until) {
    error_code ec;
    auto socket = open_socket(co_await net::this_coro::executor, to, ec);
    if (socket) {
        const auto outcome = co_await with_deadline(start(*socket, to), until);
        if (!outcome) co_return no_answer(to.address(), 0);
        ec = std::get<0>(*outcome);
    }
    if (ec == net::error::operation_aborted) throw boost::system::system_error{ec};
    if (ec) co_return from_system(to.address(), ec);
    co_return finished(*std::move(socket), to);
}

struct attempt {
    tcp::socket socket;
    tcp::endpoint to;
    bool is_running = true;
};

// Shared with the handlers of attempts, the last of which come when it is over.
class race : public std::enable_shared_from_this<race> {
public:
    explicit race(net::any_io_executor ex) : here_{std::move(ex)} {}

    [[nodiscard]] std::size_t running() const noexcept { return running_; }
    [[nodiscard]] attempt* winner() const noexcept { return winner_; }

    /// Whether an attempt runs now.
    bool start(const tcp::endpoint& to) {
        error_code ec;
        auto socket = open_socket(here_, to, ec);
        if (!socket) {
            note(to.address(), ec);
            return false;
        }
        auto& mine = attempts_.emplace_back(attempt{*std::move(socket), to});
        ++running_;
        mine.socket.async_connect(to, [self = shared_from_this(), &mine](const error_code& failed) {
            self->ended(mine, failed);
        });
        return true;
    }

    void refused(error why) { note(rank::blocked, std::move(why).at(phase::connect)); }

    /// Returns when an attempt has ended.
    awaitable<void> news() {
        const auto self = shared_from_this();
        if (!has_news_) {
            bell_.emplace(here_);
            co_await bell_->wait();
        }
        has_news_ = false;
    }

    void close() noexcept {
        is_over_ = true;
        for (auto& one : attempts_) {
            error_code ignored;
            one.socket.close(ignored);
        }
    }

    [[nodiscard]] error why_none() const {
        if (!why_) return error{errc::connect_failed, "the host has no address"}.at(phase::connect);
        auto why = *why_;
        if (tried_ > 1) why.what += " (the best of " + std::to_string(tried_) + " addresses)";
        return why;
    }
    [[nodiscard]] error why_late() const {
        for (const auto& one : attempts_) {
            if (one.is_running) return no_answer(one.to.address(), running_ - 1);
        }
        return why_none();
    }

private:
    // What is worth telling, if nothing succeeds.
    enum class rank { blocked, unreachable, failed };

    void note(rank r, error why) {
        ++tried_;
        if (why_ && r < rank_) return;
        rank_ = r;
        why_  = std::move(why);
    }

    void note(const net::ip::address& address, const error_code& ec) {
        note(is_unreachable(ec) ? rank::unreachable : rank::failed, from_system(address, ec));
    }

    void ended(attempt& one, const error_code& ec) {
        if (is_over_) return;
        one.is_running = false;
        --running_;
        if (!ec) {
            if (winner_ == nullptr) winner_ = &one;
        } else {
            error_code ignored;
            one.socket.close(ignored);
            note(one.to.address(), ec);
        }
        has_news_ = true;
        if (bell_) bell_->set();
    }

    net::any_io_executor here_;
    std::list<attempt> attempts_;  // a list, as handlers refer to its elements
    std::size_t running_ = 0;
    attempt* winner_     = nullptr;
    bool is_over_        = false;
    bool has_news_       = false;
    std::optional<event> bell_;
    std::optional<error> why_;
    rank rank_         = rank::blocked;
    std::size_t tried_ = 0;
};

}  // namespace

std::string to_text(const tcp::endpoint& endpoint) {
    const auto address = endpoint.address().to_string();
    return (endpoint.address().is_v6() ? '[' + address + ']' : address) + ':' + std::to_string(endpoint.port());
}

awaitable<result<connected>> connect(address_check allowed, addresses candidates, std::uint16_t port, deadline until) {
    if (candidates.size() == 1) {
        const tcp::endpoint only{candidates.front(), port};
        if (auto fine = allowed(only.address()); !fine) co_return error{fine.error()}.at(phase::connect);
        co_return co_await connect_alone(only, until);
    }
    const auto order = in_connect_order(candidates);
    const auto state = std::make_shared<race>(co_await net::this_coro::executor);
    struct finish {
        race& of;
        explicit finish(race& r) : of{r} {}
        finish(const finish&)            = delete;
        finish& operator=(const finish&) = delete;
        ~finish() { of.close(); }
    };
    const finish at_the_end{*state};

    for (auto next = order.begin();;) {
        for (bool started = false; !started && next != order.end(); ++next) {
            if (const auto fine = allowed(*next); fine)
                started = state->start({*next, port});
            else
                state->refused(fine.error());
        }
        if (state->running() == 0) co_return state->why_none();
        const auto turn = next == order.end() ? until : earlier(until, deadline::after(connection_attempt_delay));
        co_await ended_by(state->news(), turn);
        if (auto* first = state->winner(); first != nullptr) {
            co_return finished(std::move(first->socket), first->to);
        }
        if (until.has_passed()) co_return state->why_late();
    }
}

}  // namespace forage::detail
