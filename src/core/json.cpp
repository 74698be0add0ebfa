// Reading JSON: the one place that includes nlohmann/json. Depth and number of values are counted before the parser
// runs, because its tree costs some 40 bytes for a byte of hostile input and its recursive parts have no limit.
#include "core/json.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace forage::detail {
namespace {

using tree = nlohmann::json;

constexpr std::size_t max_bytes  = 4 * 1024 * 1024;
constexpr std::size_t max_values = 250'000;
constexpr int max_depth          = 64;

const tree* as_tree(const void* node) noexcept { return static_cast<const tree*>(node); }

// Brackets and commas outside strings. Says nothing about validity: that is the parser's business.
bool is_within_limits(std::string_view text) noexcept {
    int depth          = 0;
    std::size_t values = 1;
    bool in_string     = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') {
                ++i;
            } else if (c == '"') {
                in_string = false;
            }
            continue;
        }
        if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            ++values;
            if (++depth > max_depth) return false;
        } else if (c == ']' || c == '}') {
            --depth;
        } else if (c == ',') {
            ++values;
        }
        if (values > max_values) return false;
    }
    return true;
}

}  // namespace

result<json_document> json_document::parse(std::string_view text) {
    if (text.size() > max_bytes) return error{errc::too_large, "JSON of more than 4 MiB"};
    if (!is_within_limits(text)) return error{errc::bad_response, "JSON nested too deep or of too many values"};
    auto parsed = std::make_shared<tree>(tree::parse(text.begin(), text.end(), nullptr, false));
    if (parsed->is_discarded()) return error{errc::bad_response, "not valid JSON"};
    json_document document;
    document.tree_ = std::move(parsed);
    return document;
}

bool json_view::is_object() const noexcept { return exists() && as_tree(node_)->is_object(); }

bool json_view::is_array() const noexcept { return exists() && as_tree(node_)->is_array(); }

bool json_view::is_null() const noexcept { return exists() && as_tree(node_)->is_null(); }

bool json_view::is_string() const noexcept { return exists() && as_tree(node_)->is_string(); }

std::size_t json_view::size() const noexcept { return is_array() ? as_tree(node_)->size() : 0; }

json_view json_view::operator[](std::string_view key) const noexcept {
    if (!is_object()) return {};
    const auto* members = as_tree(node_)->get_ptr<const tree::object_t*>();
    const auto found    = members->find(key);
    return found == members->end() ? json_view{} : json_view{&found->second};
}

json_view json_view::operator[](std::size_t index) const noexcept {
    if (index >= size()) return {};
    return json_view{&(*as_tree(node_)->get_ptr<const tree::array_t*>())[index]};
}

std::string_view json_view::string() const noexcept {
    if (!exists() || !as_tree(node_)->is_string()) return {};
    return *as_tree(node_)->get_ptr<const tree::string_t*>();
}

std::optional<bool> json_view::boolean() const noexcept {
    if (!exists() || !as_tree(node_)->is_boolean()) return std::nullopt;
    return *as_tree(node_)->get_ptr<const tree::boolean_t*>();
}

std::optional<std::int64_t> json_view::integer() const noexcept {
    if (!exists()) return std::nullopt;
    const tree& node = *as_tree(node_);
    if (const auto* natural = node.get_ptr<const tree::number_unsigned_t*>()) {
        if (*natural > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
        return static_cast<std::int64_t>(*natural);
    }
    if (const auto* whole = node.get_ptr<const tree::number_integer_t*>()) return *whole;
    if (const auto* real = node.get_ptr<const tree::number_float_t*>()) {
        constexpr double exact = 9007199254740992.0;  // 2^53: beyond it a double is no particular integer
        if (std::trunc(*real) != *real || *real < -exact || *real > exact) return std::nullopt;
        return static_cast<std::int64_t>(*real);
    }
    const auto digits         = string();
    std::int64_t value        = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || failure != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

void json_view::for_each_member(function_ref<void(std::string_view, json_view)> take) const {
    if (!is_object()) return;
    for (const auto& [name, value] : *as_tree(node_)->get_ptr<const tree::object_t*>()) take(name, json_view{&value});
}

std::string json_view::text() const {
    return exists() ? as_tree(node_)->dump(-1, ' ', false, tree::error_handler_t::replace) : std::string{};
}

}  // namespace forage::detail
