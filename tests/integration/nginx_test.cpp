// Against nginx: many real pages over one set of TLS connections.
#include "support/loopback_web.hpp"
#include "support/nginx.hpp"

#include <forage/scrape.hpp>

#include <algorithm>

namespace forage::testing {
namespace {

// HTML files of Debian's documentation packages, as many as there are, up to `count`; else the shipped SQLite pages.
std::vector<std::filesystem::path> real_pages(const std::filesystem::path& root, std::size_t count) {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{
             root, std::filesystem::directory_options::skip_permission_denied
         }) {
        if (entry.is_regular_file() && entry.path().extension() == ".html") found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    if (found.size() > count) found.resize(count);
    return found;
}

using nginx_test = loopback_web;

CO_TEST_F(nginx_test, reads_500_real_pages_64_at_once_over_kept_connections) {
    if (!nginx::installed()) {
        std::puts("skipped: nginx is not installed");
        co_return;
    }
    const temporary_folder unpacked;
    child_command untar;
    untar.words = {
        "tar",
        "-xJf",
        std::string{std::getenv("FORAGE_SOURCE")} + "/examples/pages/sqlite-docs.tar.xz",
        "-C",
        unpacked.path().string()
    };
    CO_ASSERT_TRUE(run_child(untar).exit_code == 0);
    const auto identity = authority.issue({.names = {"web.test"}, .addresses = {}});
    const nginx server{unpacked.path(), identity.certificate, identity.private_key};

    std::vector<std::string> urls;
    for (const auto& file : real_pages(unpacked.path(), 500)) {
        const auto path = std::filesystem::relative(file, unpacked.path()).string();
        urls.push_back("https://web.test:" + std::to_string(server.port()) + "/" + path);
    }
    CO_ASSERT_TRUE(urls.size() == 500);
    scrape_options settings;
    settings.concurrency  = 64;
    settings.page.timeout = std::chrono::seconds{60};
    const auto web        = make_client();
    const auto batch      = co_await scrape_pages(web, urls, settings);
    EXPECT_EQ(batch.values.size(), 500U);
    for (const auto& f : batch.failures) ADD_FAILURE() << f.url << ": " << f.error.message();
    const auto without_text =
        std::count_if(batch.values.begin(), batch.values.end(), [](const page& p) { return p.text.empty(); });
    EXPECT_LT(without_text, 5);
    const auto stats = web.stats();
    EXPECT_LE(stats.connections_opened, 64U);
    EXPECT_GE(stats.connections_reused, 436U);
    EXPECT_LT(stats.bytes_received, stats.bytes_decoded) << "gzip was asked for";
}

}  // namespace
}  // namespace forage::testing
