// No response costs more than 64 MB over idle, whatever it is: the program's peak memory with each hostile answer, less
// its peak with a small page.
#include "support/background_server.hpp"
#include "support/child_process.hpp"
#include "support/coding_bombs.hpp"
#include "support/hostile_documents.hpp"
#include "support/miniweb_fixture.hpp"
#include "support/slowness.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace forage::testing;
using strings = std::vector<std::string>;

constexpr std::size_t most_over_idle = 64'000'000;
constexpr std::size_t wire_limit     = 10 * 1024 * 1024;  // client_options::max_body_bytes

raw_server::script always(raw_answer answer) {
    return [answer = std::move(answer)](std::size_t, std::size_t, const std::string&) { return answer; };
}

raw_answer ok(const std::string& fields, const std::string& body) {
    return raw_answer{"HTTP/1.1 200 OK\r\n" + fields + "\r\n\r\n" + body};
}
raw_answer small_page() { return ok("Content-Type: text/html", "<title>small</title><p>A small page."); }
raw_answer page_of(const hostile_document& document) {
    return ok(std::string{"Content-Type: "} + document.content_type, document.make());
}
raw_answer page_of(const coding_bomb& bomb) {
    return ok(std::string{"Content-Type: text/html\r\nContent-Encoding: "} + bomb.codings, bomb.body);
}

class memory_test : public ::testing::Test {
protected:
    void SetUp() override {
        if (slowness > 1) GTEST_SKIP() << "sanitizers take more memory than what they watch";
    }

    struct outcome {
        int exit_code    = -1;
        std::size_t peak = 0;  ///< bytes
        std::string err;
    };

    static outcome measured(strings words) {
        words.insert(words.begin(), std::string{std::getenv("FORAGE_BUILD")} + "/tests/peak_memory");
        auto ended      = run_child({.words = std::move(words)});
        const auto line = ended.err.rfind("peak_memory: ");
        if (line == ended.err.npos) throw std::runtime_error{"no measurement: " + ended.err};
        return {ended.exit_code, std::stoul(ended.err.substr(line + 13)) * 1024, std::move(ended.err)};
    }

    static outcome scrape(const strings& urls, const strings& how) {
        strings words{example_program("forage"), "scrape", "--allow-private", "--no-proxy", "--retries", "0"};
        words.insert(words.end(), how.begin(), how.end());
        words.insert(words.end(), urls.begin(), urls.end());
        return measured(std::move(words));
    }

    /// The peak with a small page and the same options.
    static std::size_t idle(const strings& how) {
        static std::map<strings, std::size_t> known;
        auto& peak = known[how];
        if (peak == 0) {
            const background_server web{always(small_page())};
            const auto ended = scrape({web.url()}, how);
            EXPECT_EQ(ended.exit_code, 0) << ended.err;
            peak = ended.peak;
        }
        return peak;
    }

