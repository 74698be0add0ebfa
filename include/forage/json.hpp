// The JSON forms of results: a contract, documented in docs/json.md.
#pragma once

#include <forage/feed.hpp>
#include <forage/function_ref.hpp>
#include <forage/request_record.hpp>
#include <forage/research.hpp>
#include <forage/scrape.hpp>
#include <forage/search.hpp>
#include <forage/sitemap.hpp>

#include <string>
#include <string_view>

namespace forage {

// One object on one line. Invalid UTF-8 cannot occur in the output. Pure, thread-safe.
[[nodiscard]] std::string to_json(const page& p);
[[nodiscard]] std::string to_json(const scrape_failure& f);
[[nodiscard]] std::string to_json(const search_results& r);
[[nodiscard]] std::string to_json(const answer_pack& a);
[[nodiscard]] std::string to_json(const ledger_entry& e);
[[nodiscard]] std::string to_json(const error& e);
[[nodiscard]] std::string to_json(const request_record& r);
[[nodiscard]] std::string to_json(const feed& f);
[[nodiscard]] std::string to_json(const feed_entry& e);
[[nodiscard]] std::string to_json(const sitemap& s);
[[nodiscard]] std::string to_json(const sitemap_entry& e);

/// The same text as `to_json(p)`, but `write` gets it in parts of about 64 KiB, cut between characters: for pages that
/// are too large to be held a second time.
void to_json(const page& p, function_ref<void(std::string_view)> write);

}  // namespace forage
