// Ports of 127.0.0.1 for programs that cannot pick one themselves.
#pragma once

#include <cstdint>

namespace forage::testing {

/// One that nobody listens on now. Somebody may take it before the program does; then try another.
[[nodiscard]] std::uint16_t free_port();

/// Whether somebody listens there.
[[nodiscard]] bool accepts(std::uint16_t port);

}  // namespace forage::testing
