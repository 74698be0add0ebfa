#include "json.hpp"

#include <nlohmann/json.hpp>

namespace miniweb {

struct json::node {
    nlohmann::ordered_json value;
};

json::json(std::string_view text) : node_{std::make_shared<node>(node{std::string{text}})} {}
json::json(std::int64_t number) : node_{std::make_shared<node>(node{number})} {}
json::json(double number) : node_{std::make_shared<node>(node{number})} {}
json::json(bool flag) : node_{std::make_shared<node>(node{flag})} {}

json json::object(std::initializer_list<std::pair<std::string_view, json>> members) {
    json made{std::make_shared<node>(node{nlohmann::ordered_json::object()})};
    for (const auto& [name, value] : members) made.set(name, value);
    return made;
}

json json::array(std::initializer_list<json> elements) {
    json made{std::make_shared<node>(node{nlohmann::ordered_json::array()})};
    for (const auto& element : elements) made.add(element);
    return made;
}

json& json::set(std::string_view name, const json& value) {
    node_->value[std::string{name}] = value.node_->value;
    return *this;
}

json& json::add(const json& value) {
    node_->value.push_back(value.node_->value);
    return *this;
}

std::string json::text() const {
    return node_->value.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

}  // namespace miniweb
