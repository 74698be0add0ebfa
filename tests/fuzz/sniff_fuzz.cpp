// libFuzzer target for the sniffing of encodings and for the detector: the text is valid UTF-8, a view of the bytes
// only where it is the same bytes; a mark and a known label in Content-Type win over all else; nothing is guessed that
// must not be; and a declaration in the head is the same declaration whatever comes behind it. The input's first line
// is the Content-Type, the rest the document.
#include "fuzz/require.hpp"
#include "text/charset.hpp"
#include "text/meta_prescan.hpp"
#include "text/utf8.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace forage::detail;

using forage::fuzz::require;

bool has_mark(std::string_view bytes) {
    return bytes.starts_with("\xEF\xBB\xBF") || bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE");
}

void check(std::string_view bytes, std::string_view type, document_kind kind) {
    const auto found = sniff_encoding(bytes, type, kind);
    require((found.mark > 0) == has_mark(bytes), "a mark missed or made up");
    const auto named = encoding_from_content_type(type);
    if (named && !has_mark(bytes)) require(found.name == *named, "the header does not win");

    decoded_text out;
    decode_document(bytes, type, kind, out);
    require(out.from == found.name, "decoded from another encoding");
    require(is_valid_utf8(out.text), "not UTF-8");
    require(out.text.size() <= 3 * bytes.size() + 3, "more than three bytes for one");
    const bool is_view = out.text.data() == bytes.data() + found.mark;
    if (is_view) require(out.text == bytes.substr(found.mark), "a view of other bytes");
    if (is_ascii(bytes) && !named && kind == document_kind::plain_text && found.name != encoding::iso_2022_jp) {
        require(is_view, "ASCII was copied");
    }

    if (const auto guess = detect_encoding(bytes, kind)) {
        require(
            *guess != encoding::utf_16be && *guess != encoding::utf_16le && *guess != encoding::replacement &&
                *guess != encoding::x_user_defined,
            "guessed what must not be"
        );
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const auto line_end = input.find('\n');
    const auto type     = input.substr(0, line_end);
    const auto bytes    = line_end == std::string_view::npos ? std::string_view{} : input.substr(line_end + 1);
    check(bytes, type, document_kind::html);
    check(bytes, type, document_kind::plain_text);

    // A meta element counts for more than the XML declaration before it.
    if (const auto declared = prescan_meta(bytes); declared && !bytes.starts_with("<?xml")) {
        require(*declared != encoding::x_user_defined, "a meta says x-user-defined");
        const auto longer = prescan_meta(std::string{bytes} + "<meta charset=koi8-r>");
        require(longer == declared, "what comes behind a declaration changes it");
    }
    (void)encoding_from_meta_content(bytes);
    return 0;
}
