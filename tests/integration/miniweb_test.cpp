// miniweb as a program: started as a child process, asked over TLS and UDP, and ended by a signal. The client is
// written with OpenSSL alone, so that nothing of the library under test judges its own test bed.
#include "support/child_process.hpp"
#include "support/miniweb_fixture.hpp"
#include "support/sqlite_pages.hpp"

#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <openssl/ssl.h>
#include <optional>
#include <set>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

namespace fs = std::filesystem;
using forage::testing::child_command;
using forage::testing::child_process;
using forage::testing::example_program;
using forage::testing::run_child;
using forage::testing::temporary_folder;
using nlohmann::json;

struct reply {
    int status = 0;
    std::string header, body;
};

/// A running miniweb with options of its own.
class served_web {
public:
    using variables = std::vector<std::pair<std::string, std::string>>;

    explicit served_web(const std::vector<std::string>& options, const variables& environment = {})
        : child_{command(options, environment)} {
        serves_ = child_.complains("miniweb: serving ", std::chrono::minutes{1});
        std::ifstream lines{path("env")};
        for (std::string line; std::getline(lines, line);) {
            const auto equals                 = line.find('=');
            settings_[line.substr(0, equals)] = line.substr(equals + 2, line.size() - equals - 3);
        }
        context_.reset(SSL_CTX_new(TLS_client_method()));
        SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
        SSL_CTX_load_verify_file(context_.get(), path("ca").c_str());
    }

    /// Sends SIGTERM. The exit code.
    int end() {
        child_.send_signal(SIGTERM);
        return child_.finish().exit_code;
    }

    [[nodiscard]] bool serves() const { return serves_; }
    [[nodiscard]] const std::string& log() const { return child_.err(); }
    [[nodiscard]] std::string variable(const std::string& name) const {
        const auto found = settings_.find(name);
        return found == settings_.end() ? std::string{} : found->second;
    }

