// Measured on recorded answers; Microsoft documents neither form.
#include "search/bing_redirect.hpp"

#include "search/form.hpp"

#include <forage/url.hpp>

#include <cstdint>
#include <optional>

namespace forage::detail {
namespace {

// RFC 4648 §5, padding optional.
std::optional<std::string> decode_base64url(std::string_view text) {
    while (text.ends_with('=')) text.remove_suffix(1);
    std::string out;
    std::uint32_t bits = 0;
    int held           = 0;
    for (const char c : text) {
        std::uint32_t digit = 0;
        if (c >= 'A' && c <= 'Z') {
            digit = static_cast<std::uint32_t>(c - 'A');
        } else if (c >= 'a' && c <= 'z') {
            digit = static_cast<std::uint32_t>(c - 'a') + 26;
        } else if (c >= '0' && c <= '9') {
            digit = static_cast<std::uint32_t>(c - '0') + 52;
        } else if (c == '-' || c == '+') {
            digit = 62;
        } else if (c == '_' || c == '/') {
            digit = 63;
        } else {
            return std::nullopt;
        }
        bits = (bits << 6 | digit) & 0xFFFF;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out += static_cast<char>(static_cast<unsigned char>((bits >> held) & 0xFF));
    }
    return out;
}

}  // namespace

std::string unwrap_bing_redirect(std::string_view link) {
    const auto parsed = url::parse(link);
    if (!parsed || (parsed->host() != "www.bing.com" && parsed->host() != "bing.com")) return std::string{link};

    std::optional<std::string> target;
    if (parsed->path() == "/cr") {
        target = form_value(parsed->query(), "r");
    } else if (parsed->path().starts_with("/ck/")) {
        const auto packed = form_value(parsed->query(), "u");
        if (packed && packed->starts_with("a1")) target = decode_base64url(std::string_view{*packed}.substr(2));
    }
    if (!target || !url::parse(*target)) return std::string{link};
    return *std::move(target);
}

}  // namespace forage::detail
