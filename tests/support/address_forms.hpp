// The ways in which a URL can name an address it should not lead to, collected from the bypasses of other guards.
#pragma once

#include <string>
#include <vector>

namespace forage::testing {

struct address_form {
    std::string text;      ///< the URL
    std::string leads_to;  ///< "ADDRESS PORT" where an unguarded client arrives; empty: nowhere, or that depends
};

/// URLs on their own.
[[nodiscard]] const std::vector<address_form>& address_forms();
/// Those of them that fit into a Location field, and relative references, of a page under http.
[[nodiscard]] const std::vector<address_form>& redirect_forms();

}  // namespace forage::testing