    /// One request over a connection of its own; `fields` are whole lines with CR LF. Status 0: no usable answer.
    [[nodiscard]] reply
    ask(const std::string& host, const std::string& target, const std::string& fields = {}, const std::string& form = {}
    ) const {
        const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const timeval patience{30, 0};
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        const sockaddr_in there = loopback(variable("MINIWEB_PORT"));
        reply r;
        if (connect(descriptor, reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0) {
            const std::unique_ptr<SSL, decltype(&SSL_free)> tls{SSL_new(context_.get()), SSL_free};
            SSL_set_fd(tls.get(), descriptor);
            SSL_set_tlsext_host_name(tls.get(), host.c_str());
            SSL_set1_host(tls.get(), host.c_str());
            std::string text = (form.empty() ? "GET " : "POST ") + target + " HTTP/1.1\r\nHost: " + host +
                               "\r\nConnection: close\r\n" + fields;
            if (!form.empty()) text += "Content-Length: " + std::to_string(form.size()) + "\r\n";
            text += "\r\n" + form;
            if (SSL_connect(tls.get()) == 1 && SSL_write(tls.get(), text.data(), static_cast<int>(text.size())) > 0)
                r = read_reply(tls.get());
        }
        close(descriptor);
        return r;
    }

    [[nodiscard]] json google(const std::string& parameters) const {
        return json::parse(ask("api.google.test", "/customsearch/v1?key=k&cx=c&" + parameters).body, nullptr, false);
    }
    [[nodiscard]] json bing(const std::string& parameters) const {
        const auto r = ask("api.bing.test", "/v7.0/search?" + parameters, "Ocp-Apim-Subscription-Key: k\r\n");
        return json::parse(r.body, nullptr, false);
    }

    static sockaddr_in loopback(const std::string& port) {
        sockaddr_in address{};
        address.sin_family      = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port        = htons(static_cast<std::uint16_t>(std::strtoul(port.c_str(), nullptr, 10)));
        return address;
    }

private:
    child_command command(const std::vector<std::string>& options, const variables& environment) const {
        child_command c;
        c.words = {example_program("miniweb/miniweb"), "--exit-with-parent"};
        for (const auto* file : {"ca", "env"})
            c.words.insert(c.words.end(), {std::string{"--"} + file + "-out", path(file)});
        c.words.insert(c.words.end(), options.begin(), options.end());
        c.environment = environment;
        return c;
    }

    [[nodiscard]] std::string path(const char* name) const { return (folder_.path() / name).string(); }

    static reply read_reply(SSL* tls) {
        std::string all;
        std::array<char, 16384> piece{};
        for (int size = 0; (size = SSL_read(tls, piece.data(), static_cast<int>(piece.size()))) > 0;)
            all.append(piece.data(), static_cast<std::size_t>(size));
        reply r;
        const auto end = all.find("\r\n\r\n");
        if (end == std::string::npos || all.size() < 12) return r;
        r.status = std::atoi(all.c_str() + 9);
        r.header = all.substr(0, end + 2);
        r.body   = all.substr(end + 4);
        return r;
    }

    struct free_context {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };
    temporary_folder folder_;
    child_process child_;
    bool serves_ = false;
    std::map<std::string, std::string> settings_;
    std::unique_ptr<SSL_CTX, free_context> context_;
};

/// The shipped pages, served once for all tests.
class miniweb_program : public testing::Test {
protected:
    static void SetUpTestSuite() {
        if (!fs::exists(example_program("miniweb/miniweb"))) return;
        folder_.emplace();
        forage::testing::unpack_sqlite_pages(folder_->path());
        web_.emplace(std::vector<std::string>{"--pages", pages()});
    }
    static void TearDownTestSuite() {
        if (web_) {
            EXPECT_EQ(web_->end(), 0) << "a signal ends it cleanly";
        }
        web_.reset();
        folder_.reset();
    }
    void SetUp() override {
        if (!web_) GTEST_SKIP() << "miniweb is not built (FORAGE_EXAMPLES=OFF)";
        ASSERT_TRUE(web_->serves()) << web_->log();
    }

    static std::string pages() { return "www.sqlite.test=" + (folder_->path() / "sqlite-docs").string(); }
    static std::string small_pages() { return pages() + "/session"; }

