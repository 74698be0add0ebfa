// How well main content was found, by the measures of the sets that have a ground truth.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace forage::testing {

/// What a set says of one page; which members it has decides over the measure.
struct expected_content {
    std::string body;                  ///< the whole text
    std::string type;                  ///< of page, where the set tells them apart
    std::vector<std::string> with;     ///< must be in it
    std::vector<std::string> without;  ///< must not
    bool has_body = false;
};

/// By page. Empty if the set is not there. Throws if it cannot be read.
[[nodiscard]] std::map<std::string, expected_content> expected_contents(const std::string& set);

/// Sums up pages; `f1` is what the set is ranked by.
class extraction_score {
public:
    /// words: F1 of the bags of lower-case words, averaged over pages. shingles: bags of four words in a row, each page
    /// weighing the same; precision and recall averaged, then F1 of them. segments: of all pages together.
    enum class measure { words, shingles, segments };

    explicit extraction_score(measure by) noexcept : by_{by} {}

    void add(const expected_content& wanted, const std::string& got);
    [[nodiscard]] double f1() const;

private:
    measure by_;
    double precision_ = 0, recall_ = 0, f1_ = 0;
    double pages_ = 0, predicted_ = 0, expected_ = 0;
    double hits_ = 0, false_hits_ = 0, missed_ = 0;
};

/// Which measure the set is for.
[[nodiscard]] extraction_score::measure measure_of(const std::map<std::string, expected_content>& set);

}  // namespace forage::testing
