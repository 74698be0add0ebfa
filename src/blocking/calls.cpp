// The blocking twins of the awaitable functions.
#include "blocking/runner.hpp"

namespace forage::blocking {

client::client() : client{client_options{}} {}
client::client(client_options options) : runner_{std::make_shared<runner>(std::move(options))} {}
client_stats client::stats() const { return runner_->stats(); }

result<search_results> search_google(const client& web, std::string_view query, search_options options) {
    return client::runner::call(web, [&](forage::client& c) { return forage::search_google(c, query, options); });
}
result<search_results> search_bing(const client& web, std::string_view query, search_options options) {
    return client::runner::call(web, [&](forage::client& c) { return forage::search_bing(c, query, options); });
}
result<search_results> search_duckduckgo(const client& web, std::string_view query, search_options options) {
    return client::runner::call(web, [&](forage::client& c) { return forage::search_duckduckgo(c, query, options); });
}
result<search_results>
search(const client& web, std::string_view query, search_options options, std::span<const provider> chain) {
    return client::runner::call(web, [&](forage::client& c) { return forage::search(c, query, options, chain); });
}

result<page> scrape_page(const client& web, std::string_view url, page_options options) {
    return client::runner::call(web, [&](forage::client& c) { return forage::scrape_page(c, url, options); });
}
result<scrape_batch> scrape_pages(const client& web, std::span<const std::string> urls, scrape_options options) {
    if (options.deadline.count() == 0) options.deadline = scrape_defaults.deadline;
    return client::runner::call(web, [&](forage::client& c) { return forage::scrape_pages(c, urls, options); });
}
result<answer_pack> research(const client& web, std::string_view question, research_options options) {
    return client::runner::call(web, [&](forage::client& c) { return forage::research(c, question, options); });
}

namespace {

// Files need no client: an event loop of the calling thread's own, for the length of the call.
template <class Op>
result<std::string> run_here(Op op) {
    try {
        boost::asio::io_context io{1};
        result<std::string> outcome;
        auto deliver = [&outcome](std::exception_ptr thrown, result<std::string> value) {
            outcome = thrown ? result<std::string>{forage::detail::error_from_exception(thrown)} : std::move(value);
        };
        boost::asio::co_spawn(io, std::move(op), deliver);
        io.run();
        return outcome;
    } catch (const std::exception& e) {
        return error{errc::internal, std::string{"cannot start: "} + e.what(), "raise the limit of open files"};
    }
}

}  // namespace

result<std::string> read_text_file(std::string_view path, file_options options) {
    return run_here(forage::read_text_file(path, options));
}
result<std::string> read_file_tail(std::string_view path, std::size_t lines, file_options options) {
    return run_here(forage::read_file_tail(path, lines, options));
}

}  // namespace forage::blocking
