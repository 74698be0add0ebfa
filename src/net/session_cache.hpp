// What servers gave us to resume TLS sessions with, by origin.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

namespace forage::detail {

/// One session an origin, the newest, and a bounded number of origins; what would end first makes room. Not
/// thread-safe.
class session_cache {
public:
    using time_point = std::chrono::system_clock::time_point;  // certificates end by the calendar

    static constexpr std::size_t limit = 256;
    /// Ours, besides what the server and the certificate allow: whom to trust is looked at anew now and then.
    static constexpr std::chrono::hours longest{2};

    struct session {
        std::string bytes;  ///< as OpenSSL writes it down
        time_point until;
        bool is_single_use = true;  ///< TLS 1.3: a ticket that is used twice lets others link the two (RFC 8446 C.4)
    };

    void put(const std::string& origin, session newest, time_point now);
    /// The session to offer, if there is one that holds. A single-use one is forgotten by this.
    [[nodiscard]] std::optional<std::string> take(const std::string& origin, time_point now);
    void forget(const std::string& origin) { sessions_.erase(origin); }
    [[nodiscard]] std::size_t size() const noexcept { return sessions_.size(); }

private:
    std::map<std::string, session> sessions_;
};

}  // namespace forage::detail
