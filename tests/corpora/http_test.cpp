// Raw responses and redirects that others' test suites cover, served byte for byte by a program that comes with the
// data. Every case must reach the outcome that stands beside it, in its time.
#include "support/child_process.hpp"
#include "support/corpora.hpp"
#include "support/fetch_body.hpp"

#include <forage/client.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <openssl/sha.h>
#include <optional>
#include <set>
#include <string>

namespace {

using forage::errc;
using forage::phase;
using nlohmann::json;
namespace net = boost::asio;
namespace fs  = std::filesystem;
using outcome = forage::result<forage::detail::http_response>;
using namespace std::chrono_literals;

constexpr auto patience = 8s;  // for cases without a limit of their own; servers that hang do so for 20 s

fs::path server_script() {
    const char* script = std::getenv("FORAGE_WIRE_SERVER");
    return script == nullptr ? forage::testing::corpora_path("..") / "tools" / "wire_server.py" : fs::path{script};
}

std::string sha256(const std::string& text) {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const unsigned char byte : digest) out.append({digits[byte >> 4U], digits[byte & 15U]});
    return out;
}

// "network" is a connection that broke, "truncated" one that ended; both may come before or behind the first byte.
bool is_of_kind(const forage::error& e, const std::string& kind) {
    static const std::map<std::string, std::set<errc>> codes{
        {"protocol", {errc::protocol}},
        {"truncated", {errc::protocol, errc::connect_failed}},
        {"network", {errc::protocol, errc::connect_failed}},
        {"timeout", {errc::timed_out}},
        {"decode", {errc::bad_coding}},
        {"too-large", {errc::too_large}},
        {"bad-redirect", {errc::bad_redirect}},
    };
    const auto found = codes.find(kind);
    return found != codes.end() && found->second.contains(e.code) && e.where != phase::connect;
}

std::string shown(const outcome& got) {
    if (!got) return got.error().message();
    return "status " + std::to_string(got->status) + ", " + std::to_string(got->body.size()) +
           " bytes: " + got->body.substr(0, 80);
}

void replace(std::string& text, const std::string& what, const std::string& by) {
    if (const auto at = text.find(what); at != std::string::npos) text.replace(at, what.size(), by);
}

bool is_as_wanted(const outcome& got, const json& want, const std::string& base) {
    if (!got) return false;
    auto final_url = want.value("final_url", got->final_url.text());
    replace(final_url, "{BASE}", base);
    if (want.contains("headers_lack")) {
        for (const auto& name : want.at("headers_lack")) {
            if (!got->field_value(name.get<std::string>()).empty()) return false;
        }
    }
    return got->status == want.value("status", got->status) && got->body == want.value("body", got->body) &&
           sha256(got->body) == want.value("body_sha256", sha256(got->body)) &&
           got->body.size() == want.value("body_bytes", got->body.size()) && got->final_url.text() == final_url;
}

bool is_right(const outcome& got, const json& want, const std::string& base) {
    const auto kind = want.at("outcome").get<std::string>();
    if (kind == "ok") return is_as_wanted(got, want, base);
    if (kind == "error") return !got && is_of_kind(got.error(), want.at("kind").get<std::string>());
    return !got ? got.error().code != errc::internal : is_as_wanted(got, want.at("if_ok"), base);
}

class http_corpus : public ::testing::Test {
protected:
    // All cases of a file, several at a time.
    void run(const char* name, const std::string& folder) {
        const auto file = forage::testing::corpora_path("http") / name;
        if (!fs::exists(file)) GTEST_SKIP() << "no http/" << name << " under FORAGE_CORPORA";
        if (!fs::exists(server_script())) GTEST_SKIP() << "no wire_server.py: set FORAGE_WIRE_SERVER";
        std::optional<forage::testing::child_process> server;
        try {
            forage::testing::child_command command;
            command.words = {"python3", server_script().string(), file.string()};
            server.emplace(std::move(command));
        } catch (const std::system_error&) {
            GTEST_SKIP() << "no python3";
        }
        ASSERT_TRUE(server->writes("\n")) << server->err();
        const auto port = server->out().substr(server->out().find(' ') + 1);
        origin_         = "http://127.0.0.1:" + port.substr(0, port.find('\n')) + folder;
        cases_          = json::parse(forage::testing::corpora_text(fs::path{"http"} / name).value()).at("cases");

        options_.allow_private     = true;
        options_.proxy_environment = false;
        options_.hosts             = {{"localhost", "127.0.0.1"}};
        for (int lane = 0; lane < 8; ++lane) {
            net::co_spawn(io_, take_cases(), [](std::exception_ptr thrown) {
                if (thrown) std::rethrow_exception(thrown);
            });
        }
        io_.run();
        std::cout << name << ": " << right_ << " of " << cases_.size() << '\n';
        EXPECT_GT(cases_.size(), 0U);
        server->send_signal(SIGTERM);
    }

private:
    forage::awaitable<void> take_cases() {
        while (next_ < cases_.size()) {
            const auto& item = cases_.at(next_++);
            const auto began = std::chrono::steady_clock::now();
            const auto limit = std::chrono::milliseconds{item.value("limit_ms", std::int64_t{patience / 1ms})};
            const auto base  = origin_ + item.at("id").get<std::string>();
            const auto start = base + item.value("start", folder_start());
            const auto bytes = item.value("limit_bytes", std::size_t{0});
            // A server that hangs behind its answer leaves a connection that looks fit to be used again.
            const forage::client fresh{io_.get_executor(), options_};
            const auto got = co_await forage::testing::fetch_body(fresh, start, limit, bytes);

            const bool in_time = std::chrono::steady_clock::now() - began < limit + 1s;
            const bool right   = in_time && is_right(got, item.at("expect"), base);
            right_ += right ? 1 : 0;
            EXPECT_TRUE(right) << item.at("id") << ": " << shown(got) << (in_time ? "" : ", too late") << "; expected "
                               << item.at("expect");
        }
    }

    // Redirect set-ups begin at a path of their own, raw responses have none.
    [[nodiscard]] std::string folder_start() const { return origin_.ends_with("/r/") ? "/" : ""; }

    net::io_context io_{1};
    forage::client_options options_;
    std::string origin_;
    json cases_;
    std::size_t next_  = 0;
    std::size_t right_ = 0;
};

TEST_F(http_corpus, raw_responses_end_as_they_must) { run("wire.json.gz", "/w/"); }
TEST_F(http_corpus, redirects_end_as_they_must) { run("redirects.json", "/r/"); }

}  // namespace
