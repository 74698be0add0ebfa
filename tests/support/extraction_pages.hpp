// The pages of the evaluation data, which are packed.
#pragma once

#include <string>
#include <vector>

namespace forage::testing {

struct extraction_page {
    std::string id;  ///< SET/NAME.html
    std::string bytes;
};

/// All pages under FORAGE_CORPORA/extraction, in order; none where there is no such folder. Unpacked by tar into a
/// temporary folder that is gone afterwards. Throws std::runtime_error if tar fails.
[[nodiscard]] std::vector<extraction_page> extraction_pages();

}  // namespace forage::testing
