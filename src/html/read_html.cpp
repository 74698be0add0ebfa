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

std::optional<page_content> read_markup(std::string_view text, const read_options& options, read_budget& budget) {
    if constexpr (has_gumbo) {
        if (options.reader == html_reader::gumbo) return read_by_gumbo(text, options, budget);
    }
    const auto rewritten = dom::with_line_feeds(text);
    if (rewritten && !budget.take(rewritten->size())) return std::nullopt;
    const auto tree = dom::parse(rewritten ? *rewritten : text, budget);
    return tree ? read_tree(*tree, options, budget) : std::nullopt;
}

result<page_content>
read_decoded(const decoded_text& source, document_kind kind, const read_options& options, read_budget& budget) {
    if (options.reader == html_reader::gumbo && !has_gumbo) {
        return error{errc::bad_argument, "the library was built without gumbo", "leave the reader to forage"};
    }
    if (budget.is_spent() || !budget.take(source.storage.size())) return budget.to_error();
    auto content = kind == document_kind::html ? read_markup(source.text, options, budget)
                                               : read_text(source.text, options, budget);
    if (!content) return budget.to_error();
    content->charset = name_of(source.from);
    return *std::move(content);
}

result<page_content> read(std::string_view bytes, document_kind kind, const read_options& options) {
    read_budget budget{options};
    decoded_text source;
    decode_document(bytes, options.content_type, kind, source);
    return read_decoded(source, kind, options, budget);
}

}  // namespace

result<page_content> read_document(std::string bytes, document_kind kind, const read_options& options) {
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