    static inline std::optional<temporary_folder> folder_;
    static inline std::optional<served_web> web_;
};

std::string between(const std::string& text, const std::string& before, const std::string& after, std::size_t& from) {
    const auto begin = text.find(before, from);
    if (begin == std::string::npos) return {};
    const auto end = text.find(after, begin + before.size());
    from           = end;
    return text.substr(begin + before.size(), end - begin - before.size());
}

TEST_F(miniweb_program, finds_the_right_pages) {
    const std::map<std::string, std::string> best{
        {"how+does+WAL+mode+handle+checkpoints", "/wal.html"},
        {"what+is+the+maximum+length+of+a+SQL+statement", "/limits.html"},
        {"how+to+enable+foreign+key+constraints", "/foreignkeys.html"},
        {"is+sqlite+thread+safe", "/threadsafe.html"},
        {"recursive+common+table+expressions", "/lang_with.html"}
    };
    for (const auto& [question, path] : best) {
        const auto found = web_->google("q=" + question);
        ASSERT_TRUE(found.contains("items")) << found.dump(1);
        std::string top;
        for (std::size_t i = 0; i < 2; ++i) top += found["items"][i]["link"].get<std::string>() + ' ';
        EXPECT_NE(top.find(path), std::string::npos) << question << ": " << top;
    }
}

TEST_F(miniweb_program, google_pages_hold_every_hit_once) {
    std::set<std::string> links;
    std::size_t count = 0;
    std::string total;
    for (int at = 1; at != 0;) {
        const auto page = web_->google("q=wal+checkpoint&start=" + std::to_string(at));
        total           = page["searchInformation"]["totalResults"].get<std::string>();
        for (const auto& item : page["items"]) links.insert(item["link"].get<std::string>());
        count += page["items"].size();
        const auto& queries = page["queries"];
        EXPECT_EQ(queries.contains("previousPage"), at > 1);
        at = queries.contains("nextPage") ? queries["nextPage"][0]["startIndex"].get<int>() : 0;
    }
    EXPECT_GT(count, 20U);
    EXPECT_EQ(links.size(), count);
    EXPECT_EQ(total, std::to_string(count));
}

TEST_F(miniweb_program, google_ends_at_a_hundred) {
    const auto last = web_->google("q=database&start=91");
    EXPECT_EQ(last["items"].size(), 10U);
    EXPECT_EQ(last["queries"]["nextPage"][0]["startIndex"], 101);
    for (const auto* wrong : {"start=101", "start=92", "start=0", "num=11", "num=0", "num=ten"}) {
        const auto refused = web_->google(std::string{"q=database&"} + wrong);
        EXPECT_EQ(refused["error"]["code"], 400) << wrong;
        EXPECT_EQ(refused["error"]["message"], "Invalid Value") << wrong;
    }
}

TEST_F(miniweb_program, no_hit_means_no_key) {
    const auto google = web_->google("q=asdfowefwoejfowsaa");
    EXPECT_FALSE(google.contains("items"));
    EXPECT_FALSE(google["queries"].contains("nextPage"));
    EXPECT_EQ(google["searchInformation"]["totalResults"], "0");
    const auto bing = web_->bing("q=asdfowefwoejfowsaa");
    EXPECT_EQ(bing["_type"], "SearchResponse");
    EXPECT_FALSE(bing.contains("webPages"));
    const auto duckduckgo = web_->ask("html.duckduckgo.test", "/html/?q=asdfowefwoejfowsaa");
    EXPECT_EQ(duckduckgo.status, 200);
    EXPECT_EQ(duckduckgo.body.find("result__a"), std::string::npos);
}

TEST_F(miniweb_program, bing_gives_the_same_hits_in_its_own_shape) {
    const auto google = web_->google("q=atomic+commit");
    const auto bing   = web_->bing("q=atomic+commit&count=50");
    const auto& pages = bing["webPages"]["value"];
    ASSERT_GE(pages.size(), google["items"].size());
    for (std::size_t i = 0; i < google["items"].size(); ++i) {
        EXPECT_EQ(pages[i]["url"], google["items"][i]["link"]);
        EXPECT_EQ(bing["rankingResponse"]["mainline"]["items"][i]["value"]["id"], pages[i]["id"]);
    }
    EXPECT_TRUE(bing["webPages"]["totalEstimatedMatches"].is_number());
    for (const auto* wrong : {"q=x&count=51", "q=x&count=0", "q=x&offset=-1", "count=1"}) {
        const auto refused = web_->bing(wrong);
        EXPECT_EQ(refused["_type"], "ErrorResponse") << wrong;
        EXPECT_EQ(refused["errors"][0]["code"], "InvalidRequest") << wrong;
    }
    EXPECT_EQ(web_->ask("api.bing.test", "/v7.0/search?q=x").status, 401);
}

TEST_F(miniweb_program, duckduckgo_goes_from_form_to_form_until_eof) {
    auto page = web_->ask("html.duckduckgo.test", "/html/?q=wal+checkpoint");
    EXPECT_NE(page.body.find("result--ad"), std::string::npos);
    EXPECT_NE(page.body.find("duckduckgo.com/y.js?"), std::string::npos);
    std::set<std::string> targets;
    int pages = 1;
    for (; pages < 60; ++pages) {
        ASSERT_EQ(page.status, 200);
        std::size_t at = 0;
        for (std::string link;
             !(link = between(page.body, "result__a\" href=\"//duckduckgo.com/l/?uddg=", "&amp;", at)).empty();)
            targets.insert(link);
        at = page.body.find("value=\"Next\"");
        if (at == std::string::npos) break;
        std::string form = "q=wal+checkpoint";
        for (const auto* name : {"s", "vqd", "nextParams", "v", "o", "dc", "api", "kl"}) {
            std::size_t field = at;
            form += std::string{"&"} + name + '=' +
                    between(page.body, std::string{"name=\""} + name + "\" value=\"", "\"", field);
        }
        page = web_->ask("html.duckduckgo.test", "/html/", "Content-Type: application/x-www-form-urlencoded\r\n", form);
    }
    EXPECT_NE(page.body.find(">EOF</a>"), std::string::npos);
    const auto google = web_->google("q=wal+checkpoint");
    EXPECT_EQ(google["searchInformation"]["totalResults"].get<std::string>(), std::to_string(targets.size()));
    EXPECT_TRUE(targets.contains("https%3A%2F%2Fwww.sqlite.test%3A" + web_->variable("MINIWEB_PORT") + "%2Fwal.html"));
    const auto without_token = web_->ask("html.duckduckgo.test", "/html/?q=wal+checkpoint&s=10");
    EXPECT_EQ(without_token.status, 202);
    EXPECT_NE(without_token.body.find("anomaly-modal"), std::string::npos);
}

TEST_F(miniweb_program, serves_files_and_nothing_else) {
    const auto page = web_->ask("www.sqlite.test", "/wal.html");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.header.find("Content-Type: text/html\r\n"), std::string::npos);
    EXPECT_NE(page.body.find("<title>Write-Ahead Logging</title>"), std::string::npos);
    const auto packed = web_->ask("www.sqlite.test", "/wal.html", "Accept-Encoding: br, gzip;q=0.5\r\n");
    EXPECT_NE(packed.header.find("Content-Encoding: gzip\r\n"), std::string::npos);
    EXPECT_LT(packed.body.size() * 2, page.body.size());
    EXPECT_EQ(web_->ask("www.sqlite.test", "/wal.html", "Accept-Encoding: gzip;q=0\r\n").body, page.body);
    std::size_t at = 0;
    const auto tag = between(page.header, "ETag: ", "\r\n", at);
    EXPECT_EQ(web_->ask("www.sqlite.test", "/wal.html", "If-None-Match: " + tag + "\r\n").status, 304);
    EXPECT_EQ(web_->ask("www.sqlite.test", "/").status, 200);
    EXPECT_EQ(web_->ask("www.sqlite.test", "/syntax").status, 301);
    EXPECT_NE(web_->ask("www.sqlite.test", "/syntax/").body.find("expr.html"), std::string::npos);
    for (const auto* none : {"/none.html", "/../env", "/%2e%2e/env", "/..%2fenv", "//etc/passwd", "/wal.html/", "/%00"})
        EXPECT_EQ(web_->ask("www.sqlite.test", none).status, 404) << none;
    EXPECT_EQ(web_->ask("www.sqlite.test", "/wal.html", {}, "x=y").status, 405);
    EXPECT_EQ(web_->ask("other.test", "/").status, 0) << "no certificate for a name it does not have";
}

