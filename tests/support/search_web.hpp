// search_web: a small web on one host, and a search that finds what it is told to find.
#pragma once

#include "support/loopback_web.hpp"

#include <forage/research.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forage::testing {

class search_web : public loopback_web {
public:
    using answer = std::function<miniweb::response(const miniweb::request&)>;

    /// A web of pages, and a search that finds those in `hits`.
    void serve(std::map<std::string, answer> pages, std::vector<std::string> hits) {
        pages_  = std::move(pages);
        hits_   = std::move(hits);
        server_ = &http([this](const miniweb::request& asked) {
            const auto path = asked.target.substr(0, asked.target.find('?'));
            if (path == "/search") return search_answer();
            asked_.push_back(asked.target);
            const auto found = pages_.find(path);
            return found == pages_.end() ? miniweb::response{404, "text/plain", "gone"} : found->second(asked);
        });
    }
    [[nodiscard]] client searching_client(std::chrono::milliseconds host_delay = {}) {
        auto made       = options();
        made.host_delay = host_delay;
        made.google_key = secret{"k"};
        made.google_cx  = "c";
        made.google_url = url_of(*server_, "/search");
        return client{io.get_executor(), made};
    }
    [[nodiscard]] std::string at(std::string_view path) const { return url_of(*server_, path); }
    [[nodiscard]] const std::vector<std::string>& asked() const noexcept { return asked_; }

    static answer page_of(std::string title, std::string body) {
        return [=](const miniweb::request&) { return html_page(title, body); };
    }
    /// One that is longer on its way than any test lasts.
    static answer late_page() {
        return [](const miniweb::request&) {
            auto late  = html_page("Late", "late");
            late.delay = std::chrono::hours{1};
            return late;
        };
    }
    /// "/start" with links to `count` pages, each called `called` and a number.
    static std::map<std::string, answer>
    linked_pages(int count, const std::string& called, const std::string& start = {}) {
        std::string links;
        std::map<std::string, answer> pages;
        for (int i = 0; i < count; ++i) {
            const auto name = std::to_string(i);
            links += "<a href=/p" + name + ">" + called + ' ' + name + "</a> ";
            pages["/p" + name] = page_of("P", prose("p" + name + "x"));
        }
        pages["/start"] = page_of("Start", start + links);
        return pages;
    }
    /// A paragraph that begins with `sentence`, and has enough words of its own that no other page is like it.
    static std::string prose(const std::string& about, const std::string& sentence = {}) {
        std::string text = "<p>" + sentence + ' ';
        for (int i = 0; i < 80; ++i) text += about + std::to_string(i) + ' ';
        return text + ".</p>";
    }
    static const ledger_entry* entry_of(const answer_pack& pack, const std::string& url) {
        const auto found = std::ranges::find(pack.ledger, url, &ledger_entry::url);
        return found == pack.ledger.end() ? nullptr : &*found;
    }
    [[nodiscard]] std::string fate(const answer_pack& pack, std::string_view path) const {
        const auto* entry = entry_of(pack, at(path));
        return entry == nullptr ? "not in the ledger" : std::string{to_string(entry->fate)};
    }

private:
    [[nodiscard]] miniweb::response search_answer() const;

    std::map<std::string, answer> pages_;
    std::vector<std::string> hits_, asked_;
    miniweb::server* server_ = nullptr;
};

}  // namespace forage::testing
