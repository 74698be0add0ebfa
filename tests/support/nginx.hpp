// A real nginx on a free port, with TLS, serving a folder: a server nobody here wrote.
#pragma once

#include "support/child_process.hpp"
#include "support/miniweb_fixture.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace forage::testing {

class nginx {
public:
    /// `certificate` and `key` in PEM. Throws std::runtime_error with nginx's words if it does not start.
    nginx(const std::filesystem::path& root, std::string_view certificate, std::string_view key);
    ~nginx();
    nginx(const nginx&)            = delete;
    nginx& operator=(const nginx&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    /// Whether this machine has the program.
    [[nodiscard]] static bool installed();

private:
    temporary_folder folder_;
    std::uint16_t port_ = 0;
    std::unique_ptr<child_process> process_;
};

}  // namespace forage::testing
