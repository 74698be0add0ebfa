// bench_parse FILES: reads the files named in FILES into memory, then times HTML to title, text and links on one
// thread.
#include <forage/html.hpp>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: bench_parse FILES\n");
        return 2;
    }
    std::vector<std::string> pages;
    std::ifstream list{argv[1]};
    for (std::string name; std::getline(list, name);) {
        std::ifstream file{name, std::ios::binary | std::ios::ate};
        std::string page(static_cast<std::size_t>(file.tellg()), '\0');
        file.seekg(0).read(page.data(), static_cast<std::streamsize>(page.size()));
        pages.push_back(std::move(page));
    }
    std::size_t ok = 0, failed = 0, body = 0, text = 0, links = 0, titles = 0;
    const auto began = std::chrono::steady_clock::now();
    forage::read_options options;
    options.base_url     = "https://bench.example/";
    options.content_type = "text/html; charset=utf-8";
    options.markdown     = false;
    options.code         = false;
    options.time_limit   = std::chrono::seconds{60};
    for (const auto& page : pages) {
        const auto content = forage::read_html(page, options);
        body += page.size();
        ++(content ? ok : failed);
        if (!content) continue;
        text += content->text.size();
        links += content->links.size();
        titles += content->title.empty() ? 0 : 1;
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began;
    std::printf(
        "{\"pages_ok\":%zu,\"pages_failed\":%zu,\"bytes_body\":%zu,\"bytes_text\":%zu,\"links\":%zu,\"titles\":%zu,"
        "\"wall_s\":%.4f}\n",
        ok,
        failed,
        body,
        text,
        links,
        titles,
        wall.count()
    );
    return 0;
}
