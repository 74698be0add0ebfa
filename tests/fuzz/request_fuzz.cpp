// libFuzzer target for the bytes of a request: whatever the strings, it is refused or has exactly one request line,
// whole fields, and one empty line before its body. Lines of the input are: method, URL, user agent, body, then names
// and values in turn; control characters other than LF come through as they are.
#include "fuzz/require.hpp"
#include "http/request_head.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace forage::detail;

using forage::fuzz::require;

// The next line. 0x1E stands for LF, so that line ends get into the strings as well.
std::string take_line(std::string_view& text) {
    const auto end = text.find('\n');
    std::string line{text.substr(0, end)};
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    for (char& c : line) c = c == '\x1E' ? '\n' : c;
    return line;
}

void check(const http_request& request, const std::string& agent, const std::string& bytes) {
    const auto head_end = bytes.find("\r\n\r\n");
    require(head_end != std::string::npos && bytes.substr(head_end + 4) == request.body, "not one empty line", bytes);
    std::string_view rest{bytes.data(), head_end + 2};
    std::size_t hosts = 0, agents = 0, lines = 0;
    for (; !rest.empty(); ++lines) {
        const auto end  = rest.find("\r\n");
        const auto line = rest.substr(0, end);
        rest.remove_prefix(end + 2);
        require(line.find_first_of(std::string_view{"\r\n\0", 3}) == std::string_view::npos, "a line in a line", bytes);
        if (lines == 0) {
            const std::string wanted = request.method + ' ' + request.target.target() + " HTTP/1.1";
            require(line == wanted && line.find(' ') != std::string_view::npos, "another request line", bytes);
            const auto first = line.find(' ');
            require(line.find(' ', first + 1) == line.rfind(' '), "more than three words in the request line", bytes);
            continue;
        }
        const auto colon = line.find(':');
        require(colon != std::string_view::npos && colon > 0, "a field without a name", bytes);
        hosts += equal_ignoring_case(line.substr(0, colon), "Host") ? 1 : 0;
        agents += line == "User-Agent: " + agent ? 1 : 0;
    }
    require(hosts >= 1 && agents >= 1, "no Host or no User-Agent", bytes);
    require(lines <= 7 + request.fields.size(), "more fields than were given", bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input{reinterpret_cast<const char*>(data), size};
    http_request request;
    request.method   = take_line(input);
    const auto text  = take_line(input);
    const auto agent = take_line(input);
    request.body     = take_line(input);
    auto target      = forage::url::parse(text);
    if (!target) target = forage::url::parse("http://example.com/" + text);
    if (!target) return 0;
    request.target = *std::move(target);
    while (!input.empty() && request.fields.size() < 32) {
        auto name  = take_line(input);
        auto value = take_line(input);
        request.fields.push_back({std::move(name), std::move(value)});
    }
    if (const auto bytes = serialize(request, agent)) check(request, agent, *bytes);
    return 0;
}
