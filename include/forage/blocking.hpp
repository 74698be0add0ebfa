// The same calls for code without coroutines. Includes no Boost.
#pragma once

#include <forage/client.hpp>
#include <forage/files.hpp>
#include <forage/research.hpp>
#include <forage/result.hpp>
#include <forage/scrape.hpp>
#include <forage/search.hpp>

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace forage::blocking {

/// Owns an io_context, the thread that runs it, and a `forage::client` that stays warm between calls. Copies share.
/// Starting never throws: if the system has no descriptors or threads left, the calls return that as an error.
/// Calls that run keep all that alive and end as they would have; when they and the last copy are gone, the thread is
/// joined.
///
/// Threads: any number of threads may call at once, also from inside a handler or coroutine of another io_context (that
/// thread then waits). Called from this client's own thread (in an `on_result`), a call returns `errc::bad_argument` at
/// once.
class client {
public:
    client();
    explicit client(client_options options);

    [[nodiscard]] client_stats stats() const;

    class runner;
    [[nodiscard]] const std::shared_ptr<runner>& impl() const noexcept { return runner_; }

private:
    std::shared_ptr<runner> runner_;
};

/// As the awaitable twins; a search takes at most 15 s, a batch of pages at most 60 s, unless the options say
/// otherwise.
inline constexpr search_options search_defaults{.timeout = std::chrono::seconds{15}};
inline constexpr scrape_options scrape_defaults{.deadline = std::chrono::seconds{60}};
inline constexpr research_options research_defaults{.deadline = std::chrono::seconds{60}};

[[nodiscard]] result<search_results>
search_google(const client& web, std::string_view query, search_options options = search_defaults);
[[nodiscard]] result<search_results>
search_bing(const client& web, std::string_view query, search_options options = search_defaults);
[[nodiscard]] result<search_results>
search_duckduckgo(const client& web, std::string_view query, search_options options = search_defaults);
[[nodiscard]] result<search_results> search(
    const client& web,
    std::string_view query,
    search_options options          = search_defaults,
    std::span<const provider> chain = {}
);

[[nodiscard]] result<page> scrape_page(const client& web, std::string_view url, page_options options = {});
[[nodiscard]] result<scrape_batch>
scrape_pages(const client& web, std::span<const std::string> urls, scrape_options options = scrape_defaults);
[[nodiscard]] result<answer_pack>
research(const client& web, std::string_view question, research_options options = research_defaults);

[[nodiscard]] result<std::string> read_text_file(std::string_view path, file_options options = {});
[[nodiscard]] result<std::string> read_file_tail(std::string_view path, std::size_t lines, file_options options = {});

}  // namespace forage::blocking
