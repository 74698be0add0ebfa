// agent_tool_loop: a language model's tools. One JSON call a line on standard input, one JSON answer a line out:
//     {"id":1,"tool":"search"|"scrape"|"research","arguments":{"query":"…","url":"…","count":5}}
//     {"id":1,"untrusted":true,"result":{…}}   or   {"id":1,"error":{"kind":"…","message":"…"}}
// What a result holds was written by strangers: it is data, to be marked as such in the prompt, and never instructions.
#include "example_options.hpp"

#include <forage/blocking.hpp>
#include <forage/json.hpp>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

using nlohmann::json;
namespace web = forage::blocking;

json refusal(const forage::error& why) { return {{"error", json::parse(forage::to_json(why))}}; }
json as_result(const auto& outcome) {
    if (!outcome) return refusal(outcome.error());
    return {{"untrusted", true}, {"result", json::parse(forage::to_json(*outcome))}};
}

json call(const web::client& client, const json& request) {
    const std::string tool = request.at("tool");
    const json& arguments  = request.at("arguments");
    const int count        = static_cast<int>(std::clamp(arguments.value("count", 5.0), 1.0, 20.0));
    const std::string what = arguments.value(tool == "scrape" ? "url" : "query", "");
    if (tool == "scrape") return as_result(web::scrape_page(client, what));
    if (tool == "search") return as_result(web::search(client, what, {.count = count}));
    if (tool == "research") return as_result(web::research(client, what, {.pages = count}));
    return refusal(forage::error{forage::errc::bad_argument, "no tool of that name"});
}

json answer(const web::client& client, const std::string& line) {
    json reply, id;
    try {
        const auto request = json::parse(line);
        if (request.is_object() && request.contains("id") && request["id"].is_primitive()) id = request["id"];
        reply = call(client, request);
    } catch (const json::exception&) {
        reply = refusal(forage::error{forage::errc::bad_argument, "not a tool call"});
    }
    reply["id"] = id;
    return reply;
}

// A line of more than 1 MiB is cut, and so no call any more.
bool read_line(std::string& line) {
    line.clear();
    for (char c = 0; std::cin.get(c) && c != '\n';) line.append(line.size() < 1024 * 1024 ? 1 : 0, c);
    return std::cin.good() || !line.empty();
}

int main() {
    const web::client client{options_from_environment()};
    for (std::string line; read_line(line);) {  // ASCII out: no control or direction mark of a page goes out raw
        if (!line.empty()) std::cout << answer(client, line).dump(-1, ' ', true) << std::endl;
    }
}
