#include "http/response_head.hpp"

#include "http/field_text.hpp"
#include "http/message.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

constexpr std::string_view protocol_name   = "HTTP/";
constexpr std::string_view line_end        = "\r\n";
constexpr std::string_view shortest_status = "HTTP/1.1 200";

// The next line, without its end. Every LF of a head has its CR: the finder has seen to that.
std::string_view take_line(std::string_view& head) {
    const auto end  = head.find('\n');
    const auto line = head.substr(0, end - 1);
    head.remove_prefix(end + 1);
    return line;
}

bool has_no_reason(std::string_view line) noexcept {
    return line.size() == shortest_status.size() && line[8] == ' ' &&
           std::all_of(line.begin() + 9, line.end(), is_digit);
}

bool is_later_minor(std::string_view line) noexcept {
    return line.size() > 7 && line.starts_with("HTTP/1.") && line[7] >= '2' && line[7] <= '9';
}

void append_status_line(std::string& out, std::string_view line) {
    out.append(line);
    if (is_later_minor(line)) out[7] = '1';
    if (has_no_reason(line)) out.push_back(' ');
}

// A first line that begins with a blank has nothing to be part of, and stays wrong.
bool is_folded(std::string_view line, std::size_t number) noexcept {
    return number > 1 && !line.empty() && is_blank(line.front());
}

bool is_token_list(std::string_view list) noexcept {
    while (!list.empty()) {
        auto element = list.substr(0, list.find(','));
        list.remove_prefix(std::min(element.size() + 1, list.size()));
        element = without_blanks(element);
        if (!std::all_of(element.begin(), element.end(), is_token_char)) return false;
    }
    return true;
}

// A Connection, or its unofficial twin, whose words cannot be told apart. What holds control characters is worse.
bool is_odd_connection(std::string_view line) noexcept {
    const auto name = line.substr(0, line.find(':'));
    if (name.size() == line.size()) return false;
    if (!equal_ignoring_case(name, "Connection") && !equal_ignoring_case(name, "Proxy-Connection")) return false;
    return std::all_of(line.begin(), line.end(), is_field_char) && !is_token_list(line.substr(name.size() + 1));
}

// The field at `begin` is whole, with its line end.
void close_if_odd(std::string& out, std::size_t begin) {
    const auto line = std::string_view{out}.substr(begin, out.size() - begin - line_end.size());
    if (is_odd_connection(line)) out.replace(begin, line.size(), "Connection: close");
}

bool needs_mending(std::string_view head) {
    for (std::size_t number = 0; !head.empty(); ++number) {
        const auto line   = take_line(head);
        const bool is_odd = number == 0 ? has_no_reason(line) || is_later_minor(line)
                                        : is_folded(line, number) || is_odd_connection(line);
        if (is_odd) return true;
    }
    return false;
}

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

std::string mended_head(std::string_view head) {
    if (!needs_mending(head)) return {};
    std::string out;
    std::size_t field = 0;  // where the last one begins
    for (std::size_t number = 0; !head.empty(); ++number) {
        const auto line = take_line(head);
        if (number == 0) {
            append_status_line(out, line);
        } else if (is_folded(line, number)) {
            out.resize(out.size() - line_end.size());
            out.append(1, ' ').append(without_blanks_before(line));
        } else {
            close_if_odd(out, field);
            field = out.size();
            out.append(line);
        }
        out.append(line_end);
    }
    return out;
}

}  // namespace forage::detail
