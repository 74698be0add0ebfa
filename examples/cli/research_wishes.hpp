// What the command line says about a research.
#pragma once

#include <forage/research.hpp>

#include <cstdint>
#include <optional>

namespace CLI {
class App;
}

namespace forage::cli {

/// What a research is asked for beyond its preset.
struct research_wishes {
    research_options preset = quick_research;
    std::optional<int> depth, passages, code, max_tokens, host_pages, max_requests;
    std::optional<std::uint64_t> max_bytes;
    bool progress_as_json = false;  ///< a line of JSON on standard error for each URL whose fate is known

    /// The preset, and the wishes.
    [[nodiscard]] research_options options() const;
};

/// Adds the options to the command; `wishes` must outlive it.
void add_research_options(CLI::App& app, research_wishes& wishes);

}  // namespace forage::cli
