// Most paths need no change and are found out by one scan; the others go segment by segment.
#include "url/path.hpp"

#include "url/percent_encode.hpp"

namespace forage::detail {
namespace {

constexpr bool is_slash(char c) noexcept { return c == '/' || c == '\\'; }

// How many dots `segment` consists of, where "%2e" is a dot as well; 0 if it is anything else or longer than two.
int dots(std::string_view segment) noexcept {
    if (segment.size() > 6) return 0;
    int count = 0;
    while (!segment.empty()) {
        if (segment[0] == '.') {
            segment.remove_prefix(1);
        } else if (segment.starts_with("%2e") || segment.starts_with("%2E")) {
            segment.remove_prefix(3);
        } else {
            return 0;
        }
        ++count;
    }
    return count <= 2 ? count : 0;
}

// True if every segment of `text` may be copied as it is: most paths. Wrong only towards false.
bool is_plain(std::string_view text) noexcept {
    bool at_start = true;
    for (const char c : text) {
        if (must_encode(c, encode_set::path) || c == '\\') return false;
        if (at_start && (c == '.' || c == '%')) return false;  // may be a dot segment
        at_start = c == '/';
    }
    return true;
}

}  // namespace

void shorten_path(std::string& path) noexcept {
    const auto slash = path.rfind('/');
    path.resize(slash == std::string::npos ? 0 : slash);
}

void append_path(std::string& path, std::string_view text) {
    if (!text.empty() && is_slash(text[0])) text.remove_prefix(1);
    path.reserve(path.size() + text.size() + 1);
    if (is_plain(text)) {
        path.push_back('/');
        path.append(text);
        return;
    }
    while (true) {
        std::size_t end = 0;
        while (end < text.size() && !is_slash(text[end])) ++end;
        const auto segment = text.substr(0, end);
        const bool is_last = end == text.size();
        const int count    = dots(segment);
        if (count == 2) shorten_path(path);
        if (count == 0) {
            path.push_back('/');
            append_encoded(path, segment, encode_set::path);
        } else if (is_last) {
            path.push_back('/');
        }
        if (is_last) return;
        text.remove_prefix(end + 1);
    }
}

}  // namespace forage::detail
