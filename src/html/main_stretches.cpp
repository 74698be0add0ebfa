#include "html/main_stretches.hpp"

#include "text/ascii.hpp"

namespace forage::detail {

std::string main_stretches::cut_from(std::string_view text) const {
    std::string out;
    out.reserve(bytes_);
    std::size_t before = 0;
    for (const auto& each : all_) {
        const auto between = text.substr(before, each.begin - before);
        auto piece         = text.substr(each.begin, each.end - each.begin);
        if (!out.empty() && between.find('\n') != std::string_view::npos) {
            while (!out.empty() && is_space(out.back())) out.pop_back();
            out += '\n';
        } else if (!out.empty() && !between.empty() && !is_space(out.back())) {
            out += ' ';
        }
        if (out.empty() || is_space(out.back())) {
            while (!piece.empty() && piece.front() == ' ') piece.remove_prefix(1);
        }
        out += piece;
        before = each.end;
    }
    out.erase(out.find_last_not_of(" \t\n\f") + 1);
    return out;
}

}  // namespace forage::detail
