// How well title, author and date were read, on the sets whose ground truth has them.
#pragma once

#include <map>
#include <optional>
#include <string>

namespace forage::testing {

/// By field ("title", "author", "date"): what the set says of one page, empty if the page has none; nothing if the set
/// does not know.
using expected_fields = std::map<std::string, std::optional<std::string>>;

/// By page. Empty if the set is not there. Throws if it cannot be read.
[[nodiscard]] std::map<std::string, expected_fields> expected_metadata(const std::string& set);

/// Sums up one field over pages.
class metadata_score {
public:
    /// Case and white space do not count; of dates the first ten characters do.
    void add(const std::string& field, const std::string& wanted, const std::string& got);

    /// Of the pages that have the field, how many were read to the letter.
    [[nodiscard]] double exact() const noexcept { return have_ == 0 ? 0 : exact_ / have_; }
    /// Of the pages that have none, for how many there was an answer all the same.
    [[nodiscard]] double spurious() const noexcept { return lack_ == 0 ? 0 : spurious_ / lack_; }

private:
    double have_ = 0, exact_ = 0, lack_ = 0, spurious_ = 0;
};

}  // namespace forage::testing
