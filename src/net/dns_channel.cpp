#include "net/dns_channel.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <ares.h>
#include <cerrno>
#include <cstring>
#include <map>
#include <netinet/in.h>
#include <sys/time.h>
#include <utility>

namespace forage::detail {
namespace net = boost::asio;

namespace {

// One of c-ares's sockets. The descriptor is c-ares's to close, so it is released, never closed, here.
struct watched_socket {
    net::posix::stream_descriptor descriptor;
    bool wants_read  = false;
    bool wants_write = false;
    bool read_armed  = false;
    bool write_armed = false;

    explicit watched_socket(const net::any_io_executor& strand) : descriptor{strand} {}
    ~watched_socket() {
        if (descriptor.is_open()) descriptor.release();
    }
    watched_socket(const watched_socket&)            = delete;
    watched_socket& operator=(const watched_socket&) = delete;
};

dns_reply read_answer(const ares_addrinfo& info) {
    dns_reply reply;
    reply.said   = dns_reply::kind::found;
    int shortest = 24 * 3600;
    for (const auto* alias = info.cnames; alias != nullptr; alias = alias->next) {
        shortest = std::min(shortest, alias->ttl);
    }
    for (const auto* node = info.nodes; node != nullptr; node = node->ai_next) {
        if (reply.found.size() == dns_channel::most_addresses) break;
        shortest = std::min(shortest, node->ai_ttl);
        if (node->ai_family == AF_INET) {
            sockaddr_in from{};
            std::memcpy(&from, node->ai_addr, sizeof from);
            reply.found.emplace_back(net::ip::address_v4{ntohl(from.sin_addr.s_addr)});
        } else if (node->ai_family == AF_INET6) {
            sockaddr_in6 from{};
            std::memcpy(&from, node->ai_addr, sizeof from);
            net::ip::address_v6::bytes_type bytes{};
            std::memcpy(bytes.data(), &from.sin6_addr, bytes.size());
            reply.found.emplace_back(net::ip::address_v6{bytes});
        }
    }
    reply.time_to_live = std::chrono::seconds{std::max(0, shortest)};
    return reply;
}

dns_reply without_answer(int status, int system_reason) {
    using kind       = dns_reply::kind;
    const auto reply = [](kind said, error why) { return dns_reply{said, {}, {}, std::move(why)}; };
    switch (status) {
    case ARES_ENOTFOUND:
        return reply(kind::no_name, error{errc::name_not_found, "no such name", "check the spelling of the host"});
    case ARES_ENODATA: return reply(kind::no_data, error{errc::name_not_found, "the name has no address"});
    case ARES_EBADNAME:
        return reply(kind::failed, error{errc::name_not_found, "not a name that DNS can hold", "check the host"});
    case ARES_ETIMEOUT:
        return reply(kind::failed, error{errc::resolve_failed, "the name server does not answer", "check the network"});
    case ARES_ECONNREFUSED:
        // Also what c-ares says when it could not open a socket.
        if (system_reason == EMFILE || system_reason == ENFILE) {
            return reply(
                kind::failed,
                error{
                    errc::resolve_failed,
                    "no descriptor left to ask the name server with",
                    "raise the limit of open files, or lower max_connections"
                }
                    .at(phase::queue)
            );
        }
        return reply(
            kind::failed,
            error{errc::resolve_failed, "no name server can be reached", "check the network and /etc/resolv.conf"}
        );
    default: return reply(kind::failed, error{errc::resolve_failed, ares_strerror(status), "try again later"});
    }
}

}  // namespace

struct dns_channel::state {
    net::any_io_executor strand;
    std::shared_ptr<dns_setup> setup;
    net::steady_timer clock;  // c-ares's own retransmissions
    ares_channel channel = nullptr;
    std::map<int, std::shared_ptr<watched_socket>> sockets;
    std::size_t asked = 0;

    state(net::any_io_executor ex, std::shared_ptr<dns_setup> with)
        : strand{std::move(ex)}, setup{std::move(with)}, clock{strand} {}
};

// Calls nest: an answer may bring the next question, or another channel's.
struct dns_channel::call {
    explicit call(dns_channel& about)
        : setup{about.s_->setup}, before{std::exchange(about.s_->setup->speaking_, &about)} {}
    ~call() { setup->speaking_ = before; }
    call(const call&)            = delete;
    call& operator=(const call&) = delete;

