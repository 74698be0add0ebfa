#include "html/rendered_text.hpp"

#include "text/ascii.hpp"

#include <algorithm>

namespace forage::detail {

// The filter is one for the whole text: of joiners it counts runs, which elements do not end.
std::string rendered_text::visible(std::string_view raw) {
    filter_.append_verbatim(raw);
    return filter_.take();
}

void rendered_text::begin_text() {
    if (breaks_ != 0 && !out_.empty()) out_.append(breaks_, '\n');
    if (pending_space_ && !at_line_start_) out_.push_back(' ');
    breaks_        = 0;
    pending_space_ = at_line_start_ = false;
}

void rendered_text::fold(std::string_view raw) {
    const std::string text = visible(raw);
    const char* const end  = text.data() + text.size();
    for (const char* p = text.data(); p != end;) {
        if (is_space(*p)) {
            pending_space_ = true;
            ++p;
            continue;
        }
        const char* last = std::find_if(p, end, is_space);
        begin_text();
        out_.append(p, last);
        p = last;
    }
}

void rendered_text::keep(std::string_view raw) {
    const std::string text = visible(raw);
    if (text.empty()) return;
    begin_text();
    out_ += text;
    at_line_start_ = out_.back() == '\n';
}

void rendered_text::require_breaks(unsigned count) noexcept {
    breaks_        = std::max(breaks_, count);
    pending_space_ = false;
    at_line_start_ = true;
}

void rendered_text::separator(char c) {
    pending_space_ = false;
    begin_text();
    out_.push_back(c);
    at_line_start_ = true;
}

}  // namespace forage::detail
