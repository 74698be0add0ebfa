// RFC 1035: §4.1.1 header, §4.1.2 question, §4.1.3 resource record.
#include "support/scripted_dns.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <exception>
#include <map>
#include <set>
#include <span>

namespace forage::testing {
namespace net = boost::asio;
using net::ip::udp;

namespace {

constexpr auto as_values          = net::as_tuple(net::use_awaitable);
constexpr std::size_t header_size = 12;
using packet                      = std::vector<std::uint8_t>;

struct question {
    std::string name;
    scripted_dns::type type{};
    std::size_t end = 0;
};

question read_question(std::span<const std::uint8_t> bytes) {
    question q;
    std::size_t at = header_size;
    while (bytes[at] != 0) {
        if (!q.name.empty()) q.name += '.';
        q.name.append(
            bytes.begin() + static_cast<std::ptrdiff_t>(at) + 1,
            bytes.begin() + static_cast<std::ptrdiff_t>(at) + 1 + bytes[at]
        );
        at += bytes[at] + 1U;
    }
    q.type = static_cast<scripted_dns::type>(bytes[at + 1] << 8 | bytes[at + 2]);
    q.end  = at + 5;
    return q;
}

void append16(packet& to, unsigned value) {
    to.push_back(static_cast<std::uint8_t>(value >> 8));
    to.push_back(static_cast<std::uint8_t>(value));
}

packet reply_to(std::span<const std::uint8_t> asked, const question& q, const dns_script_answer& answer) {
    using kind    = dns_script_answer::kind;
    unsigned code = 0;
    if (answer.what == kind::no_name) code = 3;
    if (answer.what == kind::failure) code = 2;
    packet reply{asked[0], asked[1], 0x81, static_cast<std::uint8_t>(0x80U | code), 0, 1};
    append16(reply, static_cast<unsigned>(answer.addresses.size()));
    reply.resize(header_size);
    reply.insert(reply.end(), asked.begin() + header_size, asked.begin() + static_cast<std::ptrdiff_t>(q.end));
    for (const auto& text : answer.addresses) {
        append16(reply, 0xC000U | header_size);  // the name: a pointer to the question
        append16(reply, static_cast<unsigned>(q.type));
        append16(reply, 1);  // class IN
        append16(reply, answer.time_to_live >> 16);
        append16(reply, answer.time_to_live & 0xFFFFU);
        const auto append = [&](const auto& bytes) {
            append16(reply, static_cast<unsigned>(bytes.size()));
            reply.insert(reply.end(), bytes.begin(), bytes.end());
        };
        if (q.type == scripted_dns::type::a)
            append(net::ip::make_address_v4(text).to_bytes());
        else
            append(net::ip::make_address_v6(text).to_bytes());
    }
    return reply;
}

}  // namespace

struct scripted_dns::impl : std::enable_shared_from_this<impl> {
    net::io_context& io;
    script answers;
    udp::socket socket;
    std::set<std::shared_ptr<net::steady_timer>> waiting;
    std::map<type, std::size_t> counts;
    std::vector<std::uint16_t> ports;

    impl(net::io_context& context, script s)
        : io{context}, answers{std::move(s)}, socket{io, udp::endpoint{net::ip::address_v4::loopback(), 0}} {}

    net::awaitable<void> serve() {
        std::array<std::uint8_t, 1500> bytes{};
        for (;;) {
            udp::endpoint from;
            const auto [ec, size] = co_await socket.async_receive_from(net::buffer(bytes), from, as_values);
            if (!socket.is_open()) co_return;
            if (ec) continue;  // the echo of an answer that nobody waited for
            const auto asked = std::span{bytes}.first(size);
            const auto q     = read_question(asked);
            ++counts[q.type];
            ports.push_back(from.port());
            const auto answer = answers(q.name, q.type);
            if (answer.what == dns_script_answer::kind::silence) continue;
            auto self = shared_from_this();
            net::co_spawn(io, send(reply_to(asked, q, answer), from, answer.delay), [self](std::exception_ptr) {});
        }
    }

    net::awaitable<void> send(packet reply, udp::endpoint to, std::chrono::milliseconds delay) {
        if (delay.count() > 0) {
            auto timer = std::make_shared<net::steady_timer>(io, delay);
            waiting.insert(timer);
            co_await timer->async_wait(as_values);
            waiting.erase(timer);
        }
        co_await socket.async_send_to(net::buffer(reply), to, as_values);
    }

    void stop() {
        boost::system::error_code ignored;
        socket.close(ignored);
        for (const auto& timer : waiting) timer->cancel();
    }
};

scripted_dns::scripted_dns(net::io_context& io, script answers)
    : impl_{std::make_shared<impl>(io, std::move(answers))} {
    net::co_spawn(io, impl_->serve(), [self = impl_](std::exception_ptr) {});
}
scripted_dns::~scripted_dns() { stop(); }
std::string scripted_dns::address() const {
    return "127.0.0.1:" + std::to_string(impl_->socket.local_endpoint().port());
}
std::size_t scripted_dns::asked(type which) const { return impl_->counts[which]; }
const std::vector<std::uint16_t>& scripted_dns::ports() const { return impl_->ports; }
void scripted_dns::stop() { impl_->stop(); }

}  // namespace forage::testing
