#include "support/miniweb_fixture.hpp"

#include "support/sqlite_pages.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace forage::testing {

namespace {

constexpr std::string_view docs_host = "sqlite.test";
constexpr std::string_view own_host  = "own.test";

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr) throw std::runtime_error{std::string{name} + " is not set: run the tests through ctest"};
    return value;
}

/// Lines of NAME='VALUE', as a shell reads them.
std::map<std::string, std::string> read_settings(const std::filesystem::path& file) {
    std::map<std::string, std::string> settings;
    std::ifstream lines{file};
    for (std::string line; std::getline(lines, line);) {
        const auto equals = line.find('=');
        if (equals == line.npos) continue;
        auto value = line.substr(equals + 1);
        if (value.size() >= 2 && value.front() == '\'') value = value.substr(1, value.size() - 2);
        settings[line.substr(0, equals)] = value;
    }
    return settings;
}

}  // namespace

std::string example_program(std::string_view name) {
    return from_environment("FORAGE_BUILD") + "/examples/" + std::string{name};
}

miniweb::miniweb(const std::vector<std::pair<std::string, std::string>>& own_pages) {
    const auto folder = folder_.path();
    std::vector<std::string> words{
        example_program("miniweb/miniweb"),
        "--pages",
        std::string{docs_host} + '=' + unpack_sqlite_pages(folder).string(),
        "--ca-out",
        (folder / "ca.pem").string(),
        "--env-out",
        (folder / "env").string(),
        "--exit-with-parent",
    };
    if (!own_pages.empty()) {
        std::filesystem::create_directory(folder / "own");
        for (const auto& [name, contents] : own_pages) std::ofstream{folder / "own" / name} << contents;
        words.emplace_back("--pages");
        words.push_back(std::string{own_host} + '=' + (folder / "own").string());
        for (const auto& [name, contents] : own_pages) own_pages_.insert(name);
    }
    child_command serve{.words = words};
    serve.environment = {
        {"MINIWEB_GOOGLE_KEY", std::string{google_key}},
        {"MINIWEB_BING_KEY", std::string{bing_key}},
    };
    process_ = std::make_unique<child_process>(std::move(serve));
    // It says so when its files are written and its sockets listen.
    if (!process_->complains("serving ", std::chrono::minutes{1})) {
        throw std::runtime_error{"miniweb did not start: " + process_->err()};
    }
    settings_ = read_settings(folder / "env");
}

std::vector<std::pair<std::string, std::string>> miniweb::environment() const {
    return {
        {"FORAGE_CA_FILE", setting("MINIWEB_CA_FILE")},
        {"FORAGE_DNS_SERVER", setting("MINIWEB_DNS")},
        {"FORAGE_ALLOW_ADDRESS", "127.0.0.1"},
        {"FORAGE_GOOGLE_URL", setting("MINIWEB_GOOGLE_URL")},
        {"FORAGE_BING_URL", setting("MINIWEB_BING_URL")},
        {"FORAGE_DUCKDUCKGO_URL", setting("MINIWEB_DUCKDUCKGO_URL")},
        {"GOOGLE_SEARCH_API_KEY", std::string{google_key}},
        {"GOOGLE_SEARCH_CX", std::string{google_cx}},
        {"BING_SEARCH_API_KEY", std::string{bing_key}},
    };
}

std::vector<std::string> miniweb::network_options() const {
    return {
        "--ca-file",
        setting("MINIWEB_CA_FILE"),
        "--dns-server",
        setting("MINIWEB_DNS"),
        "--allow-address",
        "127.0.0.1",
    };
}

std::vector<std::string> miniweb::options() const {
    auto words = network_options();
    for (const auto& [option, name] : {
             std::pair{"--google-url", "MINIWEB_GOOGLE_URL"},
             std::pair{"--bing-url", "MINIWEB_BING_URL"},
             std::pair{"--duckduckgo-url", "MINIWEB_DUCKDUCKGO_URL"},
         }) {
        words.emplace_back(option);
        words.push_back(setting(name));
    }
    return words;
}

std::string miniweb::page(std::string_view name) const {
    const auto host = own_pages_.contains(name) ? own_host : docs_host;
    return "https://" + std::string{host} + ':' + setting("MINIWEB_PORT") + '/' + std::string{name};
}

}  // namespace forage::testing
