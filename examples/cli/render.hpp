// Results as what --format asks for. Everything returned may go to a terminal as it is.
#pragma once

#include "cli/options.hpp"

#include <forage/function_ref.hpp>
#include <forage/research.hpp>
#include <forage/scrape.hpp>
#include <forage/search.hpp>

#include <span>
#include <string>
#include <string_view>

namespace forage::cli {

/// Takes what is to be printed, in parts.
using print_sink = function_ref<void(std::string_view)>;

/// Text and Markdown: a line with title and URL, then the page. JSON forms: one object on one line.
/// A page that was only fetched is one line: status, bytes, URL.
void render_page(const page& p, const options& chosen, print_sink print);

/// That something stands in the place of the page, to be said behind its name; empty if nothing does, and in JSON,
/// which has it.
[[nodiscard]] std::string obstacle_note(const page& p, const options& chosen);

/// A failed page: an object in `jsonl`; nothing in text and Markdown, where standard error names it.
[[nodiscard]] std::string render_failure(const scrape_failure& f, const options& chosen);

/// The one object `scrape --format json` prints.
void render_batch(const scrape_batch& batch, print_sink print);

[[nodiscard]] std::string render_search(const search_results& found, const options& chosen);

/// The question, numbered passages with their citations, then the sources they cite.
[[nodiscard]] std::string render_answer(const answer_pack& pack, const options& chosen);

}  // namespace forage::cli
