#include "net/dns_channel.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <ares.h>
#include <array>
#include <cstring>
#include <map>
#include <mutex>
#include <netinet/in.h>
#include <sys/time.h>

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

    watched_socket(const net::any_io_executor& strand, int socket) : descriptor{strand, socket} {}
    ~watched_socket() { descriptor.release(); }
    watched_socket(const watched_socket&)            = delete;
    watched_socket& operator=(const watched_socket&) = delete;
};

dns_answer read_answer(const ares_addrinfo* info) {
    dns_answer answer;
    int shortest = 24 * 3600;
    for (const auto* node = info->nodes; node != nullptr; node = node->ai_next) {
        shortest = std::min(shortest, node->ai_ttl);
        if (node->ai_family == AF_INET) {
            sockaddr_in from{};
            std::memcpy(&from, node->ai_addr, sizeof from);
            answer.addresses.emplace_back(net::ip::address_v4{ntohl(from.sin_addr.s_addr)});
        } else if (node->ai_family == AF_INET6) {
            sockaddr_in6 from{};
            std::memcpy(&from, node->ai_addr, sizeof from);
            net::ip::address_v6::bytes_type bytes{};
            std::memcpy(bytes.data(), &from.sin6_addr, bytes.size());
            answer.addresses.emplace_back(net::ip::address_v6{bytes});
        }
    }
    answer.time_to_live = std::chrono::seconds{std::max(0, shortest)};
    return answer;
}

error from_ares(int status) {
    switch (status) {
    case ARES_ENOTFOUND: return error{errc::name_not_found, "no such name", "check the spelling of the host"};
    case ARES_ENODATA: return error{errc::name_not_found, "the name has no address"};
    case ARES_EBADNAME: return error{errc::name_not_found, "not a name that DNS can hold"};
    case ARES_ETIMEOUT: return error{errc::resolve_failed, "the name server does not answer", "check the network"};
    default: return error{errc::resolve_failed, ares_strerror(status)};
    }
}

}  // namespace

struct dns_channel::state {
    net::any_io_executor strand;
    net::steady_timer clock;  // c-ares's own retransmissions
    ares_channel channel = nullptr;
    std::map<int, std::shared_ptr<watched_socket>> sockets;
    std::size_t running = 0;
    std::weak_ptr<dns_channel> self;

    explicit state(net::any_io_executor ex) : strand{std::move(ex)}, clock{strand} {}
};

dns_channel::dns_channel(std::unique_ptr<state> s) : s_{std::move(s)} {}

dns_channel::~dns_channel() {
    s_->sockets.clear();  // before c-ares closes them, while the numbers are still ours
    if (s_->channel != nullptr) ares_destroy(s_->channel);
}

result<std::shared_ptr<dns_channel>> dns_channel::open(net::any_io_executor strand, const std::string& server) {
    static std::once_flag once;
    static int library = ARES_SUCCESS;
    std::call_once(once, [] { library = ares_library_init(ARES_LIB_INIT_ALL); });
    if (library != ARES_SUCCESS) return error{errc::resolve_failed, ares_strerror(library)}.at(phase::resolve);

    auto owned = std::make_unique<state>(std::move(strand));
    auto* raw  = owned.get();
    ares_options options{};
    static char dns_only[]     = "b";  // the hosts file is read by `resolver`, once
    options.lookups            = dns_only;
    options.timeout            = 2000;  // of a first try; c-ares doubles it
    options.tries              = 3;
    options.sock_state_cb_data = raw;
    options.sock_state_cb      = [](void* data, ares_socket_t socket, int readable, int writable) {
        if (auto self = static_cast<state*>(data)->self.lock()) self->watch(socket, readable != 0, writable != 0);
    };
    const int mask = ARES_OPT_LOOKUPS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB;
    int status     = ares_init_options(&raw->channel, &options, mask);
    if (status == ARES_SUCCESS && !server.empty()) status = ares_set_servers_ports_csv(raw->channel, server.c_str());
    auto opened = std::shared_ptr<dns_channel>{new dns_channel{std::move(owned)}};
    raw->self   = opened;
    if (status != ARES_SUCCESS) {
        return error{errc::resolve_failed, std::string{"cannot set up DNS: "} + ares_strerror(status)}.at(phase::resolve
        );
    }
    return opened;
}

void dns_channel::query(const std::string& name, handler done) {
    ares_addrinfo_hints hints{};
    hints.ai_family   = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    struct call {
        std::shared_ptr<dns_channel> channel;
        handler done;
    };
    auto* pending =
        new call{shared_from_this(), std::move(done)};  // owned by c-ares until it calls back, which it always does
    ++s_->running;
    auto finished = [](void* data, int status, int, ares_addrinfo* info) {
        const std::unique_ptr<call> mine{static_cast<call*>(data)};
        --mine->channel->s_->running;
        result<dns_answer> outcome;
        if (status == ARES_SUCCESS && info != nullptr)
            outcome = read_answer(info);
        else
            outcome = from_ares(status);
        if (info != nullptr) ares_freeaddrinfo(info);
        mine->done(std::move(outcome));
    };
    ares_getaddrinfo(s_->channel, name.c_str(), nullptr, &hints, finished, pending);
    set_clock();
}

void dns_channel::cancel_all() {
    ares_cancel(s_->channel);
    set_clock();
}

void dns_channel::process(int readable, int writable) {
    ares_process_fd(s_->channel, readable, writable);
    set_clock();
}

void dns_channel::watch(int socket, bool readable, bool writable) {
    if (!readable && !writable) {
        s_->sockets.erase(socket);  // cancels its waits
        return;
    }
    auto& entry = s_->sockets[socket];
    if (!entry) entry = std::make_shared<watched_socket>(s_->strand, socket);
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
    if (s_->running == 0) {
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
