// The only place that includes Beast, of which only the parser of heads is used: sockets, time-outs, limits and the
// framing of bodies are ours.
#include "http/response_parser.hpp"

#include "http/chunked_decoder.hpp"
#include "http/response_head.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <optional>

namespace forage::detail {
namespace net   = boost::asio;
namespace beast = boost::beast;
namespace http  = boost::beast::http;

namespace {

error protocol_error(std::string what) {
    return error{errc::protocol, std::move(what), "the server is at fault; try again later"};
}

error body_too_large() { return error{errc::too_large, "the body is larger than allowed", "raise max_body_bytes"}; }

// A list of the one coding that we know; its empty elements do not count (RFC 9110 §5.6.1.2).
bool is_chunked_alone(beast::string_view list) {
    constexpr beast::string_view around{", \t"};
    const auto first = list.find_first_not_of(around);
    if (first == beast::string_view::npos) return false;
    return beast::iequals(list.substr(first, list.find_last_not_of(around) + 1 - first), "chunked");
}

// Status line and fields of one response, given at once. What follows is not its concern.
struct head_parser final : http::basic_parser<false> {
    int status_code  = 0;
    bool is_http_1_0 = false;
    bool has_chunks  = false;
    std::vector<field> header;
    std::size_t field_limit = 0;
    std::optional<error> refused;  // why a callback said no

    explicit head_parser(std::size_t max_fields) : field_limit{max_fields} {
        skip(true);
        header_limit(UINT32_MAX);  // the head has been measured
    }

    void refuse(error e, beast::error_code& ec) {
        refused = std::move(e);
        ec      = http::error::bad_value;
    }

    result<void> parse(std::string_view text) {
        beast::error_code ec;
        put(net::const_buffer{text.data(), text.size()}, ec);
        // Of a line that is too short to be one Beast would wait for more.
        if (!ec && is_header_done()) return result<void>::success();
        if (refused) return std::move(*refused);
        return protocol_error("malformed answer: " + ec.message());
    }

    void on_request_impl(http::verb, beast::string_view, beast::string_view, int, beast::error_code&) override {}

    void on_response_impl(int code, beast::string_view, int version, beast::error_code& ec) override {
        status_code = code;
        is_http_1_0 = version == 10;
        // RFC 9110 §15: codes above 599 are invalid but in use, and are to be taken like those of the last class.
        if (code < 100) refuse(protocol_error("status " + std::to_string(code)), ec);
    }

    void on_field_impl(http::field name, beast::string_view name_text, beast::string_view value, beast::error_code& ec)
        override {
        if (header.size() >= field_limit) {
            return refuse(error{errc::too_large, "more header fields than allowed"}, ec);
        }
        if (name == http::field::transfer_encoding) {
            // Nobody asked for another coding (RFC 9112 §7.4), and a body whose end is in doubt is no body (§6.3).
            if (has_chunks || !is_chunked_alone(value)) {
                return refuse(protocol_error("a Transfer-Encoding that is not chunked"), ec);
            }
            if (is_http_1_0) return refuse(protocol_error("Transfer-Encoding in HTTP/1.0"), ec);
            has_chunks = true;
        }
        header.push_back({std::string{name_text}, std::string{value}});
    }

    void on_header_impl(beast::error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code&) override {}
    std::size_t on_body_impl(beast::string_view, beast::error_code&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view, beast::error_code&) override { return 0; }
    void on_finish_impl(beast::error_code&) override {}
};

chunked_limits limits_of_chunks(const message_limits& limits) {
    const auto room    = UINT64_MAX - limits.header_bytes;
    const auto framing = limits.header_bytes + std::min<std::uint64_t>(room, limits.body_bytes);
    return {limits.header_bytes, framing, limits.truncate ? UINT64_MAX : limits.body_bytes};
}

}  // namespace

struct response_parser::impl {
    enum class framing { head, length, chunks, until_close, complete };

    message_limits limits;
    bool answers_head;
    bool got_some     = false;
    bool is_truncated = false;
    bool keep_alive   = false;
    framing at        = framing::head;
    head_finder finder;
    head_parser head;
    std::uint64_t left = 0;  // of a body with a length
    chunked_decoder chunks;
    std::string content;

