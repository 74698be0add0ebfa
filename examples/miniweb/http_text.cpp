#include "http_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace miniweb {

namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::string_view reason(int status) {
    switch (status) {
    case 200: return "OK";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 413: return "Content Too Large";
    case 421: return "Misdirected Request";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    default: return "Status";
    }
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Whether parameters of a coding hold a weight of zero: `;q=0`, `; q=0.000`.
bool has_zero_weight(std::string_view parameters) {
    const auto at = parameters.find("q=");
    if (at == std::string_view::npos) return false;
    const auto weight = trim(parameters.substr(at + 2));
    return !weight.empty() && weight.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

bool equal_without_case(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view field_list::find(std::string_view name) const noexcept {
    for (const auto& [key, value] : list_)
        if (equal_without_case(key, name)) return value;
    return {};
}

bool field_list::contains(std::string_view name) const noexcept {
    return std::any_of(list_.begin(), list_.end(), [&](const auto& f) { return equal_without_case(f.first, name); });
}

response::response(int code, std::string_view content_type, std::string text) : status{code}, body{std::move(text)} {
    fields.add("Content-Type", std::string{content_type});
}

std::string http_date(std::int64_t unix_seconds) {
    static constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    const auto seconds = static_cast<std::time_t>(unix_seconds);
    std::tm t{};
    if (gmtime_r(&seconds, &t) == nullptr) return {};
    std::array<char, 64> text{};
    std::snprintf(
        text.data(),
        text.size(),
        "%s, %02d %s %04d %02d:%02d:%02d GMT",
        days.at(static_cast<std::size_t>(t.tm_wday)),
        t.tm_mday,
        months.at(static_cast<std::size_t>(t.tm_mon)),
        t.tm_year + 1900,
        t.tm_hour,
        t.tm_min,
        t.tm_sec
    );
    return text.data();
}

std::string header_text(const response& answer) {
    std::string text = "HTTP/1.1 " + std::to_string(answer.status) + ' ' + std::string{reason(answer.status)} + "\r\n";
    text += "Date: " + http_date(std::time(nullptr)) + "\r\nServer: miniweb\r\n";
    for (const auto& [name, value] : answer.fields) text += name + ": " + value + "\r\n";
    // RFC 9110 §8.6: neither 204 nor 304 carry a body. A test that sets its own length gets what it asked for.
    const bool bodiless = answer.status == 204 || answer.status == 304;
    if (answer.chunked)
        text += "Transfer-Encoding: chunked\r\n";
    else if (!bodiless && !answer.fields.contains("Content-Length"))
        text += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n";
    text += answer.close ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n";
    return text;
}

std::string chunk_text(std::string_view data) {
    std::array<char, 24> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", data.size());
    std::string chunk{size.data()};
    chunk.append(data).append("\r\n");
    return chunk;
}

std::string host_name(std::string_view host_field) {
    // An address in brackets keeps its colons (RFC 3986 §3.2.2).
    const auto search_from = host_field.starts_with('[') ? host_field.find(']') : 0;
    const auto colon       = search_from == std::string_view::npos ? search_from : host_field.find(':', search_from);
    std::string name{host_field.substr(0, colon)};
    std::transform(name.begin(), name.end(), name.begin(), lower);
    return name;
}

bool accepts_gzip(std::string_view accept_encoding) {
    while (!accept_encoding.empty()) {
        const auto comma    = accept_encoding.find(',');
        const auto item     = accept_encoding.substr(0, comma);
        const auto semi     = item.find(';');
        const auto coding   = trim(item.substr(0, semi));
        const auto settings = semi == std::string_view::npos ? std::string_view{} : item.substr(semi);
        if (equal_without_case(coding, "gzip")) return !has_zero_weight(settings);
        accept_encoding.remove_prefix(comma == std::string_view::npos ? accept_encoding.size() : comma + 1);
    }
    return false;
}

}  // namespace miniweb
