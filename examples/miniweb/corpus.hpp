// From folders of pages to documents for the index: every page read, and what other pages call it.
#pragma once

#include "index.hpp"
#include "site.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace miniweb {

/// Reads all HTML pages of all sites, on as many threads as there are cores. Pages that cannot be read are reported to
/// `log`, one line each, and left out.
[[nodiscard]] std::vector<document>
read_pages(const std::vector<site>& sites, const std::function<void(std::string_view)>& log);

/// Changes whenever a page of the sites does.
[[nodiscard]] std::string signature_of(const std::vector<site>& sites);

}  // namespace miniweb
