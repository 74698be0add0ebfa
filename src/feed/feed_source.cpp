#include "feed/feed_source.hpp"

#include "http/coding.hpp"
#include "text/ascii.hpp"
#include "text/charset.hpp"
#include "text/code_points.hpp"
#include "text/meta_prescan.hpp"

namespace forage::detail {
namespace {

constexpr std::string_view gzip_magic = "\x1F\x8B";
constexpr std::size_t head_bytes      = 1024;  // where a declaration is looked for, white space before it included

// A declared UTF-8 with more faults than characters is none. A few faults are the work of programs that cut by bytes.
bool is_mostly_utf8(std::string_view bytes) noexcept {
    std::size_t good = 0, bad = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto c = code_point_at(bytes, at);
        if (!c.valid) ++bad;
        if (c.valid && c.length > 1) ++good;
        at += c.length;
    }
    return good >= bad;
}

std::optional<encoding> said_encoding(std::string_view bytes, std::string_view content_type) {
    if (const auto named = encoding_from_content_type(content_type)) return named;
    auto head = bytes.substr(0, head_bytes);
    while (!head.empty() && is_space(head.front())) head.remove_prefix(1);
    return encoding_from_xml_declaration(head);
}

encoding encoding_of(std::string_view bytes, std::string_view content_type) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xEF\xBB\xBF")) return encoding::utf_8;
    if (bytes.starts_with("\xFE\xFF") || bytes.starts_with("\0<\0"sv)) return encoding::utf_16be;
    if (bytes.starts_with("\xFF\xFE") || (bytes.starts_with("<\0"sv) && bytes.size() > 3 && bytes[3] == '\0')) {
        return encoding::utf_16le;
    }
    const auto said = said_encoding(bytes, content_type);
    if (const auto ascii = ascii_prefix(bytes); ascii == bytes.size()) return said.value_or(encoding::utf_8);
    if (is_valid_utf8(bytes)) return encoding::utf_8;
    if (said && said != encoding::utf_8) return *said;
    if (is_mostly_utf8(bytes)) return encoding::utf_8;
    return detect_encoding(bytes, document_kind::plain_text).value_or(encoding::windows_1252);
}

result<void> unpack(std::string_view& bytes, const reading_limits& limits, source_text& out) {
    if (!bytes.starts_with(gzip_magic)) return result<void>::success();
    const decode_limits bounds{.max_bytes = limits.max_memory / 4, .beyond = oversize::truncate, .stop = limits.stop};
    auto decoded = decode_body({{"Content-Encoding", "gzip"}}, std::string{bytes}, bounds);
    if (!decoded) {
        auto why = std::move(decoded).error();
        if (why.code == errc::bad_coding) why = error{errc::bad_coding, "the gzip data is broken"}.at(phase::decode);
        return why;
    }
    out.unpacked  = std::move(decoded->bytes);
    out.truncated = decoded->truncated;
    bytes         = out.unpacked;
    return result<void>::success();
}

}  // namespace

result<void> read_source(std::string_view bytes, const reading_limits& limits, read_budget& budget, source_text& out) {
    if (budget.is_spent()) return budget.to_error();
    if (auto unpacked = unpack(bytes, limits, out); !unpacked) return unpacked;
    if (!budget.take(out.unpacked.size())) return budget.to_error();
    const auto from = encoding_of(bytes, limits.content_type);
    if (from == encoding::utf_8 && is_valid_utf8(bytes)) {
        out.text = bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes;
        return result<void>::success();
    }
    out.storage = decode(bytes, from);
    if (!budget.take(out.storage.size())) return budget.to_error();
    out.text = out.storage;
    budget.give_back(out.unpacked.size());
    out.unpacked.clear();
    out.unpacked.shrink_to_fit();
    return result<void>::success();
}

}  // namespace forage::detail
