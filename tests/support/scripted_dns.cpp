// RFC 1035: §4.1.1 header, §4.1.2 question, §4.1.3 resource record. RFC 3596 §2: AAAA.
#include "support/scripted_dns.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <cstdint>
#include <exception>
#include <map>
#include <utility>

namespace forage::testing {
namespace net = boost::asio;
using net::ip::udp;

namespace {

constexpr auto as_values          = net::as_tuple(net::use_awaitable);
constexpr std::size_t header_size = 12;
constexpr std::uint16_t type_a    = 1;
constexpr std::uint16_t type_aaaa = 28;

struct question {
    std::string name;  // lower case
    std::uint16_t type = 0;
    std::size_t end    = 0;  // just past it in the packet
};

// Of our own client: anything odd is a question without a name.
question read_question(const std::vector<std::uint8_t>& packet) {
    question asked;
    std::size_t at = header_size;
    while (at < packet.size() && packet[at] != 0) {
        const std::size_t length = packet[at++];
        if (at + length > packet.size()) return {};
        if (!asked.name.empty()) asked.name += '.';
        for (std::size_t i = 0; i < length; ++i) {
            const auto c = static_cast<char>(packet[at + i]);
            asked.name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        }
        at += length;
    }
    if (at + 5 > packet.size()) return {};
    asked.type = static_cast<std::uint16_t>(packet[at + 1] << 8 | packet[at + 2]);
    asked.end  = at + 5;
    return asked;
}

// Name: a pointer to the question. Class IN, 0 s.
template <std::size_t Size>
void append_record(std::vector<std::uint8_t>& out, std::uint16_t type, const std::array<unsigned char, Size>& data) {
    for (const unsigned byte : {0xC0U, 12U, 0U, unsigned{type}, 0U, 1U, 0U, 0U, 0U, 0U, 0U, unsigned{Size}}) {
        out.push_back(static_cast<std::uint8_t>(byte));
    }
    out.insert(out.end(), data.begin(), data.end());
}

}  // namespace

struct scripted_dns::impl {
    udp::socket socket;
    script answers;
    std::map<std::pair<std::string, std::uint16_t>, std::size_t> rounds;

    impl(net::io_context& io, script a)
        : socket{io, udp::endpoint{net::ip::address_v4::loopback(), 0}}, answers{std::move(a)} {}

    net::awaitable<void> serve() {
        std::vector<std::uint8_t> packet(1500);
        udp::endpoint from;
        for (;;) {
            packet.resize(1500);
            const auto [ec, size] = co_await socket.async_receive_from(net::buffer(packet), from, as_values);
            if (ec) co_return;
            if (size < header_size) continue;
            packet.resize(size);
            const auto reply = answer(packet);
            co_await socket.async_send_to(net::buffer(reply), from, as_values);
        }
    }

    std::vector<std::uint8_t> answer(const std::vector<std::uint8_t>& packet) {
        const auto asked = read_question(packet);
        const auto found = answers(asked.name, rounds[{asked.name, asked.type}]++);
        std::vector<std::uint8_t> records;
        std::uint8_t count = 0;
        for (const auto& address : found) {
            if (address.is_v4() != (asked.type == type_a)) continue;
            if (address.is_v6() && asked.type != type_aaaa) continue;
            if (address.is_v4()) append_record(records, type_a, address.to_v4().to_bytes());
            if (address.is_v6()) append_record(records, type_aaaa, address.to_v6().to_bytes());
            ++count;
        }
        // An authoritative answer of a server that recurses; NXDOMAIN (3) for a name that has nothing.
        const auto code = static_cast<std::uint8_t>(found.empty() ? 0x83 : 0x80);
        std::vector<std::uint8_t> reply{packet[0], packet[1], 0x85, code, 0, 1, 0, count, 0, 0, 0, 0};
        const auto end = static_cast<std::ptrdiff_t>(asked.end);
        if (asked.end > header_size) reply.insert(reply.end(), packet.begin() + header_size, packet.begin() + end);
        reply.insert(reply.end(), records.begin(), records.end());
        return reply;
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

void scripted_dns::stop() {
    boost::system::error_code ignored;
    impl_->socket.close(ignored);
}

}  // namespace forage::testing
