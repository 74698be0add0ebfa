// Against nginx: many real pages over one set of TLS connections.
#include "support/loopback_web.hpp"
#include "support/nginx.hpp"
#include "support/sqlite_pages.hpp"

#include <forage/scrape.hpp>

#include <algorithm>

namespace forage::testing {
namespace {

// The first `count` HTML files below a folder. Indexes of a megabyte and more are left out: instrumented by a
// sanitizer, gumbo needs more for them than the second that read_html grants.
std::vector<std::filesystem::path> real_pages(const std::filesystem::path& root, std::size_t count) {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{
             root, std::filesystem::directory_options::skip_permission_denied
         }) {
        if (entry.is_regular_file() && entry.path().extension() == ".html" && entry.file_size() < 256 * 1024) {
            found.push_back(entry.path());
        }
    }
    std::sort(found.begin(), found.end());
    if (found.size() > count) found.resize(count);
    return found;
}

std::vector<std::string>
urls_of(const nginx& server, const std::filesystem::path& root, const std::vector<std::filesystem::path>& files) {
    std::vector<std::string> urls;
    for (const auto& file : files) {
        urls.push_back(
            "https://web.test:" + std::to_string(server.port()) + "/" + file.lexically_relative(root).string()
        );
    }
    return urls;
}

using nginx_test = loopback_web;

CO_TEST_F(nginx_test, reads_500_real_pages_64_at_once_over_kept_connections) {
    if (!nginx::installed()) {
        std::puts("skipped: nginx is not installed");
        co_return;
    }
    const temporary_folder unpacked;
    unpack_sqlite_pages(unpacked.path());
    const auto identity = authority.issue({.names = {"web.test"}, .addresses = {}});
    const nginx server{unpacked.path(), identity.certificate, identity.private_key};

    const auto urls = urls_of(server, unpacked.path(), real_pages(unpacked.path(), 500));
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

// Pages of other makers: Python's (Sphinx), PostgreSQL's (DocBook), Boost's (many hands, many decades).
CO_TEST_F(nginx_test, reads_the_documentation_packages_of_debian) {
    const std::filesystem::path root{"/usr/share/doc"};
    std::vector<std::filesystem::path> files;
    for (const char* name : {"python3.11/html", "postgresql-doc-15/html", "libboost1.81-doc"}) {
        if (!std::filesystem::exists(root / name)) continue;
        const auto some = real_pages(root / name, 150);
        files.insert(files.end(), some.begin(), some.end());
    }
    if (!nginx::installed() || files.empty()) {
        std::puts("skipped: nginx or the documentation packages are not installed");
        co_return;
    }
    const auto identity = authority.issue({.names = {"web.test"}, .addresses = {}});
    const nginx server{root, identity.certificate, identity.private_key};
    scrape_options settings;
    settings.concurrency  = 16;
    settings.page.timeout = std::chrono::seconds{60};
    const auto web        = make_client();
    const auto batch      = co_await scrape_pages(web, urls_of(server, root, files), settings);
    EXPECT_EQ(batch.values.size(), files.size());
    for (const auto& f : batch.failures) ADD_FAILURE() << f.url << ": " << f.error.message();
    const auto titled =
        std::count_if(batch.values.begin(), batch.values.end(), [](const page& p) { return !p.title.empty(); });
    EXPECT_GT(titled, static_cast<long>(files.size() * 9 / 10));
}

}  // namespace
}  // namespace forage::testing
