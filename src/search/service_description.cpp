#include "search/service_description.hpp"

#include "http/field_text.hpp"
#include "text/ascii.hpp"

#include <forage/error.hpp>
#include <forage/url.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace forage::detail {
namespace {

constexpr std::size_t longest_name = 32;

struct meaning {
    std::string_view name;
    errc code;
};
constexpr std::array meanings{
    meaning{"invalid_key", errc::invalid_key},
    meaning{"quota_exceeded", errc::quota_exceeded},
    meaning{"rate_limited", errc::rate_limited},
    meaning{"bad_request", errc::bad_request},
    meaning{"server_error", errc::server_error},
    meaning{"challenge", errc::challenge},
};

bool is_name(std::string_view text) noexcept {
    return !text.empty() && text.size() <= longest_name && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

// A name or a value of a header field that could forge another is none.
bool is_field_text(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

/// Takes the members of an object one by one, and says which is wrong.
class member_reader {
public:
    [[nodiscard]] bool is_right() const noexcept { return !wrong_; }
    [[nodiscard]] error take_error() { return *std::move(wrong_); }
    void refuse(std::string_view name, std::string_view why) {
        if (wrong_) return;
        wrong_.emplace(
            errc::bad_argument,
            "description of a search service: " + std::string{name} + ": " + std::string{why},
            "see docs/providers.md"
        );
    }
    void text(std::string_view name, json_view value, std::string& into) {
        if (!value.is_string()) return refuse(name, "must be a string");
        into = value.string();
    }
    void flag(std::string_view name, json_view value, bool& into) {
        if (const auto given = value.boolean()) {
            into = *given;
        } else {
            refuse(name, "must be true or false");
        }
    }
    void number(std::string_view name, json_view value, int least, int most, int& into) {
        const auto given = value.integer();
        if (!given || *given < least || *given > most)
            return refuse(name, "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
        into = static_cast<int>(*given);
    }

private:
    std::optional<error> wrong_;
};

refusal_rule read_rule(member_reader& in, json_view rule) {
    refusal_rule read;
    if (!rule.is_object()) in.refuse("errors", "must be a list of objects");
    rule.for_each_member([&](std::string_view name, json_view value) {
        if (name == "status") return in.number("errors.status", value, 200, 599, read.status);
        if (name == "at") return in.text("errors.at", value, read.at);
        if (name == "is") return in.text("errors.is", value, read.is);
        if (name == "has") {
            in.text("errors.has", value, read.has);
            std::transform(read.has.begin(), read.has.end(), read.has.begin(), to_lower);
            return;
        }
        if (name == "hint") return in.text("errors.hint", value, read.hint);
        if (name != "means") return in.refuse("errors", "no member is called " + std::string{name});
        const auto* known = std::find_if(meanings.begin(), meanings.end(), [&](const meaning& each) {
            return each.name == value.string();
        });
        if (known == meanings.end()) return in.refuse("errors.means", "no error is called so");
        read.means = known->code;
    });
    if (read.status == 0 && read.at.empty()) in.refuse("errors", "a rule needs a status or a member");
    if (read.means == errc{}) in.refuse("errors", "a rule needs a meaning");
    return read;
}

service_parameter read_parameter(std::string_view name, json_view value) {
    using source = service_parameter::source;
    service_parameter read;
    read.name = name;
    read.json = value.text();
    read.text = value.is_string() ? std::string{value.string()} : read.json;
    if (!value.is_string()) return read;
    if (read.text.find("{query}") != std::string::npos) read.from = source::query;
    if (read.text == "{count}") read.from = source::count;
    if (read.text == "{page}") read.from = source::page;
    if (read.text == "{offset}") read.from = source::offset;
    if (read.text == "{language}") read.from = source::language;
    return read;
}

// Those that the client makes itself.
bool is_own_field(std::string_view name) noexcept {
    constexpr std::array<std::string_view, 6> own{
        "Host", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection", "User-Agent"
    };
    return std::any_of(own.begin(), own.end(), [&](auto each) { return equal_ignoring_case(name, each); });
}

// A parameter that a logged URL shows is no place for a key.
bool is_hidden_in_logs(std::string_view parameter) {
    const auto example = url::parse("https://service.example/?" + std::string{parameter} + "=Q9x8");
    return example && example->redacted().find("Q9x8") == std::string::npos;
}

void read_headers(member_reader& in, json_view headers, std::vector<field>& into) {
    if (!headers.is_object()) return in.refuse("headers", "must be an object");
    headers.for_each_member([&](std::string_view name, json_view value) {
        if (!value.is_string() || !is_field_text(value.string()) || !is_token(name))
            return in.refuse("headers", "must be names and values in printable ASCII");
        if (is_own_field(name)) return in.refuse("headers", std::string{name} + " is made by the client");
        into.push_back({std::string{name}, std::string{value.string()}});
    });
}

void read_snippet(member_reader& in, json_view value, std::vector<std::string>& into) {
    if (value.is_string()) return into.emplace_back(value.string()), void();
    for (std::size_t i = 0; i < value.size(); ++i) into.emplace_back(value[i].string());
    if (into.empty()) in.refuse("snippet", "must be a string or a list of strings");
}

void read_member(member_reader& in, std::string_view name, json_view value, service_description& into) {
    constexpr int most_pages = 1'000, most_size = 1'000, most_gap = 600'000;
    const auto text = [&](std::string& target) { in.text(name, value, target); };
    if (name == "name") return text(into.name);
    if (name == "url") return text(into.url);
    if (name == "url_environment") return text(into.url_environment);
    if (name == "path") return text(into.path);
    if (name == "default_language") return text(into.default_language);
    if (name == "key_environment") return text(into.key_environment);
    if (name == "needs_key") return in.flag(name, value, into.needs_key);
    if (name == "key_header") return text(into.key_field);
    if (name == "key_prefix") return text(into.key_prefix);
    if (name == "key_parameter") return text(into.key_parameter);
    if (name == "method") {
        into.posts = value.string() == "POST";
        if (!into.posts && value.string() != "GET") in.refuse(name, "must be GET or POST");
        return;
    }
    if (name == "headers") return read_headers(in, value, into.fields);
    if (name == "parameters")
        return value.for_each_member([&](std::string_view parameter, json_view what) {
            into.parameters.push_back(read_parameter(parameter, what));
        });
    if (name == "page_size") return in.number(name, value, 1, most_size, into.page_size);
    if (name == "first_page") return in.number(name, value, 0, 1, into.first_page);
    if (name == "pages") return in.number(name, value, 1, most_pages, into.pages);
    if (name == "answer") {
        into.is_feed = value.string() == "feed";
        if (!into.is_feed && value.string() != "json") in.refuse(name, "must be json or feed");
        return;
    }
    if (name == "results") return text(into.results);
    if (name == "always") return text(into.always);
    if (name == "title") return text(into.title);
    if (name == "link") return text(into.link);
    if (name == "snippet") return read_snippet(in, value, into.snippets);
    if (name == "total") return text(into.total);
    if (name == "more") return text(into.more);
    if (name == "failed_parts") return text(into.failed_parts);
    if (name == "html") return in.flag(name, value, into.has_marks);
    if (name == "errors") {
        if (!value.is_array()) in.refuse(name, "must be a list of objects");
        for (std::size_t i = 0; i < value.size(); ++i) into.refusals.push_back(read_rule(in, value[i]));
        return;
    }
    if (name == "backoff") return text(into.backoff);
    if (name == "quota_left") return text(into.quota_left);
    if (name == "gap_ms") {
        int gap = 0;
        in.number(name, value, 0, most_gap, gap);
        into.gap = std::chrono::milliseconds{gap};
        return;
    }
    in.refuse(name, "no member is called so");
}

// What hangs together.
void check(member_reader& in, const service_description& read) {
    using source     = service_parameter::source;
    const auto takes = [&](source what) {
        return std::any_of(read.parameters.begin(), read.parameters.end(), [&](const auto& p) {
            return p.from == what;
        });
    };
    if (!is_name(read.name)) in.refuse("name", "must be 1 to 32 of a-z, 0-9, '-' and '_'");
    if (read.url.empty() && read.url_environment.empty()) in.refuse("url", "is missing");
    if (!read.url.empty()) {
        auto example = read.url;
        if (const auto at = example.find("{language}"); at != std::string::npos)
            example.replace(at, 10, read.default_language);
        if (!url::parse(example)) in.refuse("url", "must be an http or https URL");
    }
    if (!takes(source::query)) in.refuse("parameters", "one must have {query} in it");
    if (read.pages > 1 && !takes(source::page) && !takes(source::offset))
        in.refuse("pages", "needs a parameter with {page} or {offset}");
    if ((takes(source::offset) || takes(source::count)) && read.page_size == 0)
        in.refuse("page_size", "is missing, and {count} and {offset} are counted by it");
    if (!read.is_feed && (read.results.empty() || read.link.empty()))
        in.refuse(read.results.empty() ? "results" : "link", "is missing");
    const bool has_place = !read.key_field.empty() || !read.key_parameter.empty();
    if (read.key_environment.empty() == has_place)
        in.refuse("key_environment", "goes with key_header or key_parameter");
    if (read.needs_key && !has_place) in.refuse("needs_key", "without key_environment");
    if ((!read.key_field.empty() && !is_token(read.key_field)) || !is_field_text(read.key_prefix))
        in.refuse("key_header", "must be printable ASCII");
    if (!read.key_parameter.empty() && !is_hidden_in_logs(read.key_parameter))
        in.refuse("key_parameter", "logs would show it; take a name such as key, api_key or token, or a header");
}

}  // namespace

result<service_description> read_service_description(std::string_view json) {
    auto document = json_document::parse(json);
    if (!document || !document->root().is_object())
        return error{errc::bad_argument, "description of a search service: not a JSON object", "see docs/providers.md"};
    service_description read;
    member_reader in;
    document->root().for_each_member([&](std::string_view name, json_view value) { read_member(in, name, value, read); }
    );
    if (in.is_right()) check(in, read);
    if (!in.is_right()) return in.take_error();
    return read;
}

json_view member_at(json_view in, std::string_view path) {
    while (!path.empty()) {
        const auto name           = path.substr(0, path.find('.'));
        std::size_t index         = 0;
        const auto [end, failure] = std::from_chars(name.data(), name.data() + name.size(), index);
        const bool is_index       = failure == std::errc{} && end == name.data() + name.size();
        in                        = in.is_array() && is_index ? in[index] : in[name];
        path.remove_prefix(std::min(name.size() + 1, path.size()));
    }
    return in.is_null() ? json_view{} : in;
}

}  // namespace forage::detail