    impl(const message_limits& l, bool to_head)
        : limits{l}, answers_head{to_head}, finder{l.header_bytes}, head{l.header_fields}, chunks{limits_of_chunks(l)} {
    }

    // How much of `bytes` the head took; 0 while it is not whole.
    result<std::size_t> read_head(std::string_view bytes) {
        const auto place = finder.find(bytes);
        if (!place) return place.error();
        if (place->size == 0) return std::size_t{0};
        const auto text   = bytes.substr(place->begin, place->size);
        const auto mended = mended_head(text);
        if (auto parsed = head.parse(mended.empty() ? text : std::string_view{mended}); !parsed) {
            return std::move(parsed).error();
        }
        if (auto begun = begin_body(); !begun) return std::move(begun).error();
        return place->begin + place->size;
    }

    // RFC 9112 §6.3. Beast has refused differing lengths.
    result<void> begin_body() {
        keep_alive      = head.keep_alive();
        const int code  = head.status_code;
        const auto size = head.content_length();
        if (size && head.has_chunks) return protocol_error("a Content-Length beside a Transfer-Encoding");
        if (answers_head || code < 200 || code == 204 || code == 304) {
            at = framing::complete;
        } else if (head.has_chunks) {
            at = framing::chunks;
        } else if (size) {
            if (*size > limits.body_bytes && !limits.truncate) return body_too_large();
            at   = *size == 0 ? framing::complete : framing::length;
            left = *size;
            // A length is a claim: memory follows the bytes that come.
            content.reserve(static_cast<std::size_t>(std::min<std::uint64_t>({left, limits.body_bytes, 256 * 1024})));
        } else {
            at         = framing::until_close;
            keep_alive = false;
        }
        return result<void>::success();
    }

    result<std::size_t> read_body(std::string_view bytes) {
        if (at == framing::until_close) return append(bytes) ? result<std::size_t>{bytes.size()} : body_too_large();
        if (at == framing::length) {
            const auto piece = bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(left, bytes.size())));
            left -= piece.size();
            if (left == 0) at = framing::complete;
            append(piece);  // measured before, or to be truncated
            return piece.size();
        }
        auto rest = bytes;
        while (!rest.empty() && at == framing::chunks) {
            const auto piece = chunks.next(rest);
            if (!piece) return piece.error();
            if (chunks.done()) at = framing::complete;
            append(*piece);
        }
        return bytes.size() - rest.size();
    }

    // False when the limit does not allow it. Where truncation is asked for, the message ends there instead.
    bool append(std::string_view piece) {
        const auto fits = std::min(piece.size(), limits.body_bytes - content.size());
        if (fits < piece.size() && !limits.truncate) return false;
        content.append(piece.substr(0, fits));
        if (fits == piece.size()) return true;
        is_truncated = true;
        keep_alive   = false;
        at           = framing::complete;
        return true;
    }
};

response_parser::response_parser(const message_limits& limits, bool answers_head)
    : impl_{std::make_unique<impl>(limits, answers_head)} {}

response_parser::~response_parser() = default;

result<std::size_t> response_parser::put(std::string_view bytes) {
    impl_->got_some   = impl_->got_some || !bytes.empty();
    std::size_t taken = 0;
    if (!header_done()) {
        auto head = impl_->read_head(bytes);
        if (!head) return head;
        taken = *head;
    }
    if (!header_done() || done() || taken == bytes.size()) return taken;
    auto body = impl_->read_body(bytes.substr(taken));
    if (!body) return body;
    return taken + *body;
}

result<void> response_parser::put_end() {
    if (!impl_->got_some) return protocol_error("the connection closed before an answer");
    if (impl_->at == impl::framing::until_close) impl_->at = impl::framing::complete;
    if (!done()) return protocol_error("the connection closed in the middle of the answer");
    return result<void>::success();
}

bool response_parser::header_done() const noexcept { return impl_->at != impl::framing::head; }
bool response_parser::done() const noexcept { return impl_->at == impl::framing::complete; }
bool response_parser::keeps_alive() const noexcept { return done() && impl_->keep_alive; }
bool response_parser::is_truncated() const noexcept { return impl_->is_truncated; }
int response_parser::status() const noexcept { return impl_->head.status_code; }
std::vector<field>& response_parser::fields() noexcept { return impl_->head.header; }
std::string& response_parser::body() noexcept { return impl_->content; }

}  // namespace forage::detail
