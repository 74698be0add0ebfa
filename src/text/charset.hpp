// Which encoding a document's bytes are in: byte order mark, Content-Type, the document's own declaration, the bytes.
// Pure and thread-safe. Linear.
// Source: https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
#pragma once

#include "text/detector.hpp"
#include "text/encoding.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace forage::detail {

struct sniffed {
    encoding name;
    std::size_t mark = 0;      ///< length of the byte order mark, which is no part of the text
    bool known_valid = false;  ///< the bytes are valid UTF-8 and mean the same in it
};

/// The encoding of `bytes`. `content_type` is the header field's value, which may be empty; `kind` says whether meta
/// elements count.
[[nodiscard]] sniffed sniff_encoding(std::string_view bytes, std::string_view content_type, document_kind kind);

/// The encoding named by the charset parameter of a Content-Type value, if it is a known one.
[[nodiscard]] std::optional<encoding> encoding_from_content_type(std::string_view value) noexcept;

/// The text of a document as valid UTF-8: a view of `bytes` where they are that already, else of `storage`.
struct decoded_text {
    std::string storage;
    std::string_view text;
    encoding from = encoding::utf_8;

    decoded_text()                               = default;
    decoded_text(const decoded_text&)            = delete;  // `text` may point into `storage`
    decoded_text& operator=(const decoded_text&) = delete;
};
void decode_document(std::string_view bytes, std::string_view content_type, document_kind kind, decoded_text& out);

}  // namespace forage::detail
