#include "http/proxy_authorization.hpp"

#include <cstdint>
#include <string_view>

namespace forage::detail {
namespace {

// RFC 4648 §4
std::string base64(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            group = group << 8U | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            text += at + i <= bytes.size() ? digits[group >> (18 - 6 * i) & 0x3FU] : '=';
        }
    }
    return text;
}

}  // namespace

std::string proxy_authorization(const proxy& via) {
    if (!via.as) return {};
    return "Basic " + base64(via.as->user + ':' + via.as->password.reveal());
}

}  // namespace forage::detail
