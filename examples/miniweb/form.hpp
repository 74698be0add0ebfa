// Queries and forms: percent-encoding, and the names and values of a query string or a posted form.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace miniweb {

/// application/x-www-form-urlencoded, decoded: '+' is a space, a lone '%' stays as it is.
class form {
public:
    form() = default;
    explicit form(std::string_view encoded);

    /// The first value of that name.
    [[nodiscard]] std::optional<std::string> find(std::string_view name) const;
    [[nodiscard]] std::string value(std::string_view name) const { return find(name).value_or(std::string{}); }
    /// A whole number, `otherwise` where there is none, nothing where the text is not one.
    [[nodiscard]] std::optional<int> integer(std::string_view name, int otherwise) const;

private:
    std::vector<std::pair<std::string, std::string>> list_;
};

/// The two halves of a request target.
struct split_target {
    std::string path;   ///< percent-decoded
    std::string query;  ///< as it came, without '?'
};
[[nodiscard]] split_target split(std::string_view target);

[[nodiscard]] std::string percent_decode(std::string_view text, bool plus_is_space = false);
/// Everything but ASCII letters, digits and the characters of `keep`.
[[nodiscard]] std::string percent_encode(std::string_view text, std::string_view keep);

/// `text` with each byte that is not part of valid UTF-8 replaced by U+FFFD, control characters dropped, and white
/// space folded to single spaces.
[[nodiscard]] std::string clean_text(std::string_view text);

}  // namespace miniweb