    static void expect_modest(const outcome& ended, const strings& how, const std::string& name) {
        EXPECT_TRUE(ended.exit_code == 0 || ended.exit_code == 1) << name << ": " << ended.err;
        const auto over = ended.peak > idle(how) ? ended.peak - idle(how) : 0;
        EXPECT_LT(over, most_over_idle) << name << ": " << ended.err;
        RecordProperty(name, std::to_string(over / 1'000) + " kB");
    }

    /// How much the server has sent.
    static std::size_t expect_modest(const raw_server::script& answers, const strings& how, const std::string& name) {
        background_server web{answers};
        expect_modest(scrape({web.url()}, how), how, name);
        return web.stop();
    }

    inline static const strings as_text{"--ignore-robots", "--format", "text"};
    inline static const strings as_json{"--ignore-robots", "--format", "jsonl"};  // with links, Markdown and code
    inline static const strings unread{"--ignore-robots", "--fetch-only"};
};

TEST_F(memory_test, the_measurement_sees_what_a_program_holds) {
    const auto ended = measured({"/bin/dd", "if=/dev/zero", "of=/dev/null", "bs=80M", "count=1"});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_GT(ended.peak, 80U << 20U);
    EXPECT_LT(ended.peak, 100U << 20U);
}

TEST_F(memory_test, hostile_documents_as_text) {
    for (const auto& each : hostile_documents()) {
        expect_modest(always(page_of(each)), as_text, std::string{each.name} + ", text");
    }
}

TEST_F(memory_test, hostile_documents_as_json) {
    for (const auto& each : hostile_documents()) {
        expect_modest(always(page_of(each)), as_json, std::string{each.name} + ", jsonl");
    }
}

TEST_F(memory_test, what_one_page_took_is_not_added_to_the_next) {
    const auto answers = [](std::size_t, std::size_t, const std::string& head) {
        return page_of(hostile_documents().at(std::stoul(head.substr(head.find("/") + 1))));
    };
    const background_server web{answers};
    strings urls;
    for (std::size_t i = 0; i < hostile_documents().size(); ++i) urls.push_back(web.url() + std::to_string(i));
    auto how = as_json;
    how.insert(how.end(), {"--concurrency", "1"});
    const auto ended = scrape(urls, how);
    EXPECT_EQ(ended.exit_code, 3) << ended.err;
    // What is kept on purpose, or too small for malloc to give back, is idle for whoever goes on.
    EXPECT_LT(ended.peak, idle(how) + most_over_idle + (std::size_t{8} << 20U));
    RecordProperty("all in a row", std::to_string((ended.peak - idle(how)) / 1'000) + " kB");
}

TEST_F(memory_test, coded_bodies_of_10_gb) {
    for (const auto& each : zeros_of_10_gb()) expect_modest(always(page_of(each)), as_text, each.name);
}

TEST_F(memory_test, coded_bodies_that_fill_their_windows) {
    for (const auto& each : full_windows()) {
        expect_modest(always(page_of(each)), as_json, each.name);
        expect_modest(always(page_of(each)), unread, std::string{each.name} + ", unread");
    }
}

// tcp(7): what the kernel may hold of one connection, on both sides.
std::size_t socket_buffers() {
    std::size_t sum = 0;
    for (const char* name : {"/proc/sys/net/ipv4/tcp_rmem", "/proc/sys/net/ipv4/tcp_wmem"}) {
        std::size_t least = 0, usual = 0, most = 0;
        std::ifstream{name} >> least >> usual >> most;
        sum += most;
    }
    return sum;
}

TEST_F(memory_test, endless_answers_and_little_more_is_sent_than_read) {
    const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    struct endless {
        const char* name;
        std::string once, again;
        std::size_t limit;
    };
    constexpr std::size_t header_limit = 64 * 1024;
    constexpr std::size_t framed_limit = 2 * wire_limit + header_limit;  // message_limits
    const std::vector<endless> cases{
        {"header fields", "HTTP/1.1 200 OK\r\n", "X-Filler: aaaaaaaaaaaaaaaaaaaa\r\n", header_limit},
        {"tiny header fields", "HTTP/1.1 200 OK\r\n", "a:\r\n", header_limit},
        {"one header field", "HTTP/1.1 200 OK\r\nX-Filler: ", "a", header_limit},
        {"interim answers", "", "HTTP/1.1 102 Processing\r\n\r\n", header_limit},
        {"chunk extensions", chunked, "1;" + std::string(4'000, 'x') + "\r\nx\r\n", framed_limit},
        {"one chunk extension", chunked + "5;", "name=value;", framed_limit},
        {"tiny chunks", chunked, "1\r\nx\r\n", framed_limit},
        {"trailers", chunked + "0\r\n", "X-Trailer: aaaaaaaaaaaaaaaa\r\n", framed_limit},
        {"body", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", "<p>more and ", wire_limit},
    };
    for (const auto& each : cases) {
        const auto answer = raw_answer::without_end(each.once, each.again);
        const auto sent   = expect_modest(always(answer), as_text, each.name);
        // The server writes up to 64 KiB at a time, of which the last may be lost.
        EXPECT_LE(sent, each.limit + socket_buffers() + 2 * answer.bytes.size()) << each.name;
    }
    auto cut = as_json;
    cut.emplace_back("--truncate");
    const auto endless_body = raw_answer::without_end(cases.back().once, cases.back().again);
    expect_modest(always(endless_body), cut, "body, truncated");
}

TEST_F(memory_test, robots_of_many_rules) {
    for (const std::string rule :
         {"Disallow: /*a*a*a*a*a*a*a*a*a*a*b$\n", "Allow: /\n", "User-agent: *\nDisallow: /x\n"}) {
        const auto answers = [&rule](std::size_t, std::size_t, const std::string& head) {
            if (!head.starts_with("GET /robots.txt")) return small_page();
            return ok("Content-Type: text/plain", filled_with("User-agent: *\n" + rule, 600 * 1024));
        };
        expect_modest(answers, {"--format", "text"}, "robots: " + rule.substr(0, rule.find('\n')));
    }
}

TEST_F(memory_test, as_many_cookies_as_a_header_holds) {
    const auto answers = [](std::size_t, std::size_t request, const std::string&) {
        std::string fields;
        for (int i = 0; i < 250; ++i) {
            const auto name = std::to_string(request) + '_' + std::to_string(i);
            fields += "Set-Cookie: c" + name + '=' + std::string(200, 'v') + "; Max-Age=999999\r\n";
        }
        auto answer = raw_answer{
            "HTTP/1.1 302 Found\r\n" + fields + "Location: /" + std::to_string(request) +
            "\r\nContent-Length: 0\r\n\r\n"
        };
        answer.then = raw_answer::ending::keep;
        return answer;
    };
    auto how = as_text;
    how.emplace_back("--cookies");
    expect_modest(answers, how, "cookies");
}

}  // namespace
