#include "http/request_head.hpp"

#include "http/field_text.hpp"
#include "http/proxy_authorization.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

bool is_field_value(std::string_view text) { return std::all_of(text.begin(), text.end(), is_field_char); }

bool is_target(std::string_view text) {
    return text.starts_with('/') && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c != 0x7F; });
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

void append_login(std::string& out, const proxy& via) {
    if (via.as) append_field(out, "Proxy-Authorization", proxy_authorization(via));
}

error bad_user_agent() { return error{errc::bad_argument, "the user agent holds control characters"}; }

}  // namespace

result<std::string> serialize(const http_request& request, std::string_view user_agent, const proxy* forwarder) {
    const auto target = request.target.target();
    if (!is_token(request.method) || !is_target(target)) return error{errc::bad_argument, "not a method and target"};
    std::string out;
    out.reserve(512 + request.body.size());
    out.append(request.method).append(" ");
    if (forwarder != nullptr) out.append(request.target.origin());
    out.append(target).append(" HTTP/1.1\r\n");
    append_field(out, "Host", request.target.authority());
    if (forwarder != nullptr) append_login(out, *forwarder);
    if (!is_field_value(user_agent)) return bad_user_agent();
    append_field(out, "User-Agent", user_agent);
    append_field(out, "Accept-Encoding", "gzip, deflate, br, zstd");
    if (find_field(request.fields, "Accept").empty()) append_field(out, "Accept", "*/*");
    for (const auto& f : request.fields) {
        if (!is_token(f.name) || !is_field_value(f.value)) {
            return error{
                errc::bad_argument, "a request field holds control characters"
            };  // never the value: it may be a key
        }
        append_field(out, f.name, f.value);
    }
    if (!request.body.empty() || request.method == "POST") {
        append_field(out, "Content-Length", std::to_string(request.body.size()));
    }
    out.append("\r\n").append(request.body);
    return out;
}

result<std::string> serialize_connect(const url& target, std::string_view user_agent, const proxy& via) {
    if (!is_field_value(user_agent)) return bad_user_agent();
    const auto authority = target.host() + ':' + std::to_string(target.port());  // the port always
    std::string out      = "CONNECT " + authority + " HTTP/1.1\r\n";
    append_field(out, "Host", authority);
    append_login(out, via);
    append_field(out, "User-Agent", user_agent);
    return out.append("\r\n");
}

}  // namespace forage::detail
