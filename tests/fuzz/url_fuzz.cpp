// libFuzzer target for url::parse: what is parsed parses to itself again, names the same server and resource, and holds
// nothing that a header or a log line could be broken with.
// The input's first line is the text, the rest the base.
#include "fuzz/require.hpp"

#include <forage/url.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace {

using forage::fuzz::require;

bool is_printable(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F) return false;
    }
    return true;
}

void check(const forage::url& u, std::size_t input_size) {
    const auto text = u.text();
    require(is_printable(text), "a space, a control character or a byte beyond ASCII", text);
    require(!u.host().empty() && u.path().starts_with('/'), "no host or no path", text);
    require(u.host().find_first_of("/?#@\\%<>^| ") == std::string::npos, "a forbidden character in the host", text);
    require(text.size() <= 9 * input_size + 64, "more than nine bytes for one", text);

    const auto again = forage::url::parse(text);
    require(again.has_value(), "does not parse again", text);
    require(again->text() == text, "parses to something else", text);
    require(
        again->host() == u.host() && again->kind() == u.kind() && again->port() == u.port(), "another server", text
    );
    require(again->path() == u.path() && again->query() == u.query(), "another resource", text);
    require(again->username() == u.username() && again->password() == u.password(), "another user", text);

    const auto shown = u.redacted();
    require(shown.find('#') == std::string::npos && shown.starts_with(u.origin() + '/'), "badly redacted", shown);
    require(forage::url::parse(shown).value().redacted() == shown, "redacts differently the second time", shown);

    const auto relative = forage::url::parse(u.target(), &u);
    // A path of two slashes at its start names another host; every other target is the same resource.
    if (!u.path().starts_with("//")) {
        require(relative && relative->text() == u.without_fragment().text(), "the target leads elsewhere", text);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const auto line_end = input.find('\n');
    const auto text     = input.substr(0, line_end);
    if (const auto u = forage::url::parse(text)) check(*u, size);
    if (line_end == std::string_view::npos) return 0;
    if (const auto base = forage::url::parse(input.substr(line_end + 1))) {
        check(*base, size);
        if (const auto u = forage::url::parse(text, &*base)) check(*u, 2 * 9 * size);
    }
    return 0;
}
