// libFuzzer target for cookies: what parses parses again to the same, the jar stays bounded, its fields are valid field
// values, the same when asked twice, never more over http than over https, and never sent to a stranger.
// Lines of the input that are URLs are responses from there (an hour after each other), the others are their Set-Cookie
// values.
#include "fuzz/require.hpp"
#include "http/cookie_jar.hpp"
#include "http/set_cookie.hpp"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace forage::detail;

using forage::fuzz::require;

// RFC 9110 §5.5
bool is_field_value(std::string_view text) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
    if (!text.empty() && (is_blank(text.front()) || is_blank(text.back()))) return false;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\t') || byte == 0x7F) return false;
    }
    return true;
}

std::string written(std::chrono::sys_seconds when) {
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(when)};
    const std::chrono::hh_mm_ss time{when - std::chrono::floor<std::chrono::days>(when)};
    constexpr const char* months[] = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    char text[64];
    std::snprintf(
        text,
        sizeof text,
        "%02u %s %04d %02d:%02d:%02d",
        static_cast<unsigned>(date.day()),
        months[static_cast<unsigned>(date.month()) - 1],
        static_cast<int>(date.year()),
        static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count())
    );
    return text;
}

std::string written(const set_cookie& c) {
    auto out = c.name + "=" + c.value;
    if (!c.domain.empty()) out += "; Domain=." + c.domain;
    if (c.path) out += "; Path=" + *c.path;
    if (c.max_age) out += "; Max-Age=" + std::to_string(c.max_age->count());
    if (c.expires) out += "; Expires=" + written(*c.expires);
    if (c.secure) out += "; Secure";
    if (c.http_only) out += "; HttpOnly";
    switch (c.site) {
    case same_site::unset: break;
    case same_site::none: out += "; SameSite=None"; break;
    case same_site::strict: out += "; SameSite=Strict"; break;
    case same_site::lax: out += "; SameSite=Lax"; break;
    }
    return out;
}

void check(const set_cookie& c, const std::string& line) {
    require(is_field_value(c.name) && is_field_value(c.value), "not fit for a field", line);
    require(c.name.size() + c.value.size() <= 4096, "too long a pair", line);
    require(c.name.find_first_of("=;") == std::string::npos, "a name that ends early", line);
    require(c.value.find(';') == std::string::npos, "a value that ends early", line);
    require(c.domain.size() <= 1024 && (!c.path || c.path->size() <= 1024), "too long an attribute", line);
    require(!c.max_age || (c.max_age->count() >= 0 && *c.max_age <= longest_cookie_age), "a strange age", line);

    // A dot more in front of the longest domain would be too much.
    if (c.domain.size() == 1024) return;
    const auto text  = written(c);
    const auto again = parse_set_cookie(text);
    require(again.has_value(), "does not parse again", text);
    require(written(*again) == text, "parses to something else", text);
}

std::string checked_field(cookie_jar& jar, const forage::url& target, std::chrono::system_clock::time_point now) {
    auto value = jar.field_for(target, now);
    require(is_field_value(value) && value.size() <= 64 * 1024, "not a field value", value);
    require(jar.field_for(target, now) == value, "another the second time", value);
    return value;
}

struct session {
    cookie_jar jar;
    std::chrono::system_clock::time_point now{std::chrono::hours{24 * 365 * 56}};
    forage::url from = forage::url::parse("https://www.example.co.uk/dir/page").value();
    std::vector<field> fields;
    bool knows_stranger = false;

    void respond() {
        jar.store(from, fields, now);
        fields.clear();
        require(jar.size() <= 3000, "too many cookies", from.text());

        const auto secure = checked_field(jar, forage::url::parse("https://" + from.host() + from.path()).value(), now);
        const auto plain  = checked_field(jar, forage::url::parse("http://" + from.host() + from.path()).value(), now);
        require(plain.size() <= secure.size(), "more over http", plain);

        // Nobody but its owner sets cookies for a name of its own in a public suffix.
        const auto stranger = forage::url::parse("https://stranger.example.com/").value();
        knows_stranger      = knows_stranger || from.host().ends_with("example.com");
        require(knows_stranger || checked_field(jar, stranger, now).empty(), "sent to a stranger", from.text());
        now += std::chrono::hours{1};
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest{reinterpret_cast<const char*>(data), size};
    session all;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        const std::string line{rest.substr(0, end)};
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (line.starts_with("http")) {
            all.respond();
            if (auto next = forage::url::parse(line)) all.from = *std::move(next);
            continue;
        }
        if (const auto cookie = parse_set_cookie(line)) check(*cookie, line);
        all.fields.push_back({"Set-Cookie", line});
    }
    all.respond();
    return 0;
}
