// What may stand in a log or an error: of a URL, and of text that may hold URLs.
#include "text/ascii.hpp"
#include "url/percent_encode.hpp"
#include "url/redacted_text.hpp"

#include <forage/url.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace forage {
namespace {

// As the whole name or its last word only: "monkey" and "bypass" stay readable.
constexpr std::array<std::string_view, 18> secret_words{
    "key",
    "sig",
    "hmac",
    "auth",
    "oauth",
    "authorization",
    "bearer",
    "pass",
    "passwd",
    "pwd",
    "jwt",
    "otp",
    "pin",
    "sid",
    "passphrase",
    "cookie",
    "ticket",
    "passcode"
};
constexpr std::array<std::string_view, 6> secret_endings{
    "apikey", "accesskey", "secretkey", "authkey", "privatekey", "sharedkey"
};
constexpr std::array<std::string_view, 10> secret_parts{
    "token",
    "secret",
    "signature",
    "password",
    "credential",
    "session",
    "sessid",
    "assertion",
    "samlresponse",
    "verifier"  // of OAuth (RFC 7636 §4.1)
};

constexpr bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }

// Whether the last word of `name` is `known`: "key" that of "api_key", "api key", "apiKey" and "api[key]".
bool ends_in_word(std::string_view name, std::string_view known) {
    while (!name.empty() && !detail::is_letter_or_digit(name.back())) name.remove_suffix(1);
    if (name.size() < known.size()) return false;
    const auto begin = name.size() - known.size();
    if (!detail::equals_ignoring_case(name.substr(begin), known)) return false;
    return begin == 0 || !detail::is_letter_or_digit(name[begin - 1]) ||
           (is_upper(name[begin]) && !is_upper(name[begin - 1]));
}

// Judges the name that the server will see: decoded, as "%6bey" is "key" to it.
bool looks_secret(std::string_view written) {
    auto name           = detail::percent_decode(written);
    const auto is_word  = [&](std::string_view known) { return ends_in_word(name, known); };
    const bool has_word = std::any_of(secret_words.begin(), secret_words.end(), is_word);
    for (char& c : name) c = detail::to_lower(c);
    const auto is_ending = [&](std::string_view known) { return name.ends_with(known); };
    const auto is_part   = [&](std::string_view known) { return name.find(known) != std::string::npos; };
    return has_word || name == "code" ||  // of OAuth, RFC 6749 §4.1.2: good for a token, once
           std::any_of(secret_endings.begin(), secret_endings.end(), is_ending) ||
           std::any_of(secret_parts.begin(), secret_parts.end(), is_part);
}

// Whether `text` holds a URL with a user name or with a secret parameter, as the targets of redirectors do.
bool holds_secret_url(std::string_view text) {
    for (auto at = text.find("//"); at != std::string_view::npos; at = text.find("//", at + 1)) {
        const auto authority = text.substr(at + 2, text.find_first_of("/?#\\", at + 2) - at - 2);
        if (authority.find('@') != std::string_view::npos) return true;
    }
    constexpr std::string_view separators = "?&;#";
    for (auto at = text.find_first_of(separators); at != std::string_view::npos;) {
        const auto next      = text.find_first_of(separators, at + 1);
        const auto parameter = text.substr(at + 1, next - at - 1);
        const auto equals    = parameter.find('=');
        if (equals != std::string_view::npos && looks_secret(parameter.substr(0, equals))) return true;
        at = next;
    }
    return false;
}

// The same for a value as it is written: each URL around a URL encodes it once more.
bool hides_secret(std::string_view value) {
    constexpr int most_layers = 3;  // what is wrapped deeper than anyone needs is not shown
    std::string text{value};
    for (int layer = 0; layer < most_layers; ++layer) {
        if (holds_secret_url(text)) return true;
        auto decoded = detail::percent_decode(text);
        if (decoded == text) return false;
        text = std::move(decoded);
    }
    return true;
}

// Copies `text`, parameters with "***" for what is secret. A parameter goes from one of `begins` to the next of `ends`.
void append_redacted(std::string& out, std::string_view text, std::string_view begins, std::string_view ends) {
    while (!text.empty()) {
        const auto part = text.substr(0, text.find_first_of(ends, 1));
        auto hidden     = std::string_view::npos;  // where what must not be shown begins
        if (begins.find(part.front()) != std::string_view::npos) {
            const auto equals = part.find('=');
            const bool named  = equals != std::string_view::npos;
            const auto name   = part.substr(1, named ? equals - 1 : equals);
            if (hides_secret(name)) {
                hidden = 1;
            } else if (named && (looks_secret(name) || hides_secret(part.substr(equals + 1)))) {
                hidden = equals + 1;
            }
        }
        out.append(part, 0, hidden);
        if (hidden != std::string_view::npos) out.append("***");
        text.remove_prefix(part.size());
    }
}

// Whether a field of that name carries a credential: "Cookie", "Proxy-Authorization", "Ocp-Apim-Subscription-Key".
bool is_secret_field(std::string_view name) {
    while (!name.empty() && !detail::is_letter_or_digit(name.front())) name.remove_prefix(1);
    const auto is_last = [&](std::string_view known) {
        return ends_in_word(name, known) &&
               (name.size() == known.size() || name[name.size() - known.size() - 1] == '-');
    };
    if (is_last("authorization") || is_last("cookie")) return true;
    return name.find('-') != std::string_view::npos && (is_last("key") || is_last("token") || is_last("secret"));
}

// Appends one word; false when nothing behind it may be shown.
bool append_word(std::string& out, std::string_view word) {
    if (const auto at = word.rfind('@'); at != std::string_view::npos) {
        out.append("***");
        word.remove_prefix(at);
    }
    const auto colon = word.find(':');
    if (colon != std::string_view::npos && is_secret_field(word.substr(0, colon))) {
        out.append(word, 0, colon + 1).append(" ***");
        return false;
    }
    // A word that is not a URL may be a list of parameters: "key=…&q=…".
    std::string shown;
    append_redacted(shown, std::string{'?'}.append(word), "?&;", "&;");
    out.append(shown, 1);
    return true;
}

}  // namespace

namespace detail {

std::string redacted_text(std::string_view text) {
    constexpr std::string_view gaps = " \t\r\n";
    std::string out;
    while (!text.empty()) {
        const auto word = text.substr(0, text.find_first_of(gaps));
        if (!append_word(out, word)) break;
        text.remove_prefix(word.size());
        const auto gap = std::min(text.find_first_not_of(gaps), text.size());
        out.append(text, 0, gap);
        text.remove_prefix(gap);
    }
    return out;
}

}  // namespace detail

std::string url::redacted() const {
    auto out = origin();
    append_redacted(out, path_, ";", ";/");     // RFC 3986 §3.3: "/page;jsessionid=…"
    append_redacted(out, query_, "?&;", "&;");  // some servers take ';' for '&'
    return out;
}

}  // namespace forage
