// RFC 1035: §4.1.1 header, §4.1.2 question, §4.1.3 resource record.
#include "dns.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <atomic>
#include <exception>

#if defined(__GNUC__) && !defined(__clang__)
// GCC12: false alarm where it inlines Asio's operator new of a coroutine frame, but not the delete that belongs to it.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

namespace miniweb {

namespace net = boost::asio;
using boost::system::error_code;
using net::ip::udp;

namespace {

constexpr std::size_t header_size = 12;
constexpr std::uint16_t type_a    = 1;
constexpr std::uint16_t type_any  = 255;
constexpr std::uint16_t class_in  = 1;

enum rcode : std::uint8_t { noerror = 0, formerr = 1, nxdomain = 3, notimp = 4, refused = 5 };

std::uint16_t read16(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

struct question {
    std::string name;  // lower case
    std::uint16_t type = 0, klass = 0;
    std::size_t end = 0;  // just past it in the packet
};

/// Reads the question that follows the header. A compression pointer has nothing to point to here: refused.
std::optional<question> read_question(std::span<const std::uint8_t> packet) {
    question q;
    std::size_t at = header_size;
    while (at < packet.size() && packet[at] != 0) {
        const std::size_t length = packet[at++];
        if (length > 63 || at + length > packet.size() || q.name.size() + length + 1 > 255) return {};
        if (!q.name.empty()) q.name += '.';
        for (std::size_t i = 0; i < length; ++i) {
            const auto c = static_cast<char>(packet[at + i]);
            q.name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        }
        at += length;
    }
    if (at + 5 > packet.size()) return {};
    q.type  = read16(packet, at + 1);
    q.klass = read16(packet, at + 3);
    q.end   = at + 5;
    return q;
}

std::vector<std::uint8_t> begin_answer(std::span<const std::uint8_t> packet, rcode code) {
    std::vector<std::uint8_t> answer(header_size);
    answer[0] = packet[0];
    answer[1] = packet[1];
    // QR and AA set, opcode and RD as asked; RA set, since stub resolvers expect a recursive server.
    answer[2] = static_cast<std::uint8_t>(0x84U | (packet[2] & 0x79U));
    answer[3] = static_cast<std::uint8_t>(0x80U | code);
    return answer;
}

}  // namespace

std::optional<std::vector<std::uint8_t>> answer_dns(std::span<const std::uint8_t> packet, const name_set& names) {
    if (packet.size() < header_size || (packet[2] & 0x80U) != 0) return {};
    if ((packet[2] & 0x78U) != 0) return begin_answer(packet, notimp);
    if (read16(packet, 4) != 1) return begin_answer(packet, formerr);
    const auto asked = read_question(packet);
    if (!asked) return begin_answer(packet, formerr);

    rcode code       = noerror;
    const bool known = names.contains(asked->name);
    if (asked->klass != class_in)
        code = refused;
    else if (!known)
        code = nxdomain;
    auto answer = begin_answer(packet, code);
    answer[5]   = 1;
    answer.insert(answer.end(), packet.begin() + header_size, packet.begin() + static_cast<std::ptrdiff_t>(asked->end));
    if (code == noerror && (asked->type == type_a || asked->type == type_any)) {
        answer[7] = 1;
        // Name: a pointer to the question. Type A, class IN, 60 s, four bytes of address.
        static constexpr std::array<std::uint8_t, 16> record{
            0xC0, header_size, 0, type_a, 0, class_in, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1
        };
        answer.insert(answer.end(), record.begin(), record.end());
    }
    return answer;
}

class dns_server::impl : public std::enable_shared_from_this<impl> {
public:
    impl(net::io_context& context, name_set names, std::uint16_t port)
        : strand_{net::make_strand(context)}, socket_{strand_, udp::endpoint{net::ip::address_v4::loopback(), port}},
          names_{std::move(names)}, port_{socket_.local_endpoint().port()} {}

    void start() {
        auto self = shared_from_this();
        // It throws nothing but the end of memory, which is for the loop's owner.
        net::co_spawn(strand_, serve(self), [self](std::exception_ptr e) {
            if (e) std::rethrow_exception(e);
        });
    }

    void stop() {
        net::post(strand_, [self = shared_from_this()] {
            self->stopping_ = true;
            error_code ignored;
            self->socket_.close(ignored);
        });
    }

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] std::uint64_t queries() const noexcept { return queries_.load(); }

private:
    static net::awaitable<void> serve(std::shared_ptr<impl> self) {
        constexpr auto token = net::as_tuple(net::use_awaitable);
        std::array<std::uint8_t, 1500> packet{};
        udp::endpoint from;
        while (!self->stopping_) {
            // Errors here are echoes of ICMP for earlier answers: nothing to do about them.
            auto [ec, size] = co_await self->socket_.async_receive_from(net::buffer(packet), from, token);
            if (self->stopping_) break;
            if (ec) continue;
            ++self->queries_;
            const auto answer = answer_dns(std::span{packet}.first(size), self->names_);
            if (answer) co_await self->socket_.async_send_to(net::buffer(*answer), from, token);
        }
    }

    net::strand<net::io_context::executor_type> strand_;
    udp::socket socket_;
    const name_set names_;
    const std::uint16_t port_;
    bool stopping_ = false;  // on the strand only
    std::atomic<std::uint64_t> queries_{0};
};

dns_server::dns_server(net::io_context& context, name_set names, std::uint16_t port)
    : impl_{std::make_shared<impl>(context, std::move(names), port)} {
    impl_->start();
}

dns_server::~dns_server() { impl_->stop(); }

std::uint16_t dns_server::port() const noexcept { return impl_->port(); }
std::uint64_t dns_server::queries() const noexcept { return impl_->queries(); }
void dns_server::stop() { impl_->stop(); }

}  // namespace miniweb
