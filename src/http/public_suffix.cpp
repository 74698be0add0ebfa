#include "http/public_suffix.hpp"

#include <libpsl.h>

namespace forage::detail {
namespace {

std::string without_root(std::string_view name) {
    if (name.ends_with('.')) name.remove_suffix(1);
    return std::string{name};
}

}  // namespace

bool is_public_suffix(std::string_view domain) {
    const auto name = without_root(domain);
    // A libpsl that was built without a list answers yes to everything.
    return name.empty() || psl_is_public_suffix(psl_builtin(), name.c_str()) != 0;
}

std::string registrable_domain(std::string_view host) {
    auto name         = without_root(host);
    const auto* found = psl_registrable_domain(psl_builtin(), name.c_str());
    return found == nullptr ? name : std::string{found};
}

}  // namespace forage::detail
