// A DNS server that answers as it is told, for answers no proper server would give, and for none.
#pragma once

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace forage::testing {

/// What a question gets. Response codes by RFC 1035 §4.1.1.
struct dns_script_answer {
    enum class kind : std::uint8_t { addresses, no_name, failure, silence };
    kind what = kind::addresses;
    std::vector<std::string> addresses;  ///< of the family asked for; none: NODATA
    std::uint32_t time_to_live = 60;
    std::chrono::milliseconds delay{};

    dns_script_answer(std::vector<std::string> list, std::uint32_t ttl = 60)
        : addresses{std::move(list)}, time_to_live{ttl} {}
    dns_script_answer(kind k) : what{k} {}
};

/// UDP on 127.0.0.1 until stopped or destroyed.
class scripted_dns {
public:
    enum class type : std::uint16_t { a = 1, aaaa = 28 };  // RFC 1035 §3.2.2, RFC 3596 §2.1
    using script = std::function<dns_script_answer(const std::string& name, type asked)>;

    scripted_dns(boost::asio::io_context& io, script answers);
    ~scripted_dns();
    scripted_dns(const scripted_dns&)            = delete;
    scripted_dns& operator=(const scripted_dns&) = delete;

    [[nodiscard]] std::string address() const;
    /// Questions that came, of one type, or all.
    [[nodiscard]] std::size_t asked(type which) const;
    [[nodiscard]] std::size_t asked() const { return asked(type::a) + asked(type::aaaa); }
    /// The ports they came from, in order of arrival.
    [[nodiscard]] const std::vector<std::uint16_t>& ports() const;
    void stop();

private:
    struct impl;
    std::shared_ptr<impl> impl_;
};

}  // namespace forage::testing
