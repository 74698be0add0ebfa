#include "html/parse.hpp"

#include "html/scan.hpp"
#include "html/tree_builder.hpp"

namespace forage::detail::dom {

std::optional<std::string> with_line_feeds(std::string_view text) {
    const char* from      = text.data();
    const char* const end = from + text.size();
    const char* p         = find_any<'\r'>(from, end);
    if (p == end) return std::nullopt;
    std::string out;
    out.reserve(text.size());
    while (p != end) {
        out.append(from, p);
        out += '\n';
        from = p + 1;
        if (from != end && *from == '\n') ++from;
        p = find_any<'\r'>(from, end);
    }
    out.append(from, end);
    return out;
}

bool make_line_feeds(decoded_text& text, read_budget& budget) {
    auto rewritten = with_line_feeds(text.text);
    if (!rewritten) return true;
    if (!budget.take(rewritten->size())) return false;
    budget.give_back(text.storage.size());
    text.storage = *std::move(rewritten);
    text.text    = text.storage;
    return true;
}

std::unique_ptr<tree> parse(std::string_view text, read_budget& budget) {
    if (text.size() > longest_source) {
        budget.use_up_memory();
        return nullptr;
    }
    try {
        auto into = std::make_unique<tree>(text, budget);
        tree_builder{*into, budget}.run();
        return into;
    } catch (const budget_spent&) {
        return nullptr;
    }
}

}  // namespace forage::detail::dom
