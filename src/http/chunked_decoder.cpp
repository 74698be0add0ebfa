#include "http/chunked_decoder.hpp"

#include "http/field_text.hpp"
#include "text/ascii.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

error malformed() { return error{errc::protocol, "malformed chunk", "the server is at fault; try again later"}; }

}  // namespace

result<std::string_view> chunked_decoder::next(std::string_view& bytes) {
    while (!bytes.empty() && at_ != state::done) {
        if (at_ == state::data) {
            const auto data = bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size())));
            bytes.remove_prefix(data.size());
            left_ -= data.size();
            if (left_ == 0) at_ = state::data_cr;
            return data;
        }
        if (auto taken = frame(bytes.front()); !taken) {
            at_ = state::broken;
            return std::move(taken).error();
        }
        bytes.remove_prefix(1);
    }
    return std::string_view{};
}

void chunked_decoder::begin_line(state first) noexcept {
    at_   = first;
    line_ = 0;
}

// Moves on if the byte was right.
bool chunked_decoder::go(bool is_right, state next) noexcept {
    if (is_right) at_ = next;
    return is_right;
}

result<void> chunked_decoder::frame(char c) {
    if (++framing_ > limits_.framing_bytes || ++line_ > limits_.line_bytes) {
        return error{errc::too_large, "chunk headers or trailers are larger than allowed"};
    }
    bool is_right = false;
    switch (at_) {
    case state::size_start:
        left_ = 0;
        at_   = state::size;
        return add_digit(hex_value(c));
    case state::size:
        if (const auto digit = hex_value(c); digit >= 0) return add_digit(digit);
        [[fallthrough]];
    case state::blank:
        is_right = go(is_blank(c), state::blank) || go(c == ';', state::extension) || go(c == '\r', state::size_lf);
        break;
    case state::extension: is_right = go(c == '\r', state::size_lf) || is_field_char(c); break;
    case state::size_lf:
        if (c == '\n') return end_of_size_line();
        break;
    case state::data_cr: is_right = go(c == '\r', state::data_lf); break;
    case state::data_lf:
        is_right = c == '\n';
        begin_line(state::size_start);
        break;
    case state::trailer_start:  // a blank here goes on with the line before (RFC 9112 §5.2)
        is_right = go(c == '\r', state::end_lf) || go(is_blank(c), state::trailer_value) ||
                   go(c != ':' && is_field_char(c), state::trailer_name);
        break;
    case state::trailer_name: is_right = go(c == ':', state::trailer_value) || is_field_char(c); break;
    case state::trailer_value: is_right = go(c == '\r', state::trailer_lf) || is_field_char(c); break;
    case state::trailer_lf: is_right = go(c == '\n', state::trailer_start); break;
    case state::end_lf: is_right = go(c == '\n', state::done); break;
    case state::data:
    case state::done:
    case state::broken: break;
    }
    if (!is_right) return malformed();
    return result<void>::success();
}

result<void> chunked_decoder::add_digit(int digit) {
    constexpr auto most = UINT64_MAX >> 4U;
    if (digit < 0 || left_ > most) return malformed();
    left_ = (left_ << 4U) + static_cast<unsigned>(digit);
    return result<void>::success();
}

result<void> chunked_decoder::end_of_size_line() {
    if (left_ == 0) {
        begin_line(state::trailer_start);
        return result<void>::success();
    }
    if (left_ > limits_.data_bytes - announced_) {
        return error{errc::too_large, "the body is larger than allowed", "raise max_body_bytes"};
    }
    announced_ += left_;
    begin_line(state::data);
    return result<void>::success();
}

}  // namespace forage::detail
