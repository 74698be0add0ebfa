// url::redacted, the same for text, and form_encode.
#include "url/redacted_text.hpp"

#include <forage/url.hpp>

#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace {

using forage::url;

std::string redacted(const char* text) { return url::parse(text).value().redacted(); }

TEST(url_redact, drops_user_names_and_fragments) {
    EXPECT_EQ(redacted("https://me:hunter2@h:444/p?q=1#access_token=x"), "https://h:444/p?q=1");
    EXPECT_EQ(redacted("https://hunter2@h/"), "https://h/");
    EXPECT_EQ(redacted("http://h/?"), "http://h/?");
}

TEST(url_redact, hides_the_values_of_secret_parameters) {
    for (const char* name :
         {"key",
          "KEY",
          "api_key",
          "apikey",
          "apiKey",
          "api-key",
          "x-api-key",
          "token",
          "access_token",
          "csrfToken",
          "sig",
          "signature",
          "X-Amz-Signature",
          "X-Amz-Credential",
          "X-Amz-Security-Token",
          "password",
          "secret",
          "client_secret",
          "auth",
          "Ocp-Apim-Subscription-Key",
          "k%65y",
          "%6BEY",
          "pwd"}) {
        const auto text = redacted((std::string{"http://h/p?a=1&"} + name + "=hunter2&b=2").c_str());
        EXPECT_EQ(text, std::string{"http://h/p?a=1&"} + name + "=***&b=2");
    }
    EXPECT_EQ(redacted("http://h/?key=hunter2"), "http://h/?key=***");
    EXPECT_EQ(redacted("http://h/?key=hunter2&key=hunter3"), "http://h/?key=***&key=***");
    EXPECT_EQ(redacted("http://h/?a=1;key=hunter2;b=2"), "http://h/?a=1;key=***;b=2");
    EXPECT_EQ(redacted("http://h/?key=hunter2=hunter3"), "http://h/?key=***");
    EXPECT_EQ(redacted("http://h/?key="), "http://h/?key=***");
}

TEST(url_redact, keeps_what_is_no_secret) {
    for (const char* text :
         {"http://h/?cx=0123&q=wal&num=10",
          "http://h/?monkey=1&keyword=x&author=y&design=z",
          "http://h/?key",
          "http://h/?&&=&=x",
          "http://h/key=1",
          "http://h/?q=key%3Dx"}) {
        EXPECT_EQ(redacted(text), text);
    }
}

TEST(form_encode, keeps_letters_digits_and_four_marks) {
    EXPECT_EQ(forage::form_encode("aZ09*-._"), "aZ09*-._");
    EXPECT_EQ(forage::form_encode("wal checkpoint"), "wal+checkpoint");
    EXPECT_EQ(forage::form_encode(" a  b "), "+a++b+");
    EXPECT_EQ(forage::form_encode("a+b&c=d%20/?#~!'()"), "a%2Bb%26c%3Dd%2520%2F%3F%23%7E%21%27%28%29");
    EXPECT_EQ(forage::form_encode("ä\n\r"), "%C3%A4%0A%0D");
    EXPECT_EQ(forage::form_encode(""), "");
}

TEST(redacted_text, hides_what_a_request_that_is_quoted_holds) {
    for (const auto& [text, shown] : std::vector<std::pair<std::string, std::string>>{
             {"see https://me:hunter2@h.test/p now", "see ***@h.test/p now"},
             {"me:hunter2@h.test", "***@h.test"},
             {"GET /v1?key=hunter2&q=1 HTTP/1.1", "GET /v1?key=***&q=1 HTTP/1.1"},
             {"(https://h.test/v1?q=1&sig=hunter2)", "(https://h.test/v1?q=1&sig=***"},
             {"key=hunter2&q=1", "key=***&q=1"},
             {"next=https%3A%2F%2Fh%2F%3Ftoken%3Dhunter2", "next=***"},
             {"no: Authorization: Bearer hunter2", "no: Authorization: ***"},
             {"proxy-authorization:Basic hunter2", "proxy-authorization: ***"},
             {"Cookie: a=hunter2; b=hunter2", "Cookie: ***"},
             {"\"Set-Cookie: hunter2", "\"Set-Cookie: ***"},
             {"Ocp-Apim-Subscription-Key: hunter2", "Ocp-Apim-Subscription-Key: ***"},
             {"X-Auth-Token: hunter2", "X-Auth-Token: ***"}
         }) {
        EXPECT_EQ(forage::detail::redacted_text(text), shown);
        EXPECT_EQ(forage::detail::redacted_text(shown), shown);
    }
}

TEST(redacted_text, leaves_the_rest_alone) {
    for (const std::string text :
         {"",
          " ",
          "API key not valid. Please pass a valid API key.",
          "Access denied due to invalid subscription key or wrong API endpoint.",
          "invalid_token: the token has expired",
          "no such page: http://h.test/a?b=c#d, or  two  spaces",
          "Request contains an invalid argument; field: num"}) {
        EXPECT_EQ(forage::detail::redacted_text(text), text);
    }
}

}  // namespace
