// The loopback web of examples/miniweb, serving the SQLite documentation (and pages of a test's own) to programs under
// test: HTTPS under a certificate authority of its own, DNS, and the three search services.
#pragma once

#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forage::testing {

/// Where $FORAGE_BUILD has the program: "forage", "miniweb/miniweb", "hello_search".
[[nodiscard]] std::string example_program(std::string_view name);

/// Unpacks the pages, starts miniweb, and waits until it serves. Throws std::runtime_error with what it said if it does
/// not within a minute.
class miniweb {
public:
    /// `own_pages`: {file name, contents} beside the documentation.
    explicit miniweb(const std::vector<std::pair<std::string, std::string>>& own_pages = {});

    /// The variables examples/example_options.hpp reads, and keys that miniweb takes.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> environment() const;
    /// The same as options of the command line program; keys stay in the environment.
    [[nodiscard]] std::vector<std::string> options() const;
    /// Those of them that `scrape` knows: no search services.
    [[nodiscard]] std::vector<std::string> network_options() const;

    /// The URL of a page of the documentation, "wal.html", or of one's own.
    [[nodiscard]] std::string page(std::string_view name) const;

    static constexpr std::string_view google_key = "google-key-for-tests-a1b2c3";
    static constexpr std::string_view google_cx  = "engine-for-tests-d4e5f6";
    static constexpr std::string_view bing_key   = "bing-key-for-tests-7a8b9c";

private:
    [[nodiscard]] const std::string& setting(const std::string& name) const { return settings_.at(name); }

    temporary_folder folder_;
    std::unique_ptr<child_process> process_;
    std::set<std::string, std::less<>> own_pages_;
    std::map<std::string, std::string> settings_;  ///< MINIWEB_… of its env file
};

}  // namespace forage::testing
