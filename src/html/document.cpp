// Bytes to document, and what is asked of the document as a whole.
#include "html/document_data.hpp"
#include "html/document_head.hpp"
#include "html/parse.hpp"
#include "html/text_writer.hpp"
#include "html/tree_cursor.hpp"
#include "html/tree_reader.hpp"
#include "text/charset.hpp"
#include "text/utf8.hpp"

namespace forage {
namespace {

namespace dom = detail::dom;
using access  = detail::node_access;

/// The text of a document as its own, with line feeds only. False if the budget has no room for it.
bool take_text(std::string_view bytes, const read_options& options, detail::document_data& into) {
    auto& budget = into.budget;
    detail::decoded_text decoded;
    detail::decode_document(bytes, options.content_type, detail::document_kind::html, decoded);
    into.from = decoded.from;
    if (budget.is_spent() || !budget.take(decoded.storage.size())) return false;
    if (!dom::make_line_feeds(decoded, budget)) return false;
    if (decoded.storage.empty()) {
        if (!budget.take(decoded.text.size())) return false;
        decoded.storage = decoded.text;
    }
    into.text = std::move(decoded.storage);
    return true;
}

/// What a read tree says; the limits are those of the document's options, anew.
result<page_content> read_again(const detail::document_data& from, bool markdown, bool code) {
    auto options     = from.options();
    options.markdown = markdown;
    options.code     = code;
    detail::read_budget budget{options};
    auto content = detail::read_tree(*from.tree, options, budget);
    if (!content) return budget.to_error();
    content->charset = detail::name_of(from.from);
    return *std::move(content);
}

}  // namespace

document::document(std::unique_ptr<detail::document_data> data) noexcept : data_{std::move(data)} {}
document::document(document&&) noexcept            = default;
document& document::operator=(document&&) noexcept = default;
document::~document()                              = default;

node document::root() const noexcept { return access::make(data_->tree.get(), dom::tree::document); }

node document::document_element() const noexcept {
    for (const auto child : root().children()) {
        if (child.is_element()) return child;
    }
    return {};
}

node document::head() const noexcept {
    for (const auto child : document_element().children()) {
        if (child.is_html() && child.name() == "head") return child;
    }
    return {};
}

node document::body() const noexcept {
    for (const auto child : document_element().children()) {
        if (child.is_html() && (child.name() == "body" || child.name() == "frameset")) return child;
    }
    return {};
}

std::string document::title() const {
    std::string title;
    dom::each_element(*data_->tree, dom::name::title, [&](dom::node_id n) {
        const auto written = access::make(data_->tree.get(), n).text_content();
        title              = detail::folded(detail::first_characters(written, detail::longest_line));
        return !title.empty();
    });
    return title;
}

std::string_view document::source() const noexcept { return data_->text; }

std::string_view document::charset() const noexcept { return detail::name_of(data_->from); }

std::string_view document::base_url() const noexcept { return data_->resolver.base(); }

std::optional<std::string> document::resolve(std::string_view href) const {
    std::string absolute;
    if (!data_->resolver.resolve(href, absolute)) return std::nullopt;
    return absolute;
}

result<page_content> document::read() const { return read_again(*data_, data_->markdown, data_->code); }

result<std::vector<link>> document::links() const {
    auto page = read_again(*data_, false, false);
    if (!page) return std::move(page).error();
    return std::move(page->links);
}

result<std::vector<code_block>> document::code_blocks() const {
    auto page = read_again(*data_, false, true);
    if (!page) return std::move(page).error();
    return std::move(page->code);
}

result<document> parse_document(std::string_view bytes, const read_options& options) {
    if (options.reader != html_reader::forage) {
        return error{errc::bad_argument, "only forage's own parser makes documents", "leave read_options::reader alone"}
            .at(phase::read);
    }
    auto data = std::make_unique<detail::document_data>(options);
    if (!take_text(bytes, options, *data)) return data->budget.to_error();
    data->tree = dom::parse(data->text, data->budget);
    if (!data->tree) return data->budget.to_error();
    detail::find_base(*data->tree, data->resolver);
    return access::make(std::move(data));
}

}  // namespace forage
