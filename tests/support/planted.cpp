#include "support/planted.hpp"

#include <algorithm>

namespace forage::testing::planted {
namespace {

std::string lower(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    return out;
}

}  // namespace

::testing::AssertionResult absent(std::string_view text) {
    const auto sent = std::string_view{proxy_login_sent}.substr(0, 12);
    if (lower(text).find(lower(mark)) == std::string::npos && text.find(sent) == std::string_view::npos) {
        return ::testing::AssertionSuccess();
    }
    return ::testing::AssertionFailure() << "a secret in:\n" << text;
}

std::string without(std::string text, std::string_view part) {
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at)) text.erase(at, part.size());
    return text;
}

std::string in_json(std::string_view head) {
    std::string out;
    for (const char c : head) {
        if (c == '\r') continue;
        if (c == '\n') {
            out += "\\n";
        } else {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
    }
    return out;
}

}  // namespace forage::testing::planted
