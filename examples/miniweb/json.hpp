// JSON in the order it is built, indented by one space as Google prints it. nlohmann/json is in json.cpp only.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace miniweb {

/// A JSON value, made and then only printed. Copies share.
class json {
public:
    json(std::string_view text);
    json(const char* text) : json{std::string_view{text}} {}
    json(const std::string& text) : json{std::string_view{text}} {}
    json(std::int64_t number);
    json(int number) : json{static_cast<std::int64_t>(number)} {}
    json(double number);
    json(bool flag);

    [[nodiscard]] static json object(std::initializer_list<std::pair<std::string_view, json>> members = {});
    [[nodiscard]] static json array(std::initializer_list<json> elements = {});

    /// To an object; returns it, to go on.
    json& set(std::string_view name, const json& value);
    /// To an array.
    json& add(const json& value);

    /// The text; bytes that are not UTF-8 become U+FFFD.
    [[nodiscard]] std::string text() const;

private:
    struct node;
    explicit json(std::shared_ptr<node> made) : node_{std::move(made)} {}
    std::shared_ptr<node> node_;
};

}  // namespace miniweb
