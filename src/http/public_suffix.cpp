#include "http/public_suffix.hpp"

#include "net/host_text.hpp"

#include <libpsl.h>

namespace forage::detail {

bool is_public_suffix(std::string_view domain) {
    const std::string name{without_final_dot(domain)};
    // A libpsl that was built without a list answers yes to everything.
    return name.empty() || psl_is_public_suffix(psl_builtin(), name.c_str()) != 0;
}

std::string registrable_domain(std::string_view host) {
    std::string name{without_final_dot(host)};
    const auto* found = psl_registrable_domain(psl_builtin(), name.c_str());
    return found == nullptr ? name : std::string{found};
}

}  // namespace forage::detail
