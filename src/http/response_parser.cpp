// The only place that includes Beast, of which only the parser is used: sockets, time-outs and limits are ours.
#include "http/response_parser.hpp"

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

error from_beast(const beast::error_code& ec) {
    if (ec == http::error::header_limit) return error{errc::too_large, "the header is larger than allowed"};
    if (ec == http::error::body_limit)
        return error{errc::too_large, "the body is larger than allowed", "raise max_body_bytes"};
    if (ec == http::error::partial_message) return protocol_error("the connection closed in the middle of the answer");
    if (ec == http::error::end_of_stream) return protocol_error("the connection closed before an answer");
    return protocol_error("malformed answer: " + ec.message());
}

}  // namespace

struct response_parser::impl final : http::basic_parser<false> {
    int status_code = 0;
    std::vector<field> header;
    std::string content;
    std::size_t field_limit   = 0;
    std::size_t content_limit = 0;
    std::optional<error> refused;  // why a callback said no

    void refuse(error e, beast::error_code& ec) {
        refused = std::move(e);
        ec      = http::error::bad_value;
    }

    void on_request_impl(http::verb, beast::string_view, beast::string_view, int, beast::error_code&) override {}

    void on_response_impl(int code, beast::string_view, int, beast::error_code& ec) override {
        status_code = code;
        if (code < 100 || code > 599) refuse(protocol_error("status " + std::to_string(code)), ec);
    }

    void on_field_impl(http::field name, beast::string_view name_text, beast::string_view value, beast::error_code& ec)
        override {
        // Trailers come here too. Nothing that matters may change after the header, so they are dropped.
        if (is_header_done()) return;
        if (header.size() >= field_limit) {
            return refuse(error{errc::too_large, "more header fields than allowed"}, ec);
        }
        // Beast takes some codings it does not undo as "until the connection closes" (RFC 9112 §6.1 calls for an
        // error).
        if (name == http::field::transfer_encoding && !beast::iequals(value, "chunked")) {
            return refuse(protocol_error("a Transfer-Encoding that is not chunked"), ec);
        }
        if (name == http::field::transfer_encoding && version_is_1_0_) {
            return refuse(protocol_error("Transfer-Encoding in HTTP/1.0"), ec);
        }
        header.push_back({std::string{name_text}, std::string{value}});
    }

    void on_header_impl(beast::error_code& ec) override {
        const auto length = content_length();
        if (!length) return;
        if (*length > content_limit) {
            ec = http::error::body_limit;
            return;
        }
        // A length is a claim: memory follows the bytes that come.
        content.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, 256 * 1024)));
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code&) override {}

    std::size_t append(beast::string_view piece, beast::error_code& ec) {
        if (piece.size() > content_limit - content.size()) {
            ec = http::error::body_limit;
            return 0;
        }
        content.append(piece.data(), piece.size());
        return piece.size();
    }

    std::size_t on_body_impl(beast::string_view piece, beast::error_code& ec) override { return append(piece, ec); }
    void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view piece, beast::error_code& ec) override {
        return append(piece, ec);
    }
    void on_finish_impl(beast::error_code&) override {}

    bool version_is_1_0_ = false;
};

response_parser::response_parser(const message_limits& limits) : impl_{std::make_unique<impl>()} {
    impl_->eager(true);
    impl_->header_limit(static_cast<std::uint32_t>(std::min<std::size_t>(limits.header_bytes, 16U << 20U)));
    impl_->body_limit(boost::none);  // ours counts the same bytes, and gives a better message
    impl_->field_limit   = limits.header_fields;
    impl_->content_limit = limits.body_bytes;
}

response_parser::~response_parser() = default;

result<std::size_t> response_parser::put(std::string_view bytes) {
    std::size_t taken = 0;
    while (!impl_->is_done()) {
        beast::error_code ec;
        const auto piece = bytes.substr(taken);
        if (piece.empty()) break;
        if (!impl_->got_some()) impl_->version_is_1_0_ = piece.starts_with("HTTP/1.0");
        taken += impl_->put(net::const_buffer{piece.data(), piece.size()}, ec);
        if (ec == http::error::need_more) break;
        if (ec) {
            if (impl_->refused) return std::move(*impl_->refused);
            return from_beast(ec);
        }
    }
    return taken;
}

result<void> response_parser::put_end() {
    beast::error_code ec;
    if (!impl_->got_some()) return from_beast(http::error::end_of_stream);
    impl_->put_eof(ec);
    if (ec) return from_beast(ec);
    return result<void>::success();
}

bool response_parser::header_done() const noexcept { return impl_->is_header_done(); }
bool response_parser::done() const noexcept { return impl_->is_done(); }
bool response_parser::keeps_alive() const noexcept { return impl_->is_done() && impl_->keep_alive(); }
int response_parser::status() const noexcept { return impl_->status_code; }
std::vector<field>& response_parser::fields() noexcept { return impl_->header; }
std::string& response_parser::body() noexcept { return impl_->content; }

}  // namespace forage::detail
