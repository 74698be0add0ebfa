// A program of someone else's: reads a page, resolves a link, and holds a client, which needs every part of the
// library.
#include <forage/forage.hpp>

#include <iostream>

int main() {
    const auto base = forage::url::parse("HTTPS://Example.com/a/b");
    const auto page = forage::read_html("<title>t</title><a href='../c'>link</a>", {.base_url = base.value().text()});
    forage::blocking::client web;
    const auto refused = forage::blocking::scrape_page(web, "http://127.0.0.1:9/");
    std::cout << page.value().title << ' ' << page.value().links.at(0).url << ' ' << (refused ? "" : "refused") << '\n';
}
