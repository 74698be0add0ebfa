#include "support/answer_shapes.hpp"

#include "support/encoders.hpp"

#include <array>
#include <cstdio>

namespace forage::testing {

std::string answer_shape::name() const {
    constexpr std::array names{"length", "chunks", "close"};
    return names.at(static_cast<std::size_t>(ends)) + std::string{has_gzip ? " and gzip" : ""};
}

std::string answer_shape::head(std::string_view text) const {
    std::string out = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
    if (has_gzip) out += "Content-Encoding: gzip\r\n";
    const auto size = has_gzip ? encode_gzip(text).size() : text.size();
    if (ends == framing::length) out += "Content-Length: " + std::to_string(size) + "\r\n";
    if (ends == framing::chunks) out += "Transfer-Encoding: chunked\r\n";
    return out + "\r\n";
}

std::string answer_shape::bytes(std::string_view text) const {
    const std::string body = has_gzip ? encode_gzip(text) : std::string{text};
    if (ends != framing::chunks) return head(text) + body;
    std::string out = head(text);
    const auto step = body.size() / 2 + 1;
    for (std::size_t at = 0; at < body.size(); at += step) {
        const auto piece = body.substr(at, step);
        std::array<char, 32> size{};
        std::snprintf(size.data(), size.size(), "%zx;part=%zu\r\n", piece.size(), at);
        out += size.data() + piece + "\r\n";
    }
    return out + "0\r\nLate: yes\r\n\r\n";
}

}  // namespace forage::testing
