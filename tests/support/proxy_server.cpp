#include "support/proxy_server.hpp"

#include "support/free_port.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <sys/stat.h>

namespace forage::testing {
namespace {

constexpr const char* squid_program      = "/usr/sbin/squid";
constexpr const char* squid_login_helper = "/usr/lib/squid/basic_ncsa_auth";
constexpr const char* socks_program      = "/usr/bin/microsocks";

}  // namespace

bool proxy_server::installed(kind which) {
    if (which == kind::microsocks) return std::filesystem::exists(socks_program);
    return std::filesystem::exists(squid_program) && std::filesystem::exists(squid_login_helper);
}

proxy_server::proxy_server(kind which, bool wants_login) : which_{which} {
    // Somebody may take the port between the probe and the program; then that ends, and another is tried.
    for (int attempt = 0; attempt < 5; ++attempt) {
        port_ = free_port();
        if (which == kind::squid) {
            start_squid(wants_login);
        } else {
            start_microsocks(wants_login);
        }
        // Neither says when it is ready; so the port is tried until it answers or the process has ended.
        for (int tries = 0; tries < 400; ++tries) {
            if (accepts(port_)) return;
            if (process_->complains("FATAL", std::chrono::milliseconds{25})) break;
        }
    }
    throw std::runtime_error{"the proxy did not start: " + process_->err()};
}

void proxy_server::start_squid(bool wants_login) {
    // When root starts it, squid goes on as another user, who must be able to read this.
    const auto& at = folder_.path();
    ::chmod(at.c_str(), 0755);
    const auto hash = run_child({.words = {"openssl", "passwd", "-apr1", password}}).out;
    std::ofstream{at / "passwords"} << user << ':' << hash;
    std::ofstream{at / "hosts"} << "127.0.0.1 " << known_to_squid << '\n';
    std::ofstream settings{at / "squid.conf"};
    settings << "http_port 127.0.0.1:" << port_ << "\npid_filename none\ncache deny all\naccess_log none\n"
             << "cache_log stdio:" << (at / "log").string() << "\ncache_store_log none\ncoredump_dir " << at.string()
             << "\npinger_enable off\nshutdown_lifetime 0 seconds\nvisible_hostname proxy.test\nhosts_file "
             << (at / "hosts").string() << "\ndns_nameservers 127.0.0.1\n";
    if (wants_login) {
        settings << "auth_param basic program " << squid_login_helper << ' ' << (at / "passwords").string()
                 << "\nacl known proxy_auth REQUIRED\nhttp_access allow known\nhttp_access deny all\n";
    } else {
        settings << "http_access allow all\n";
    }
    settings.close();
    child_command command;
    command.words = {squid_program, "-N", "-d1", "-f", (at / "squid.conf").string()};
    process_      = std::make_unique<child_process>(std::move(command));
}

void proxy_server::start_microsocks(bool wants_login) {
    child_command command;
    // -b: of a name's addresses it takes the first of this family.
    command.words = {socks_program, "-i", "127.0.0.1", "-p", std::to_string(port_), "-b", "127.0.0.1"};
    if (wants_login) {
        for (const char* word : {"-u", user, "-P", password}) command.words.emplace_back(word);
    }
    process_ = std::make_unique<child_process>(std::move(command));
}

std::string proxy_server::url(const std::string& login) const {
    return (which_ == kind::squid ? "http://" : "socks5h://") + login + "127.0.0.1:" + std::to_string(port_);
}

}  // namespace forage::testing