TEST_F(miniweb_program, limits_and_keys) {
    const served_web::variables keys{{"MINIWEB_GOOGLE_KEY", "k"}, {"MINIWEB_BING_KEY", "k"}};
    served_web strict{{"--pages", small_pages(), "--quota", "2", "--challenge"}, keys};
    ASSERT_TRUE(strict.serves()) << strict.log();
    const auto wrong_key = strict.ask("api.google.test", "/customsearch/v1?key=x&cx=c&q=a");
    EXPECT_EQ(wrong_key.status, 400);
    EXPECT_NE(wrong_key.body.find("API key not valid"), std::string::npos);
    EXPECT_EQ(strict.ask("api.google.test", "/customsearch/v1?cx=c&q=a").status, 403);
    EXPECT_EQ(strict.ask("api.bing.test", "/v7.0/search?q=a", "Ocp-Apim-Subscription-Key: x\r\n").status, 401);
    for (int i = 0; i < 2; ++i) {
        EXPECT_FALSE(strict.google("q=session").contains("error"));
        EXPECT_EQ(strict.bing("q=session")["_type"], "SearchResponse");
    }
    const auto spent = strict.google("q=session");
    EXPECT_EQ(spent["error"]["code"], 429);
    EXPECT_EQ(spent["error"]["status"], "RESOURCE_EXHAUSTED");
    EXPECT_EQ(spent["error"]["errors"][0]["reason"], "dailyLimitExceeded");
    EXPECT_EQ(strict.ask("api.bing.test", "/v7.0/search?q=a", "Ocp-Apim-Subscription-Key: k\r\n").status, 403);
    EXPECT_EQ(strict.ask("html.duckduckgo.test", "/html/?q=session").status, 202);
    EXPECT_EQ(strict.end(), 0);
}

