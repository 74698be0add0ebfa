// The public reading functions: bytes to text to page.
#include "html/budget.hpp"
#include "html/gumbo_reader.hpp"
#include "html/markdown_writer.hpp"
#include "html/text_writer.hpp"
#include "text/charset.hpp"

#include <forage/html.hpp>

namespace forage {

result<page_content> read_html(std::string_view bytes, const read_options& options) {
    detail::read_budget budget{options};
    detail::decoded_text source;
    detail::decode_document(bytes, options.content_type, detail::document_kind::html, source);
    if (budget.is_spent()) return budget.to_error();

    auto content = detail::read_tree(source.text, options, budget);
    if (!content) return budget.to_error();
    content->charset = detail::name_of(source.from);
    return *std::move(content);
}

result<page_content> read_plain_text(std::string_view bytes, const read_options& options) {
    detail::read_budget budget{options};
    detail::decoded_text source;
    detail::decode_document(bytes, options.content_type, detail::document_kind::plain_text, source);
    if (budget.is_spent()) return budget.to_error();

    detail::text_writer writer;
    writer.append_verbatim(source.text);
    page_content content;
    content.text    = writer.take();
    content.charset = detail::name_of(source.from);
    if (options.markdown) {
        detail::markdown_writer markdown;
        markdown.code_block({}, content.text);
        content.markdown = markdown.take();
    }
    if (budget.is_spent() || budget.exceeds_memory(content.text.size() + content.markdown.size())) {
        return budget.to_error();
    }
    return content;
}

}  // namespace forage
