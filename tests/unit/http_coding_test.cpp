// Content codings undone: each alone, in layers, cut and corrupted anywhere.
#include "http/coding.hpp"
#include "http/decoder_chain.hpp"
#include "support/encoders.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace forage::detail {
namespace {

using namespace forage::testing;

struct coded {
    const char* name;
    std::string (*encode)(std::string_view text);
};

const std::vector<coded> codings{
    {"gzip", [](std::string_view text) { return encode_gzip(text); }},
    {"deflate", [](std::string_view text) { return encode_zlib(text); }},
    {"deflate", [](std::string_view text) { return encode_raw_deflate(text); }},
    {"br", [](std::string_view text) { return encode_brotli(text); }},
    {"zstd", [](std::string_view text) { return encode_zstd(text); }},
};

std::vector<field> under(std::string value) { return {{"Content-Encoding", std::move(value)}}; }

result<std::string> decode(const std::vector<field>& fields, std::string body, std::size_t max_bytes = 1'000'000) {
    auto decoded = decode_body(fields, std::move(body), {.max_bytes = max_bytes});
    if (!decoded) return decoded.error();
    EXPECT_FALSE(decoded->truncated);
    return decoded->bytes;
}

errc failure(const result<std::string>& outcome) { return outcome ? errc::ok : outcome.error().code; }

// Words in an order that repeats late, so that every coding has literals, matches and tables of its own.
std::string prose(std::size_t size) {
    std::string text;
    for (unsigned i = 1; text.size() < size; ++i) {
        text += "word" + std::to_string(i * 2'654'435'761U % 1'000) + (i % 11 == 0 ? ".\n" : " ");
    }
    text.resize(size);
    return text;
}

TEST(coding, bodies_of_all_sizes_come_back) {
    for (const auto& c : codings) {
        for (const std::size_t size : {1U, 2U, 100U, 65'535U, 65'536U, 65'537U, 300'000U, 5'000'000U}) {
            const auto text = prose(size);
            EXPECT_TRUE(decode(under(c.name), c.encode(text), size).value() == text) << c.name << ' ' << size;
        }
        EXPECT_EQ(decode(under(c.name), c.encode("")).value(), "") << c.name;
    }
}

TEST(coding, the_limit_holds_to_the_byte) {
    for (const auto& c : codings) {
        for (const std::size_t size : {1U, 300U, 65'536U, 2'000'000U}) {
            const auto body = c.encode(prose(size));
            EXPECT_TRUE(decode(under(c.name), body, size)) << c.name << ' ' << size;
            EXPECT_EQ(failure(decode(under(c.name), body, size - 1)), errc::too_large) << c.name << ' ' << size;
        }
    }
    EXPECT_EQ(decode({}, "as it is", 8).value(), "as it is");
    EXPECT_EQ(failure(decode({}, "as it is", 7)), errc::too_large);
}

TEST(coding, fields_name_at_most_two_layers) {
    const auto once  = encode_gzip("hello");
    const auto twice = encode_gzip(once);
    const auto split = [](std::string a, std::string b) {
        return std::vector<field>{{"Content-Encoding", std::move(a)}, {"content-encoding", std::move(b)}};
    };
    EXPECT_EQ(decode({}, "hello").value(), "hello");
    for (const char* none : {"", " ", ",", "identity", "Identity, ,identity"}) {
        EXPECT_EQ(decode(under(none), "hello").value(), "hello") << none;
    }
    for (const char* one : {"gzip", "x-gzip", "GZip", "\tgzip , identity", ",gzip,"}) {
        EXPECT_EQ(decode(under(one), once).value(), "hello") << one;
    }
    EXPECT_EQ(decode(under("gzip, gzip"), twice).value(), "hello");
    EXPECT_EQ(decode(split("gzip", "gzip"), twice).value(), "hello");
    EXPECT_EQ(failure(decode(split("gzip, gzip", "gzip"), encode_gzip(twice))), errc::bad_coding);
    for (const char* unknown : {"compress", "foo", "gzip;q=1", "gzi", "br2", "zstd, foo", "gzip gzip"}) {
        EXPECT_EQ(failure(decode(under(unknown), once)), errc::bad_coding) << unknown;
    }
    // A body that is empty on the wire has no coding to undo: answers to HEAD, 204, and servers that do not care.
    EXPECT_EQ(decode(under("gzip"), "").value(), "");
}

TEST(coding, two_layers_of_any_kind_come_back) {
    const auto text = prose(200'000);
    for (const auto& inner : codings) {
        for (const auto& outer : codings) {
            const auto name = std::string{inner.name} + ", " + outer.name;
            const auto body = outer.encode(inner.encode(text));
            EXPECT_TRUE(decode(under(name), body, text.size()).value() == text) << name;
            EXPECT_EQ(failure(decode(under(name), body, text.size() - 1)), errc::too_large) << name;
            auto cut = body;
            cut.pop_back();
            EXPECT_EQ(failure(decode(under(name), cut)), errc::bad_coding) << name;
            const auto short_inside = outer.encode(inner.encode(text).substr(0, 1'000));
            EXPECT_EQ(failure(decode(under(name), short_inside)), errc::bad_coding) << name;
        }
    }
}

TEST(coding, an_outer_layer_counts_to_its_last_byte) {
    auto body = encode_gzip(encode_gzip(prose(1'000)));
    body[body.size() - 8] ^= 1;  // its checksum, which comes when the inner layer has ended
    EXPECT_EQ(failure(decode(under("gzip, gzip"), body)), errc::bad_coding);
    body = encode_gzip(encode_gzip("hello") + std::string(500'000, 'x'));
    EXPECT_EQ(decode(under("gzip, gzip"), body).value(), "hello");
    body.resize(body.size() - 1);
    EXPECT_EQ(failure(decode(under("gzip, gzip"), body)), errc::bad_coding);
}

TEST(coding, a_body_cut_anywhere_is_an_error) {
    const auto text = prose(400);
    for (const auto& c : codings) {
        const auto body = c.encode(text);
        for (std::size_t size = 1; size < body.size(); ++size) {
            EXPECT_EQ(failure(decode(under(c.name), body.substr(0, size))), errc::bad_coding) << c.name << ' ' << size;
        }
    }
}

// A changed byte is found, or it was one without meaning (a time in gzip's header). brotli and raw deflate have no
// checksum: there the limit must hold, and the same bytes must give the same result.
TEST(coding, a_byte_changed_anywhere_is_found_by_the_checksum) {
    const auto text = prose(400);
    for (const auto& c : codings) {
        const auto body    = c.encode(text);
        const bool is_raw  = c.encode == codings[2].encode;
        const bool checked = std::string_view{c.name} != "br" && !is_raw;
        // The first two bytes of "deflate" tell zlib's format from the raw one.
        const std::size_t from = std::string_view{c.name} == "deflate" ? 2 : 0;
        for (std::size_t at = from; at < body.size(); ++at) {
            for (const int change : {0x01, 0x10, 0x80, 0xFF}) {
                auto changed = body;
                changed[at]  = static_cast<char>(changed[at] ^ change);
                const auto a = decode(under(c.name), changed, 2'000);
                const auto b = decode(under(c.name), changed, 2'000);
                ASSERT_EQ(failure(a), failure(b)) << c.name << ' ' << at;
                if (!a) continue;
                EXPECT_EQ(*a, *b);
                EXPECT_LE(a->size(), 2'000U);
                EXPECT_TRUE(!checked || *a == text) << c.name << ' ' << at << ' ' << change;
            }
        }
    }
}

TEST(coding, gzip_members_and_zstd_frames_follow_each_other) {
    const std::string skippable{"\x5A\x2A\x4D\x18\x03\0\0\0abc", 11};
    EXPECT_EQ(decode(under("gzip"), encode_gzip("a") + encode_gzip("") + encode_gzip("bc")).value(), "abc");
    EXPECT_EQ(decode(under("zstd"), encode_zstd("a") + encode_zstd("") + encode_zstd("bc")).value(), "abc");
    EXPECT_EQ(decode(under("zstd"), skippable + encode_zstd("a") + skippable + encode_zstd("b")).value(), "ab");
    EXPECT_EQ(decode(under("zstd"), skippable).value(), "");
    EXPECT_EQ(failure(decode(under("zstd"), skippable.substr(0, 10))), errc::bad_coding);
    EXPECT_EQ(failure(decode(under("zstd"), encode_zstd("a") + skippable.substr(0, 10))), errc::bad_coding);
    EXPECT_EQ(failure(decode(under("gzip"), encode_gzip("a") + encode_gzip("b"), 1)), errc::too_large);
    for (const char* name : {"gzip", "zstd"}) {
        const auto one  = std::string_view{name} == "gzip" ? encode_gzip("a") : encode_zstd("a");
        const auto both = one + one;
        for (auto size = one.size() + 1; size < both.size(); ++size) {
            EXPECT_EQ(failure(decode(under(name), both.substr(0, size))), errc::bad_coding) << name << ' ' << size;
        }
    }
}

// Their beginnings must be seen wherever the buffer between the layers ends.
TEST(coding, members_of_an_inner_layer_follow_each_other_too) {
    for (const char* name : {"gzip", "zstd"}) {
        std::string members, text;
        for (std::size_t i = 0; members.size() < 300'000; ++i) {
            const auto piece = prose(1 + i % 37);
            members += std::string_view{name} == "gzip" ? encode_gzip(piece) : encode_zstd(piece);
            text += piece;
        }
        EXPECT_TRUE(decode(under(std::string{name} + ", gzip"), encode_gzip(members)).value() == text) << name;
    }
}

TEST(coding, what_stands_behind_the_end_is_ignored) {
    for (const auto& c : codings) {
        for (const auto& garbage : {std::string{"garbage"}, std::string(1, '\0'), std::string(100'000, ' ')}) {
            EXPECT_EQ(decode(under(c.name), c.encode("hello") + garbage).value(), "hello") << c.name;
        }
    }
}

TEST(coding, gzip_headers_may_have_every_field) {
    const auto plain      = encode_gzip("hello");
    const std::string all = std::string{"\x1F\x8B\x08\x1C\0\0\0\0\0\xFF", 10} + std::string{"\xFF\x7F", 2} +
                            std::string(0x7FFF, 'e') + std::string{"name\0", 5} + std::string(70'000, 'c') + '\0' +
                            plain.substr(10);
    EXPECT_EQ(decode(under("gzip"), all).value(), "hello");
    auto reserved = plain;
    reserved[3]   = '\x20';
    EXPECT_EQ(failure(decode(under("gzip"), reserved)), errc::bad_coding);
}

TEST(coding, formats_that_only_look_alike_are_refused) {
    EXPECT_EQ(failure(decode(under("gzip"), "hello, I am not gzip")), errc::bad_coding);
    EXPECT_EQ(failure(decode(under("gzip"), encode_zlib("hello"))), errc::bad_coding);
    EXPECT_EQ(failure(decode(under("zstd"), encode_gzip("hello"))), errc::bad_coding);
    EXPECT_EQ(failure(decode(under("br"), encode_gzip("hello"))), errc::bad_coding);
    // zstd as it was before its standard (version 0.7) begins with 27 B5 2F FD.
    auto old = encode_zstd("hello");
    old[0]   = '\x27';
    EXPECT_EQ(failure(decode(under("zstd"), old)), errc::bad_coding);
}

TEST(coding, the_stop_flag_ends_it) {
    const std::atomic<bool> stop{true};
    const auto outcome = decode_body(under("gzip"), encode_gzip("hello"), {.max_bytes = 100, .stop = &stop});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, errc::cancelled);
}

// The flag is looked at between steps, so no step may take long, not even one that makes nothing.
TEST(coding, every_step_is_bounded) {
    std::string nothing;
    for (int i = 0; i < 100'000; ++i) nothing.append("\0\0\0\xFF\xFF", 5);  // empty stored blocks (RFC 1951 §3.2.4)
    decoder_chain chain{{coding::deflate}, nothing, 1'000};
    std::vector<char> room(1'001);
    std::size_t taken = 0;
    auto last         = decoding::going_on;
    for (auto state = decoding::going_on; state == decoding::going_on;) {
        const auto got = chain.step(room);
        EXPECT_LE(got.taken, 64U * 1024);
        EXPECT_EQ(got.made, 0U);
        taken += got.taken;
        state = got.state;
        last  = state;
    }
    EXPECT_EQ(last, decoding::cut_short);
    EXPECT_EQ(taken, nothing.size());
}

}  // namespace
}  // namespace forage::detail
