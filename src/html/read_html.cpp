// The public reading functions: bytes to text to page.
#include "html/budget.hpp"
#include "html/gumbo_reader.hpp"
#include "html/markdown_writer.hpp"
#include "html/parse.hpp"
#include "html/read_document.hpp"
#include "html/text_writer.hpp"
#include "html/tree_reader.hpp"
#include "text/charset.hpp"

#include <forage/html.hpp>

#include <optional>

namespace forage {
namespace detail {
namespace {

std::optional<page_content> read_text(std::string_view text, const read_options& options, read_budget& budget) {
    if (!budget.take(text.size())) return std::nullopt;
    text_writer writer;
    writer.append_verbatim(text);
    page_content content;
    content.text      = writer.take();
    content.main_text = content.text;
    if (options.markdown) {
        markdown_writer markdown;
        if (!budget.take(markdown.memory_for_code_block(content.text))) return std::nullopt;
        markdown.code_block({}, content.text);
        content.blocks   = markdown.take_blocks(text.size());
        content.markdown = markdown.take();
    }
    if (budget.is_spent()) return std::nullopt;
    return content;
}

#ifdef FORAGE_HAS_GUMBO
constexpr bool has_gumbo = true;
#else
constexpr bool has_gumbo = false;
#endif

std::optional<page_content> read_markup(decoded_text& source, const read_options& options, read_budget& budget) {
    if constexpr (has_gumbo) {
        if (options.reader == html_reader::gumbo) return read_by_gumbo(source.text, options, budget);
    }
    if (!dom::make_line_feeds(source, budget)) return std::nullopt;
    const auto tree = dom::parse(source.text, budget);
    return tree ? read_tree(*tree, options, budget) : std::nullopt;
}

/// Errors: bad_argument, if there is no such parser here.
result<void> check_reader(document_kind kind, const read_options& options) {
    if (has_gumbo || kind != document_kind::html || options.reader != html_reader::gumbo)
        return result<void>::success();
    return error{errc::bad_argument, "the library was built without gumbo", "leave read_options::reader alone"}.at(
        phase::read
    );
}

result<page_content>
read_decoded(decoded_text& source, document_kind kind, const read_options& options, read_budget& budget) {
    if (budget.is_spent() || !budget.take(source.storage.size())) return budget.to_error();
    auto content =
        kind == document_kind::html ? read_markup(source, options, budget) : read_text(source.text, options, budget);
    if (!content) return budget.to_error();
    content->charset = name_of(source.from);
    return *std::move(content);
}

result<page_content> read(std::string_view bytes, document_kind kind, const read_options& options) {
    if (auto known = check_reader(kind, options); !known) return std::move(known).error();
    read_budget budget{options};
    decoded_text source;
    decode_document(bytes, options.content_type, kind, source);
    return read_decoded(source, kind, options, budget);
}

}  // namespace

result<page_content> read_document(std::string bytes, document_kind kind, const read_options& options) {
    if (auto known = check_reader(kind, options); !known) return std::move(known).error();
    read_budget budget{options};
    const auto size = bytes.size();
    if (!budget.take(size)) return budget.to_error();
    decoded_text source;
    decode_document(bytes, options.content_type, kind, source);
    if (!source.storage.empty()) {
        std::string{}.swap(bytes);
        budget.give_back(size);
    }
    return read_decoded(source, kind, options, budget);
}

}  // namespace detail

result<page_content> read_html(std::string_view bytes, const read_options& options) {
    return detail::read(bytes, detail::document_kind::html, options);
}

result<page_content> read_plain_text(std::string_view bytes, const read_options& options) {
    return detail::read(bytes, detail::document_kind::plain_text, options);
}

}  // namespace forage