    std::shared_ptr<dns_setup> setup;
    dns_channel* before;
};

dns_channel::dns_channel(std::unique_ptr<state> s) : s_{std::move(s)} {}

dns_channel::~dns_channel() { close(); }

result<std::shared_ptr<dns_channel>> dns_channel::open(net::any_io_executor strand, std::shared_ptr<dns_setup> setup) {
    auto* const model = setup->model_;
    std::shared_ptr<dns_channel> made{new dns_channel{std::make_unique<state>(std::move(strand), std::move(setup))}};
    if (const int status = ares_dup(&made->s_->channel, model); status != ARES_SUCCESS) {
        return error{errc::resolve_failed, ares_strerror(status), "try again later"};
    }
    return made;
}

void dns_channel::ask(const std::string& name, family wanted, handler done) {
    ares_addrinfo_hints hints{};
    hints.ai_family   = wanted == family::v4 ? AF_INET : AF_INET6;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags    = ARES_AI_NOSORT;  // sorting opens a socket per address; `connect` finds out by itself what works
    struct question {
        state& of;
        handler done;
    };
    auto* pending = new question{*s_, std::move(done)};  // owned by c-ares until it calls back, which it always does
    ++s_->asked;
    auto finished = [](void* data, int status, int, ares_addrinfo* info) {
        const int system_reason = errno;
        const std::unique_ptr<question> mine{static_cast<question*>(data)};
        --mine->of.asked;
        dns_reply reply;
        if (status == ARES_SUCCESS && info != nullptr)
            reply = read_answer(*info);
        else
            reply = without_answer(status, system_reason);
        if (info != nullptr) ares_freeaddrinfo(info);
        if (status != ARES_EDESTRUCTION) mine->done(std::move(reply));
    };
    {
        const call now{*this};
        errno = 0;  // so that what the callback sees is of this call
        ares_getaddrinfo(s_->channel, name.c_str(), nullptr, &hints, finished, pending);
    }
    set_clock();
}

void dns_channel::close() {
    s_->sockets.clear();  // before c-ares closes them, while the numbers are still ours
    s_->clock.cancel();
    if (s_->channel == nullptr) return;
    const call now{*this};
    ares_destroy(std::exchange(s_->channel, nullptr));
}

void dns_channel::process(int readable, int writable) {
    if (s_->channel == nullptr) return;
    {
        const call now{*this};
        errno = 0;
        ares_process_fd(s_->channel, readable, writable);
    }
    set_clock();
}

void dns_channel::watch(int socket, bool readable, bool writable) {
    if (!readable && !writable) {
        s_->sockets.erase(socket);  // cancels its waits
        return;
    }
    if (s_->channel == nullptr) return;
    auto& entry = s_->sockets[socket];
    if (!entry) {
        entry = std::make_shared<watched_socket>(s_->strand);
        boost::system::error_code unwatched;  // then c-ares's clock ends the question
        entry->descriptor.assign(socket, unwatched);
        if (unwatched) {
            s_->sockets.erase(socket);
            return;
        }
    }
    entry->wants_read  = readable;
    entry->wants_write = writable;
    arm(socket);
}

void dns_channel::arm(int socket) {
    const auto found = s_->sockets.find(socket);
    if (found == s_->sockets.end()) return;
    auto entry      = found->second;
    const auto wait = [&](auto kind, bool read) {
        std::weak_ptr<watched_socket> same = entry;
        entry->descriptor.async_wait(
            kind,
            [self = shared_from_this(), same, socket, read](const boost::system::error_code& ec) {
                const auto still = same.lock();
                if (ec || !still) return;
                (read ? still->read_armed : still->write_armed) = false;
                self->process(read ? socket : ARES_SOCKET_BAD, read ? ARES_SOCKET_BAD : socket);
                // c-ares may have closed the socket and opened another of the same number meanwhile.
                const auto now = self->s_->sockets.find(socket);
                if (now != self->s_->sockets.end() && now->second == still) self->arm(socket);
            }
        );
    };
    if (entry->wants_read && !entry->read_armed) {
        entry->read_armed = true;
        wait(net::posix::stream_descriptor::wait_read, true);
    }
    if (entry->wants_write && !entry->write_armed) {
        entry->write_armed = true;
        wait(net::posix::stream_descriptor::wait_write, false);
    }
}

void dns_channel::set_clock() {
    if (s_->asked == 0 || s_->channel == nullptr) {
        s_->clock.cancel();  // an idle channel keeps no event loop alive
        return;
    }
    timeval next{};
    if (ares_timeout(s_->channel, nullptr, &next) == nullptr) return;
    s_->clock.expires_after(std::chrono::seconds{next.tv_sec} + std::chrono::microseconds{next.tv_usec});
    s_->clock.async_wait([self = shared_from_this()](const boost::system::error_code& ec) {
        if (!ec) self->process(ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    });
}

}  // namespace forage::detail
