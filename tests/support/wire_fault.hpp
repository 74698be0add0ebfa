// wire_fault: what goes wrong with the bytes of one connection on their way to the client, and where.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace forage::testing {

struct wire_fault {
    enum class kind : std::uint8_t {
        none,
        cut,      ///< the connection ends (FIN)
        reset,    ///< the connection is reset (RST)
        stall,    ///< nothing more comes; the connection stays open
        corrupt,  ///< one byte is another: NUL, or 0xFF where it was NUL
        drip,     ///< one byte at a time from there on, `between` apart
    };

    kind what      = kind::none;
    std::size_t at = 0;  ///< so many bytes, of TLS where it is spoken, are sent rightly before
    std::chrono::milliseconds between{10};
};

}  // namespace forage::testing
