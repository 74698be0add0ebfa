// libFuzzer target for robots.txt: a match is what the slow textbook algorithm says, line ends and the case of names
// make no difference, /robots.txt is always allowed, what is kept is bounded; -timeout=2 -max_len=65536 finds what is
// not linear. The input's first line is a target, the second a product token, the rest the file.
#include "fuzz/require.hpp"
#include "http/robots_lines.hpp"
#include "http/robots_pattern.hpp"
#include "http/robots_rules.hpp"
#include "http/robots_verdict.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace forage::detail;

using forage::fuzz::require;

// Which lengths of the target the pattern read so far can have matched.
bool matches_slowly(std::string_view pattern, std::string_view target) {
    const bool to_end = pattern.ends_with('$');
    if (to_end) pattern.remove_suffix(1);
    std::vector<bool> reached(target.size() + 1);
    reached[0] = true;
    for (const char c : pattern) {
        std::vector<bool> next(target.size() + 1);
        bool any = false;
        for (std::size_t i = 0; i <= target.size(); ++i) {
            any     = any || reached[i];
            next[i] = c == '*' ? any : i > 0 && reached[i - 1] && target[i - 1] == c;
        }
        reached = std::move(next);
    }
    if (to_end) return reached[target.size()];
    for (const bool r : reached) {
        if (r) return true;
    }
    return false;
}

std::string with_line_ends(std::string_view text, std::string_view end) {
    std::string out;
    for (const char c : text) out += c == '\n' || c == '\r' ? std::string{end} : std::string(1, c);
    return out;
}

std::string in_upper_case(std::string_view text) {
    std::string out{text};
    for (auto& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
}

void check_patterns(std::string_view target, std::string_view text) {
    const robots_target normal{target};
    require(robots_target{normal.plain}.plain == normal.plain, "the normal form of a target is not its own");
    std::size_t steps_left = 1'000'000;  // of the slow algorithm, for all lines together
    robots_lines lines{text};
    while (const auto line = lines.next()) {
        const robots_pattern pattern{line->value};
        require(pattern.octets <= 3 * line->value.size(), "more octets than an encoded value can have");
        const auto& read = pattern.reads_query ? normal.open_query : normal.plain;
        const auto steps = pattern.text.size() * read.size();
        if (steps > steps_left) continue;
        steps_left -= steps;
        require(matches(pattern.text, read) == matches_slowly(pattern.text, read), "a wrong match");
    }
}

std::string_view first_line(std::string_view& text) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() < text.size() ? line.size() + 1 : text.size());
    return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto target = first_line(text);
    const auto token  = first_line(text);

    const auto rules   = robots_rules::parse(text, token);
    const bool allowed = rules.permits(target);
    require(rules.size() <= max_robots_rules, "too many rules");
    require(rules.crawl_delay().value_or(max_crawl_delay) <= max_crawl_delay, "too long a delay");
    const auto robots_file = forage::url::parse("http://a.example/robots.txt").value();
    require(rules.allows(robots_file), "/robots.txt is not allowed");

    // What is slow once is not worth six times.
    const bool repeat   = rules.size() * target.size() < 1'000'000;
    const auto of_upper = robots_rules::parse(text, in_upper_case(token));
    require(
        of_upper.size() == rules.size() && (!repeat || of_upper.permits(target) == allowed), "another case, other rules"
    );
    for (const std::string_view end : {"\n", "\r", "\r\n"}) {
        const auto again = robots_rules::parse(with_line_ends(text, end), token);
        require(
            again.size() == rules.size() && (!repeat || again.permits(target) == allowed),
            "another line end, other rules"
        );
        require(again.crawl_delay() == rules.crawl_delay(), "another line end, another delay");
    }

    if (const auto page = forage::url::parse(std::string{"http://a.example/"} + std::string{target})) {
        const auto verdict = robots_verdict::from_answer(200, text, product_token(token));
        require(verdict.what() != robots_verdict::kind::allow_all || verdict.allows(*page), "all is not all");
        require(!robots_verdict::from_answer(503, text, token).allows(*page) || is_robots_file(*page), "none is some");
    }
    check_patterns(target, text);
    return 0;
}
