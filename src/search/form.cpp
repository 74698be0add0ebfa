// Source: https://url.spec.whatwg.org/#urlencoded-parsing
#include "search/form.hpp"

#include "url/percent_encode.hpp"

#include <forage/url.hpp>

#include <algorithm>
#include <cstddef>

namespace forage::detail {
namespace {

constexpr std::size_t max_fields = 100;

// Calls `see(name, value)` for each field, still encoded, until it returns false.
void for_each_field(std::string_view text, auto&& see) {
    if (text.starts_with('?')) text.remove_prefix(1);
    while (!text.empty()) {
        const auto end  = std::min(text.find('&'), text.size());
        const auto part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (part.empty()) continue;
        const auto equals = std::min(part.find('='), part.size());
        const auto value  = equals == part.size() ? std::string_view{} : part.substr(equals + 1);
        if (!see(part.substr(0, equals), value)) return;
    }
}

}  // namespace

std::string form_decode(std::string_view text) {
    std::string spaced{text};
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return percent_decode(spaced);
}

form_fields parse_form(std::string_view text) {
    form_fields fields;
    for_each_field(text, [&](std::string_view name, std::string_view value) {
        fields.emplace_back(form_decode(name), form_decode(value));
        return fields.size() < max_fields;
    });
    return fields;
}

std::optional<std::string> form_value(std::string_view text, std::string_view name) {
    std::optional<std::string> found;
    for_each_field(text, [&](std::string_view field, std::string_view value) {
        if (form_decode(field) != name) return true;
        found = form_decode(value);
        return false;
    });
    return found;
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    if (!out.empty()) out += '&';
    out.append(form_encode(name)).append("=").append(form_encode(value));
}

}  // namespace forage::detail
