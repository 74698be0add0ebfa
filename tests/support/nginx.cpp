#include "support/nginx.hpp"

#include "support/free_port.hpp"

#include <csignal>
#include <fstream>
#include <stdexcept>

namespace forage::testing {
namespace {

constexpr const char* program = "/usr/sbin/nginx";

}  // namespace

bool nginx::installed() { return std::filesystem::exists(program); }

nginx::nginx(const std::filesystem::path& root, std::string_view certificate, std::string_view key) {
    const auto& at = folder_.path();
    std::ofstream{at / "cert.pem"} << certificate;
    std::ofstream{at / "key.pem"} << key;
    // Somebody may take the port between the probe and nginx; then nginx ends, and another is tried.
    for (int attempt = 0; attempt < 5; ++attempt) {
        port_ = free_port();
        std::ofstream{
            at / "nginx.conf"
        } << "daemon off; worker_processes 1; user root; pid "
          << (at / "pid").string() << ";\n"
          << "error_log stderr error;\nevents { worker_connections 1024; }\nhttp {\n  access_log off;\n"
          << "  types { text/html html; }\n  default_type text/html; charset utf-8; gzip on; keepalive_requests "
             "100000;\n"
          << "  client_body_temp_path " << (at / "t1").string() << "; proxy_temp_path " << (at / "t2").string()
          << "; fastcgi_temp_path " << (at / "t3").string() << "; uwsgi_temp_path " << (at / "t4").string()
          << "; scgi_temp_path " << (at / "t5").string() << ";\n"
          << "  server { listen 127.0.0.1:" << port_ << " ssl backlog=512; root " << root.string() << ";\n"
          << "    ssl_certificate " << (at / "cert.pem").string() << "; ssl_certificate_key "
          << (at / "key.pem").string() << "; }\n}\n";
        child_command command;
        command.words = {program, "-p", at.string(), "-c", (at / "nginx.conf").string(), "-e", "stderr"};
        process_      = std::make_unique<child_process>(std::move(command));
        // nginx says nothing when it is ready; so the port is tried until it answers or the process has ended.
        for (int tries = 0; tries < 200; ++tries) {
            if (accepts(port_)) return;
            if (process_->complains("emerg", std::chrono::milliseconds{25})) break;
        }
    }
    throw std::runtime_error{"nginx did not start: " + process_->err()};
}

nginx::~nginx() { process_->send_signal(SIGTERM); }

}  // namespace forage::testing
