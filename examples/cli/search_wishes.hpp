// What the command line says about whom a search asks.
#pragma once

#include <forage/client.hpp>
#include <forage/result.hpp>
#include <forage/search.hpp>

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace forage::cli {

struct search_wishes {
    std::vector<std::string> words;           ///< of the question
    std::vector<std::string> providers;       ///< their names, of `provider_files` as well
    std::vector<std::string> provider_files;  ///< descriptions to add
    std::vector<std::string> service_urls;    ///< "NAME=URL"
    bool together = false;                    ///< ask all providers at once
    std::optional<int> quota;                 ///< requests a day to each service with a key
    bool counts_requests = true;              ///< in `client_options::quota`

    [[nodiscard]] std::string query() const;
    /// Adds what the files describe, for this process, sets the addresses in `client`, and says whom to ask. Blocks: it
    /// reads the files. Errors: bad_argument; those of reading a file.
    [[nodiscard]] result<std::vector<provider>> apply(client_options& client) const;
};

/// Adds the options to the command; `wishes` and `client` must outlive it.
void add_search_options(CLI::App& app, search_wishes& wishes, client_options& client);

}  // namespace forage::cli