TEST_F(miniweb_program, too_fast) {
    served_web slow{{"--pages", small_pages(), "--rate", "1", "--duckduckgo-burst", "1"}};
    ASSERT_TRUE(slow.serves()) << slow.log();
    json google;
    reply bing, duckduckgo;
    // Two requests within a second are what it takes: the first pair will do unless the machine stands still.
    for (int i = 0; i < 20 && !google.contains("error"); ++i) google = slow.google("q=session");
    for (int i = 0; i < 20 && bing.status != 429; ++i)
        bing = slow.ask("api.bing.test", "/v7.0/search?q=session", "Ocp-Apim-Subscription-Key: k\r\n");
    for (int i = 0; i < 20 && duckduckgo.status != 202; ++i)
        duckduckgo = slow.ask("html.duckduckgo.test", "/html/?q=session");
    EXPECT_EQ(google["error"]["errors"][0]["reason"], "rateLimitExceeded");
    EXPECT_EQ(bing.status, 429);
    EXPECT_NE(bing.header.find("Retry-After: 1\r\n"), std::string::npos);
    EXPECT_EQ(duckduckgo.status, 202);
    EXPECT_EQ(slow.end(), 0);
}

TEST_F(miniweb_program, dns_knows_its_names_only) {
    const auto address = web_->variable("MINIWEB_DNS");
    const int udp      = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const timeval patience{30, 0};
    setsockopt(udp, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const auto there = served_web::loopback(address.substr(address.find(':') + 1));
    ASSERT_EQ(connect(udp, reinterpret_cast<const sockaddr*>(&there), sizeof there), 0);
    auto ask = [&](std::string packet) {
        std::array<char, 512> answer{};
        if (send(udp, packet.data(), packet.size(), 0) < 0) return std::string{};
        const auto size = recv(udp, answer.data(), answer.size(), 0);
        return size > 0 ? std::string{answer.data(), static_cast<std::size_t>(size)} : std::string{};
    };
    auto question = [](std::string labels, char type) {
        return std::string{"\x12\x34\1\0\0\1\0\0\0\0\0\0", 12} + labels + std::string{"\0\0", 2} + type +
               std::string{"\0\1", 2};
    };
    const std::string known = "\3WWW\6sqlite\4test";
    EXPECT_TRUE(ask(question(known, 1)).ends_with(std::string{"\0\4\x7f\0\0\1", 6}));
    const auto six = ask(question(known, 28));
    EXPECT_EQ(six.substr(2, 6), (std::string{"\x85\x80\0\1\0\0", 6})) << "AAAA: no error, no record";
    EXPECT_EQ(ask(question("\7example\3com", 1))[3], '\x83') << "NXDOMAIN";
    EXPECT_EQ(ask(question("\x40way too long", 1))[3], '\x81') << "FORMERR";
    EXPECT_EQ(ask(question("\xC0\x0C", 1))[3], '\x81') << "a pointer to itself";
    EXPECT_EQ(ask(question(known, 1).substr(0, 20))[3], '\x81') << "cut short";
    close(udp);
}

}  // namespace
