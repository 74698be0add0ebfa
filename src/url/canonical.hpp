// The form of a URL by which two spellings of one page are told to be one. Pure.
#pragma once

#include <forage/url.hpp>

#include <string>

namespace forage::detail {

/// For comparing, never for fetching: without scheme, fragment, `www.` and the like before the host, parameters that
/// only follow readers around, the name of a folder's page and the slash before it.
[[nodiscard]] std::string canonical_form(const url& of);

}  // namespace forage::detail
