// Secrets to plant wherever a client meets some, and the look for them in whatever may be printed.
#pragma once

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace forage::testing::planted {

/// In every secret here, and nowhere else.
inline constexpr std::string_view mark = "Pl4nt";

inline const std::string google_key = "Pl4nt-google-key";
inline const std::string bing_key   = "Pl4nt-bing-key";
inline const std::string cookie     = "Pl4nt-cookie";
/// As it stands in a proxy's URL, before the host.
inline const std::string proxy_login = "scout:Pl4nt%40proxy@";
/// As HTTP sends it (RFC 7617).
inline const std::string proxy_login_sent = "c2NvdXQ6UGw0bnRAcHJveHk=";
/// For the end of a URL.
inline const std::string parameters = "?key=Pl4nt-k&q=1&token=Pl4nt-t&sig=Pl4nt-s#access_token=Pl4nt-f";

/// Whether none of the secrets is in `text`, also cut, in another case or encoded.
[[nodiscard]] ::testing::AssertionResult absent(std::string_view text);

/// `text` without the places where `part` stands: for what is known to be there.
[[nodiscard]] std::string without(std::string text, std::string_view part);

/// The head of a request as a JSON string holds it.
[[nodiscard]] std::string in_json(std::string_view head);

}  // namespace forage::testing::planted
