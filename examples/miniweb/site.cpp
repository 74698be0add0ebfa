#include "site.hpp"

#include "engines.hpp"
#include "form.hpp"
#include "gzip.hpp"
#include "http_text.hpp"
#include "marked_text.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <stdexcept>

namespace miniweb {

namespace fs = std::filesystem;

namespace {

std::string_view type_of(const fs::path& path) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 17> types{
        {{".html", "text/html"},
         {".htm", "text/html"},
         {".xhtml", "application/xhtml+xml"},
         {".css", "text/css"},
         {".js", "text/javascript"},
         {".json", "application/json"},
         {".txt", "text/plain"},
         {".xml", "application/xml"},
         {".svg", "image/svg+xml"},
         {".png", "image/png"},
         {".gif", "image/gif"},
         {".jpg", "image/jpeg"},
         {".jpeg", "image/jpeg"},
         {".ico", "image/x-icon"},
         {".pdf", "application/pdf"},
         {".woff", "font/woff"},
         {".woff2", "font/woff2"}}
    };
    const std::string extension = path.extension().string();
    for (const auto& [end, type] : types)
        if (equal_without_case(end, extension)) return type;
    return "application/octet-stream";
}

bool is_worth_packing(const site::file& f) {
    return f.size > 512 && (f.type.starts_with("text/") || f.type == "application/json" || f.type.ends_with("xml"));
}

/// Whether `path` is below `root`; both resolved.
bool is_inside(const fs::path& path, const fs::path& root) {
    const auto [root_end, ignored] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
    return root_end == root.end();
}

std::int64_t unix_seconds(fs::file_time_type time) {
    const auto system = std::chrono::file_clock::to_sys(time);
    return std::chrono::duration_cast<std::chrono::seconds>(system.time_since_epoch()).count();
}

response html_page(int status, std::string_view title, std::string_view body) {
    std::string page = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>";
    page.append(title).append("</title></head>\n<body><h1>").append(title).append("</h1>\n").append(body);
    return {status, "text/html; charset=utf-8", page + "\n</body></html>\n"};
}

response redirect(const std::string& location) {
    auto moved = html_page(301, "Moved", "<p>The directory has a slash at the end.</p>");
    moved.fields.add("Location", location);
    return moved;
}

}  // namespace

std::string read_whole(const fs::path& path) {
    std::ifstream in{path, std::ios::binary};
    std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    if (!in.is_open() || in.bad()) throw std::runtime_error{"cannot read " + path.string()};
    return bytes;
}

std::string encode_path(std::string_view path) { return percent_encode(path, "/-._~!$&'()*+,;=:@"); }

site::site(std::string host, const fs::path& folder) : host_{std::move(host)} {
    const fs::path root = fs::canonical(folder);
    for (auto entry = fs::recursive_directory_iterator{root}; entry != fs::recursive_directory_iterator{}; ++entry) {
        if (entry->path().filename().string().starts_with('.')) {
            if (entry->is_directory()) entry.disable_recursion_pending();
            continue;
        }
        std::error_code broken_link;
        const fs::path real = fs::canonical(entry->path(), broken_link);
        if (broken_link || !is_inside(real, root) || !fs::is_regular_file(real)) continue;
        file f{real, type_of(entry->path()), fs::file_size(real), unix_seconds(fs::last_write_time(real))};
        files_.emplace('/' + entry->path().lexically_relative(root).generic_string(), std::move(f));
    }
}

bool site::is_directory(std::string_view path) const {
    const std::string prefix{path};
    const auto first = files_.lower_bound(prefix);
    return path.ends_with('/') && first != files_.end() && first->first.starts_with(prefix);
}

std::string site::resolve(std::string_view path) const {
    std::string key{path};
    if (key.ends_with('/')) key += "index.html";
    if (files_.contains(key)) return key;
    key = std::string{path} + "/index.html";
    return files_.contains(key) ? key : std::string{};
}

std::string site::listing(const std::string& directory) const {
    std::set<std::string> names;
    for (auto at = files_.lower_bound(directory); at != files_.end() && at->first.starts_with(directory); ++at) {
        const auto slash = at->first.find('/', directory.size());
        names.insert(
            at->first.substr(directory.size(), slash == std::string::npos ? slash : slash + 1 - directory.size())
        );
    }
    std::string list = "<ul>\n";
    for (const auto& name : names)
        list +=
            "<li><a href=\"" + escape_html(encode_path(directory + name)) + "\">" + escape_html(name) + "</a></li>\n";
    return list + "</ul>";
}

response site::send_file(const file& f, const request& asked) const {
    const std::string tag = '"' + hex(digest(f.path.string(), f.size)) + '-' + std::to_string(f.modified) + '"';
    response answer;
    answer.fields.add("ETag", tag);
    answer.fields.add("Last-Modified", http_date(f.modified));
    answer.fields.add("Vary", "Accept-Encoding");
    if (asked.fields.find("If-None-Match") == tag) {
        answer.status = 304;
        return answer;
    }
    answer.fields.add("Content-Type", std::string{f.type});
    answer.body = read_whole(f.path);
    if (is_worth_packing(f) && accepts_gzip(asked.fields.find("Accept-Encoding"))) {
        answer.body = gzip(answer.body);
        answer.fields.add("Content-Encoding", "gzip");
    }
    return answer;
}

response site::answer(const request& asked) const {
    if (asked.method != "GET" && asked.method != "HEAD") {
        auto refused = html_page(405, "Method not allowed", "<p>These pages can only be read.</p>");
        refused.fields.add("Allow", "GET, HEAD");
        return refused;
    }
    const std::string path = split(asked.target).path;
    if (const auto found = files_.find(path); found != files_.end()) return send_file(found->second, asked);
    if (is_directory(path)) {
        const auto index = files_.find(path + "index.html");
        if (index != files_.end()) return send_file(index->second, asked);
        return html_page(200, "Index of " + escape_html(path), listing(path));
    }
    if (is_directory(path + '/')) return redirect(encode_path(path + '/'));
    return html_page(404, "Not found", "<p>There is no such page here.</p>");
}

site make_site(const std::string& argument) {
    const auto is_host = [](std::string_view text) {
        constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789.-";
        return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
    };
    if (const auto equals = argument.find('='); equals != std::string::npos && is_host(argument.substr(0, equals)))
        return {argument.substr(0, equals), argument.substr(equals + 1)};

    fs::path named = fs::absolute(argument).lexically_normal();
    while (named.has_relative_path() && (!named.has_filename() || named.filename() == "html"))
        named = named.parent_path();
    std::string host;
    for (const char c : named.filename().string()) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        host += is_host({&lower, 1}) ? lower : '-';
    }
    if (host.empty()) host = "pages";
    return {host + ".test", argument};
}

}  // namespace miniweb
