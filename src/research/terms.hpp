// Words as they are compared: lower case, without accents, with the commonest English endings off. Pure.
#pragma once

#include <forage/function_ref.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

/// Calls `see(term)` for each term of `text`, in order. Letters of scripts without spaces between words come as pairs
/// of neighbours. The view is valid during the call.
void for_each_term(std::string_view text, function_ref<void(std::string_view)> see);

/// The distinct terms of a question without its stop words (with them, if it has nothing else); at most 64.
[[nodiscard]] std::vector<std::string> question_terms(std::string_view question);

/// Counts words as a reader does; two letters of a script without spaces count as one.
class word_counter {
public:
    void see(char32_t c) noexcept;
    [[nodiscard]] std::size_t words() const noexcept { return words_ + (letters_ + 1) / 2; }

private:
    std::size_t words_   = 0;
    std::size_t letters_ = 0;  // of scripts without spaces
    bool in_word_        = false;
};
[[nodiscard]] std::size_t count_words(std::string_view text);

}  // namespace forage::detail
