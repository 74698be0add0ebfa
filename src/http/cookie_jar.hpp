// The cookies of one client. Not thread-safe: it lives on the client's strand. Its values are secrets; nothing prints
// them.
#pragma once

#include "http/message.hpp"
#include "http/stored_cookie.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace forage::detail {

/// Holds at most 3,000 cookies, 50 of one domain and 500 of the domains of one owner. Source: RFC 6265bis §5.7, §5.8.
class cookie_jar {
public:
    /// Takes the Set-Cookie fields of a response to `from`, up to 50 of them; every single one may be ignored.
    /// `fields` are all fields of the response.
    void store(const url& from, std::span<const field> fields, std::chrono::system_clock::time_point now);

    /// The value of the Cookie field for a request to `target`; empty when there is nothing to send. It is a valid
    /// field value of at most 64 kB; cookies that do not fit into that are left out.
    [[nodiscard]] std::string field_for(const url& target, std::chrono::system_clock::time_point now);

    /// Expired cookies count until they are noticed.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    using cookies = std::vector<stored_cookie>;
    void take(cookies& of_site, set_cookie received, const url& from, std::chrono::system_clock::time_point now);
    void remove_expired(cookies& of_site, std::chrono::system_clock::time_point now);
    void remove_excess(cookies& of_site, const std::string& domain);
    void remove_excess(std::chrono::system_clock::time_point now);

    std::unordered_map<std::string, cookies> sites_;  // by what all domains of its cookies lie in; none is empty
    std::size_t size_    = 0;
    std::uint64_t count_ = 0;  // of events: see stored_cookie
};

}  // namespace forage::detail
