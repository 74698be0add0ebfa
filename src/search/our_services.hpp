// The services that forage knows by their descriptions.
#pragma once

#include <forage/search.hpp>

#include <span>
#include <string_view>

namespace forage::detail {

struct known_service {
    provider self{};
    std::string_view description;  ///< JSON: docs/providers.md
};

[[nodiscard]] std::span<const known_service> our_services() noexcept;

}  // namespace forage::detail
