// Best first: hits and links are read in the order of what they promise, side by side, until there is enough.
#pragma once

#include "research/link_score.hpp"
#include "research/page_digest.hpp"
#include "scrape/page_lanes.hpp"

#include <forage/research.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace forage::detail {

struct crawled_page {
    std::shared_ptr<page> content;              // shared with the worker that digests it
    std::shared_ptr<const page_digest> digest;  // without its links
    std::size_t entry = 0;                      // of the ledger
    double relevance  = 0;                      // share of the question that its best passage has
    std::chrono::system_clock::time_point fetched{};
};

/// Lives on the client's strand.
class crawl final : page_owner {
public:
    /// Of the options those about pages and limits count, and who is told.
    crawl(
        std::shared_ptr<client_impl> web,
        std::shared_ptr<const term_set> question,
        const research_options& options,
        deadline until
    );

    void add_hits(const std::vector<search_hit>& hits);
    awaitable<void> run();

    /// After the run: those that were read, in no order.
    [[nodiscard]] std::vector<crawled_page> take_pages() { return std::move(pages_); }
    [[nodiscard]] const ledger_entry& entry(std::size_t at) const { return candidates_[at].entry; }
    [[nodiscard]] std::vector<ledger_entry> take_ledger();
    [[nodiscard]] const research_stats& stats() const noexcept { return stats_; }
    [[nodiscard]] research_ending ending() const noexcept { return ending_; }
    [[nodiscard]] double share_of(term_mask terms) { return weights_.share(terms); }

private:
    enum class stage : std::uint8_t { waiting, begun, digesting, settled };
    struct candidate {
        ledger_entry entry;
        std::string host;
        stage at  = stage::waiting;
        int tries = 0;
    };

    bool wants_more() override;
    bool may_begin(page_id id) override;
    void begins(page_id id) override;
    std::optional<awaitable<void>> take(page_id id, result<page> outcome, page_cost cost) override;

    void consider(url target, std::string key, ledger_entry entry);
    bool tries_again(page_id id, const error& why);
    void close_host(const std::string& host);
    std::optional<page_id> same_page(page_id id, const page& came);
    [[nodiscard]] bool is_closed(const std::string& host) const;
    void lose(page_id id, error why);
    [[nodiscard]] std::chrono::milliseconds elapsed() const;
    void settle(page_id id, url_fate fate, std::optional<error> why = {});
    awaitable<void> digest(page_id id, std::shared_ptr<page> content);
    void learn(page_id id, std::shared_ptr<page> content, std::shared_ptr<page_digest> found);
    void follow(page_id id, const std::string& host, const page_digest& found, double relevance);

    const std::shared_ptr<const term_set> question_;
    const research_options options_;
    const deadline until_;
    const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    page_lanes lanes_;
    std::vector<candidate> candidates_;
    std::unordered_map<std::string, page_id> by_key_;
    std::unordered_map<std::string, int> begun_at_;       // pages of each host
    std::set<std::pair<std::string, page_role>> listed_;  // hosts of which such a list is known
    std::multiset<double> waiting_;                       // the scores of those that have not begun
    std::chrono::steady_clock::time_point last_begun_ = began_;
    std::vector<crawled_page> pages_;
    term_weights weights_;       // over passages: of what a page says
    term_weights link_weights_;  // over link texts, which were not chosen for their terms: of what a link promises
    research_stats stats_;
    research_ending ending_ = research_ending::no_more;
    int under_way_          = 0;
    int digested_           = 0;  // accepted, and being digested
    int without_news_       = 0;  // pages in a row that added no passage that matches
};

}  // namespace forage::detail
