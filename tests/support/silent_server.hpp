// silent_server: takes connections on loopback, and never says a word.
#pragma once

#include <cerrno>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace forage::testing {

class silent_server {
public:
    silent_server() : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        sockaddr_in address{};
        address.sin_family      = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length        = sizeof address;
        auto* any               = reinterpret_cast<sockaddr*>(&address);
        if (::bind(socket_, any, length) != 0 || ::listen(socket_, 16) != 0 ||
            ::getsockname(socket_, any, &length) != 0) {
            throw std::system_error{errno, std::generic_category(), "cannot listen on loopback"};
        }
        url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
    }
    ~silent_server() { ::close(socket_); }
    silent_server(const silent_server&)            = delete;
    silent_server& operator=(const silent_server&) = delete;

    [[nodiscard]] const std::string& url() const noexcept { return url_; }

    /// Whether somebody connects within half a minute.
    [[nodiscard]] bool is_asked() const {
        pollfd listening{socket_, POLLIN, 0};
        return ::poll(&listening, 1, 30'000) == 1;
    }

private:
    int socket_;
    std::string url_;
};

}  // namespace forage::testing
