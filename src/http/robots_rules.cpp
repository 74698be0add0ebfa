// Groups are merged while reading: what no group for this crawler or for '*' says is never kept.
#include "http/robots_rules.hpp"

#include "http/message.hpp"
#include "http/robots_lines.hpp"
#include "http/robots_pattern.hpp"

#include <algorithm>
#include <utility>

namespace forage::detail {

struct robots_rules::parser {
    std::string_view token;
    robots_rules own, anyone;
    bool is_named     = false;  // a group of the crawler's own exists, even if it says nothing
    bool in_own       = false;
    bool in_anyone    = false;
    bool after_a_rule = false;

    void read(const robots_line& line) {
        using kind = robots_line::kind;
        switch (line.what) {
        case kind::user_agent: start_group(line.value); break;
        case kind::allow:
        case kind::disallow:
            after_a_rule = true;
            if (in_own) own.add(line.value, line.what == kind::allow);
            if (in_anyone) anyone.add(line.value, line.what == kind::allow);
            break;
        case kind::crawl_delay:
            // RFC 9309 §2.2.4: other records end no group.
            if (in_own) own.wait(line.value);
            if (in_anyone) anyone.wait(line.value);
            break;
        case kind::other: break;
        }
    }

    // RFC 9309 §2.2.1: lines that name a crawler add it to the group until the first rule; the next one starts another.
    void start_group(std::string_view value) noexcept {
        if (std::exchange(after_a_rule, false)) in_own = in_anyone = false;
        const auto name = leading_product_token(value);
        if (!name.empty()) {
            in_own   = in_own || equal_ignoring_case(name, token);
            is_named = is_named || in_own;
        } else if (value.substr(0, value.find_first_of(" \t")) == "*") {
            in_anyone = true;
        }
    }
};

std::string_view product_token(std::string_view user_agent) noexcept {
    constexpr std::string_view compatible = "(compatible;";
    const auto token                      = leading_product_token(user_agent);
    if (!equal_ignoring_case(token, "Mozilla")) return token;
    const auto comment = user_agent.find(compatible);
    if (comment == std::string_view::npos) return token;
    user_agent.remove_prefix(comment + compatible.size());
    user_agent.remove_prefix(std::min(user_agent.find_first_not_of(' '), user_agent.size()));
    return leading_product_token(user_agent);
}

bool is_robots_file(const url& target) noexcept { return target.path() == "/robots.txt" && target.query().empty(); }

robots_rules robots_rules::parse(std::string_view text, std::string_view token) {
    parser state{token, {}, {}};
    robots_lines lines{text};
    while (const auto line = lines.next()) state.read(*line);
    auto rules = state.is_named ? std::move(state.own) : std::move(state.anyone);
    rules.close();
    return rules;
}

bool robots_rules::allows(const url& target) const { return is_robots_file(target) || permits(target.target()); }

bool robots_rules::permits(std::string_view path_and_query) const {
    if (rules_.empty()) return true;
    const robots_target target{path_and_query};
    const std::string_view patterns{patterns_};
    for (const auto& r : rules_) {
        if (matches(patterns.substr(r.begin, r.length), r.reads_query ? target.open_query : target.plain)) {
            return r.allows;
        }
    }
    return true;
}

void robots_rules::add(std::string_view pattern, bool allows) {
    if (pattern.empty() || rules_.size() == max_robots_rules) return;
    const robots_pattern normal{pattern};
    rules_.push_back(
        {static_cast<std::uint32_t>(patterns_.size()),
         static_cast<std::uint32_t>(normal.text.size()),
         static_cast<std::uint32_t>(normal.octets),
         allows,
         normal.reads_query}
    );
    patterns_ += normal.text;
}

void robots_rules::wait(std::string_view value) noexcept {
    const auto delay = read_crawl_delay(value, max_crawl_delay);
    if (delay && (!crawl_delay_ || *crawl_delay_ < *delay)) crawl_delay_ = delay;
}

// RFC 9309 §2.2.2: the most octets win, and Allow among equals; in this order the first match is the one.
void robots_rules::close() {
    std::sort(rules_.begin(), rules_.end(), [](const rule& a, const rule& b) {
        return a.octets != b.octets ? a.octets > b.octets : a.allows && !b.allows;
    });
    patterns_.shrink_to_fit();
    rules_.shrink_to_fit();
}

}  // namespace forage::detail
