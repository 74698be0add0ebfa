// black_hole: an address on loopback whose connections never come about, as those to a host behind a silent firewall.
#pragma once

#include <arpa/inet.h>
#include <cerrno>
#include <cstdint>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace forage::testing {

/// Listens with a queue that is full, so that the kernel drops what else comes (listen(2)).
class black_hole {
public:
    /// Throws std::system_error, also if `port` (0: any) is taken at `address`.
    explicit black_hole(const char* address, std::uint16_t port = 0) {
        sockets_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port   = htons(port);
        ::inet_pton(AF_INET, address, &at.sin_addr);
        socklen_t length = sizeof at;
        auto* any        = reinterpret_cast<sockaddr*>(&at);
        if (::bind(sockets_[0], any, length) != 0 || ::listen(sockets_[0], 0) != 0 ||
            ::getsockname(sockets_[0], any, &length) != 0) {
            fail();
        }
        port_ = ntohs(at.sin_port);
        for (bool full = false; !full;) {
            sockets_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
            ::connect(sockets_.back(), any, length);
            pollfd connecting{sockets_.back(), POLLOUT, 0};
            full = ::poll(&connecting, 1, 50) == 0;
            if (sockets_.size() > 10) fail();
        }
    }
    ~black_hole() { close(); }
    black_hole(const black_hole&)            = delete;
    black_hole& operator=(const black_hole&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

private:
    void close() {
        for (const int one : sockets_) ::close(one);
        sockets_.clear();
    }
    [[noreturn]] void fail() {
        const int why = errno;
        close();
        throw std::system_error{why, std::generic_category(), "cannot make a black hole"};
    }

    std::vector<int> sockets_;
    std::uint16_t port_ = 0;
};

}  // namespace forage::testing
