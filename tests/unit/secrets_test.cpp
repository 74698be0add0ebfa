// Secrets planted wherever a client meets them, and looked for in everything that may be printed.
#include "cli/console.hpp"
#include "cli/options.hpp"
#include "cli/redacted.hpp"
#include "cli/run_report.hpp"
#include "http/redirect.hpp"
#include "http/request_head.hpp"
#include "net/address_guard.hpp"
#include "search/chain.hpp"
#include "support/co_test.hpp"
#include "unit/search_script.hpp"

#include <forage/client.hpp>
#include <forage/json.hpp>

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <gtest/gtest.h>
#include <ostream>
#include <string>
#include <type_traits>
#include <vector>

namespace forage::testing {
namespace {

using namespace detail;

const std::string planted = "hunter2";

::testing::AssertionResult is_clean(std::string_view text) {
    if (text.find(planted) == std::string_view::npos) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << "a secret in: " << text;
}

::testing::AssertionResult is_clean(const error& e) {
    return is_clean(e.message() + e.what + e.hint + e.host + to_json(e));
}

std::string redacted(const std::string& text) { return url::parse(text).value().redacted(); }

template <class T>
concept printable_type = requires(std::ostream& out, const T& value) { out << value; };
static_assert(!printable_type<secret> && !std::is_convertible_v<secret, std::string>);
static_assert(!std::is_convertible_v<secret, std::string_view>);

TEST(secrets, in_a_url_are_not_shown_by_its_redacted_form) {
    for (const char* hidden :
         {"https://me:hunter2@h/",
          "https://hunter2@h/p",
          "https://h/#access_token=hunter2",
          "https://h/page;jsessionid=hunter2/x",
          "https://h/page;JSESSIONID=hunter2?q=1",
          "https://h/?api+key=hunter2",
          "https://h/?user[key]=hunter2",
          "https://h/?keys[]=1&token[0]=hunter2",
          "https://h/?mapsKey=hunter2",
          "https://h/?googleApiKey=hunter2",
          "https://h/?user_pass=hunter2",
          "https://h/?dbPass=hunter2",
          "https://h/?code=hunter2&state=x",
          "https://h/?code_verifier=hunter2",
          "https://h/?SAMLResponse=hunter2",
          "https://h/?client_assertion=hunter2",
          "https://h/?PHPSESSID=hunter2",
          "https://h/?session_id=hunter2",
          "https://h/?sid=hunter2",
          "https://h/?ticket=hunter2",
          "https://h/?X-Goog-Signature=hunter2&X-Goog-Credential=hunter2",
          "https://h/?a=1&amp;token=hunter2",
          "https://h/?https://me:hunter2@other/",
          "https://h/?https://me:hunter2@other/?a=1",
          "https://h/?next=https://me:hunter2@other/",
          "https://h/?next=//me:hunter2@other",
          "https://h/?next=https://other/?token=hunter2",
          "https://h/?next=https%3A%2F%2Fother%2F%3Fa%3D1%26token%3Dhunter2",
          "https://h/?next=https%3A%2F%2Fme%3Ahunter2%40other%2F",
          "https://h/?next=https%253A%252F%252Fother%252F%2523access_token%253Dhunter2",
          "https://h/?next=%25252525252525hunter2"}) {
        EXPECT_TRUE(is_clean(redacted(hidden))) << hidden;
        EXPECT_EQ(redacted(redacted(hidden)), redacted(hidden)) << hidden;
    }
}

TEST(secrets, are_all_that_is_hidden) {
    for (const char* text :
         {"https://h/a;v=1/b;type=x",
          "https://h/@user/key=1",
          "https://h/?next=https%3A%2F%2Fother%2F%3Fa%3D1",
          "https://h/?next=https://other/?a=1&b=2",
          "https://h/?mail=a@b.test&keyboard=de&passage=3&author=me",
          "https://h/?postcode=12345&zip_code=12345&side=1"}) {
        EXPECT_EQ(redacted(text), text);
    }
}

TEST(secrets, in_requests_are_not_in_the_errors_about_them) {
    http_request request;
    request.target = url::parse("https://me:hunter2@h.test/?key=hunter2").value();
    EXPECT_TRUE(is_clean(address_guard{false, {}}.check(request.target).error()));

    request.target = url::parse("https://h.test/?key=hunter2").value();
    request.fields = {{"Authorization", "Bearer hunter2\r\nX: y"}};
    EXPECT_TRUE(is_clean(serialize(request, "agent").error()));
    request.fields = {{"Cookie\n", "id=hunter2"}};
    EXPECT_TRUE(is_clean(serialize(request, "agent").error()));
    request.fields.clear();
    EXPECT_TRUE(is_clean(serialize(request, "hunter2\n").error()));

    for (const char* location :
         {"http://me:hunter2@h.test/", "https://me:hunter2@:1/", "https://h.test:hunter2/", "ftp://me:hunter2@h.test/"
         }) {
        http_response answer;
        answer.status   = 302;
        answer.fields   = {{"Location", location}, {"Set-Cookie", "id=hunter2"}};
        const auto next = follow(request, answer, false);
        ASSERT_FALSE(next) << location;
        EXPECT_TRUE(is_clean(next.error())) << location;
    }
}

TEST(secrets, in_fields_stay_with_the_origin_they_were_for) {
    http_request request;
    request.target = url::parse("https://h.test/").value();
    request.fields = {
        {"Authorization", planted},
        {"Cookie", planted},
        {"Proxy-Authorization", planted},
        {"Ocp-Apim-Subscription-Key", planted},
        {"X-Subscription-Token", planted}
    };
    for (const char* elsewhere : {"https://sub.h.test/", "https://h.test:444/", "https://h.test.other.test/"}) {
        http_response answer;
        answer.status   = 307;
        answer.fields   = {{"Location", elsewhere}};
        const auto next = follow(request, answer, false).value().value();
        EXPECT_TRUE(is_clean(serialize(next, "agent").value())) << elsewhere;
    }
}

TEST(secrets, in_urls_that_do_not_parse_are_not_in_the_error) {
    for (const char* text :
         {"https://me:hunter2@h:99999/",
          "https://me:hunter2@",
          "https://h.test:hunter2/",
          "ftp://me:hunter2@h/",
          "me:hunter2@h.test/?key=hunter2",
          "/?key=hunter2"}) {
        const auto parsed = url::parse(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_TRUE(is_clean(parsed.error())) << text;
    }
}

TEST(secrets, in_options_are_not_in_the_error_about_an_option) {
    boost::asio::io_context io;
    client_options options;
    options.google_key      = planted;
    options.bing_key        = planted;
    options.proxy           = "http://me:hunter2@:1";
    options.allow_addresses = {"not an address"};
    try {
        const client web{io.get_executor(), options};
        ADD_FAILURE() << "an address block that does not parse";
    } catch (const exception& refused) {
        EXPECT_TRUE(is_clean(refused.why()));
        EXPECT_TRUE(is_clean(std::string_view{refused.what()}));
    }
}

// What a service says goes into errors, attempts and log lines; it may quote the whole request.
class secrets_of_searches : public loop_fixture {
public:
    search_script script;
    search_call call{"q", search_options{}};

    secrets_of_searches() {
        call.retry                = no_retry;
        script.options.google_key = "hunter2+AIza/0123456789";
        script.options.bing_key   = "hunter2-0123456789abcdef";
    }
    awaitable<result<search_results>> ask(provider p) {
        return search_chain(script.context(), call, std::vector<provider>(1, p));
    }
};

CO_TEST_F(secrets_of_searches, are_taken_out_of_what_services_say) {
    for (const std::string quote :
         {"hunter2+AIza/0123456789 is no key",
          "GET /v1?key=hunter2%2BAIza%2F0123456789&q=q",
          "Ocp-Apim-Subscription-Key: hunter2-0123456789abcdef"}) {
        // Messages are cut at 200 bytes: here everywhere before, in and behind the key.
        for (std::size_t before = 130; before < 200; ++before) {
            script.answer(400, R"({"error":{"code":400,"message":")" + std::string(before, 'x') + quote + R"("}})");
            const auto found = co_await ask(before % 2 == 0 ? provider::google : provider::bing);
            CO_ASSERT_TRUE(!found);
            EXPECT_NE(found.error().what.find("xxx"), std::string::npos);
            EXPECT_EQ(to_json(found.error()).find("hunt"), std::string::npos) << found.error().message();
        }
    }
    EXPECT_FALSE(script.log.empty());
    for (const auto& line : script.log) EXPECT_EQ(line.find("hunt"), std::string::npos) << line;
}

CO_TEST_F(secrets_of_searches, are_not_in_errors_about_the_configuration) {
    script.options.google_key = "hunter2 with a space";
    script.options.bing_key   = "hunter2\n";
    for (const auto p : {provider::google, provider::bing}) {
        const auto found = co_await ask(p);
        CO_ASSERT_TRUE(!found);
        EXPECT_EQ(found.error().code, errc::invalid_key);
        EXPECT_TRUE(is_clean(found.error()));
    }
    script.options.google_key = planted;
    script.options.google_url = "https://me:hunter2@:1/";
    const auto found          = co_await ask(provider::google);
    CO_ASSERT_TRUE(!found);
    EXPECT_EQ(found.error().code, errc::bad_argument);
    EXPECT_TRUE(is_clean(found.error()));
}

TEST(secrets, of_the_command_line_are_not_in_its_messages) {
    for (const char* text :
         {"https://me:hunter2@h.test/",
          "https://me:hunter2@h.test:99999/",
          "https://me:hunter2?@h.test/",
          "https://me:a/b#hunter2@h.test/x?y",
          "https://h.test:x/?key=hunter2",
          "https://h.test:x/#access_token=hunter2",
          "me:hunter2@h.test",
          "//hunter2@h.test/"}) {
        EXPECT_TRUE(is_clean(cli::redacted_url(text))) << text;
        EXPECT_TRUE(is_clean(cli::redacted_words(std::string{"not expected: '"} + text + "' ."))) << text;

        ::testing::internal::CaptureStderr();
        cli::console out;
        cli::report_failures(out, std::vector<scrape_failure>{{0, text, error{errc::bad_url, "why"}}});
        const auto printed = ::testing::internal::GetCapturedStderr();
        EXPECT_TRUE(is_clean(printed)) << text;
        EXPECT_FALSE(printed.empty());

        const char* const words[] = {"forage", "extract", "page.html", text};
        const auto line           = cli::parse_command_line(4, words);
        EXPECT_FALSE(line.chosen);
        EXPECT_TRUE(is_clean(line.text)) << line.text;
    }
    EXPECT_EQ(cli::redacted_url("ht!tp://h.test/p"), "ht!tp://h.test/p");
    EXPECT_EQ(cli::redacted_url("https://me:hunter2@h.test:x/p?q"), "https://***@h.test:x/p?***");
    EXPECT_EQ(cli::redacted_words("no  such option: --x\n"), "no  such option: --x\n");
}

}  // namespace
}  // namespace forage::testing
