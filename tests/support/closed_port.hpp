// closed_port: a port of 127.0.0.1 that refuses connections, and that nobody else can take meanwhile.
#pragma once

#include <cerrno>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace forage::testing {

class closed_port {
public:
    closed_port() : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        sockaddr_in address{};
        address.sin_family      = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length        = sizeof address;
        auto* any               = reinterpret_cast<sockaddr*>(&address);
        // Bound, and never listened to.
        if (::bind(socket_, any, length) != 0 || ::getsockname(socket_, any, &length) != 0) {
            throw std::system_error{errno, std::generic_category(), "cannot have a port of loopback"};
        }
        url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
    }
    ~closed_port() { ::close(socket_); }
    closed_port(const closed_port&)            = delete;
    closed_port& operator=(const closed_port&) = delete;

    [[nodiscard]] const std::string& url() const noexcept { return url_; }

private:
    int socket_;
    std::string url_;
};

}  // namespace forage::testing
