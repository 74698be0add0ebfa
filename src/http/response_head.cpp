#include "http/response_head.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

constexpr std::string_view protocol_name = "HTTP/";
constexpr std::string_view line_end      = "\r\n";

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

error refused(const char* why) {
    return error{errc::protocol, std::string{"malformed answer: "} + why, "the server is at fault; try again later"};
}

}  // namespace

result<head_place> head_finder::find(std::string_view bytes) {
    const auto held = bytes.substr(0, max_bytes_);
    head_place place;
    // RFC 9112 §2.2: an empty line before the message is ignored.
    if (held.starts_with(line_end)) place.begin = line_end.size();
    const bool may_be_empty_line = held == line_end.substr(0, held.size());
    const auto start             = held.substr(place.begin, protocol_name.size());
    if (!may_be_empty_line && start != protocol_name.substr(0, start.size())) return refused("not HTTP");

    line_ = std::max(line_, place.begin);
    seen_ = std::max(seen_, place.begin);
    for (;;) {
        const auto at = held.find('\n', seen_);
        if (at == std::string_view::npos) break;
        if (at == line_ || held[at - 1] != '\r') return refused("a line ends in LF alone");
        if (at == line_ + 1) {
            place.size = at + 1 - place.begin;
            return place;
        }
        line_ = seen_ = at + 1;
    }
    seen_ = held.size();
    if (held.size() == max_bytes_) return error{errc::too_large, "the header is larger than allowed"};
    return head_place{};
}

std::string mended_status_line(std::string_view line) {
    constexpr std::string_view shape = "HTTP/1.1 200\r\n";  // the shortest that is taken
    if (line.size() < shape.size() || !line.starts_with("HTTP/1.")) return {};
    const bool has_no_reason =
        line.size() == shape.size() && line[8] == ' ' && std::all_of(line.begin() + 9, line.end() - 2, is_digit);
    const bool is_later = line[7] >= '2' && line[7] <= '9';
    if (!has_no_reason && !is_later) return {};
    std::string mended{line};
    if (is_later) mended[7] = '1';
    if (has_no_reason) mended.insert(mended.size() - line_end.size(), 1, ' ');
    return mended;
}

}  // namespace forage::detail
