// SVG and MathML: §13.2.6.5.
#include "html/tree_builder.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

namespace forage::detail::dom {

/// Whether the token goes by the rules for foreign content: the first part of §13.2.6.
bool tree_builder::goes_by_foreign_rules() const noexcept {
    const auto& current = open_.top();
    const bool is_text  = token_->kind == token_kind::text || token_->kind == token_kind::null;
    if (current.has(kind::mathml_text)) {
        if (is_text) return false;
        if (is_start() && token_->tag != name::mglyph && token_->tag != name::malignmark) return false;
    }
    if (current.called == name::annotation_xml && is_start() && token_->tag == name::svg) {
        return current.space != name_space::mathml;
    }
    if ((is_text || is_start()) && is_html_annotation(current)) return false;
    if (current.has(kind::html_integration) && (is_text || is_start())) return false;
    return token_->kind != token_kind::end_of_file;
}

/// An annotation that says that it is HTML is an "HTML integration point".
bool tree_builder::is_html_annotation(const open_element& e) const noexcept {
    if (e.called != name::annotation_xml || e.space != name_space::mathml) return false;
    const auto value = tree_.value_of(e.node, name::encoding).value_or("");
    return equals_ignoring_case(value, "text/html") || equals_ignoring_case(value, "application/xhtml+xml");
}

void tree_builder::start_foreign(name_space in) {
    if (token_->is_self_closing) {
        insert_element(token_->tag, in, token_->attributes);
    } else {
        begin(token_->tag, token_->attributes, in);
    }
}

namespace {

/// Start tags that say that the foreign content was forgotten to be closed.
bool breaks_out(const token& t, const tree& in) noexcept {
    using enum name;
    switch (t.tag) {
    case b:
    case big:
    case blockquote:
    case body:
    case br:
    case center:
    case code:
    case dd:
    case div:
    case dl:
    case dt:
    case em:
    case embed:
    case h1:
    case h2:
    case h3:
    case h4:
    case h5:
    case h6:
    case head:
    case hr:
    case i:
    case img:
    case li:
    case listing:
    case menu:
    case meta:
    case nobr:
    case ol:
    case p:
    case pre:
    case ruby:
    case s:
    case small:
    case span_:
    case strong:
    case strike:
    case sub:
    case sup:
    case table:
    case tt:
    case u:
    case ul:
    case var: return true;
    case font:
        return in.find(t.attributes, color) != nullptr || in.find(t.attributes, face) != nullptr ||
               in.find(t.attributes, size) != nullptr;
    default: return false;
    }
}

}  // namespace

tree_builder::outcome tree_builder::in_foreign_content() {
    switch (token_->kind) {
    case token_kind::null: {
        const auto offset = static_cast<std::uint32_t>(tree_.rewritten.size()) | span::rewritten;
        tree_.rewritten.append(utf8_replacement.data(), utf8_replacement.size());
        insert_text({offset, static_cast<std::uint32_t>(utf8_replacement.size())});
        return outcome::done;
    }
    case token_kind::text:
        insert_text(token_->text);
        if (is_frameset_ok_ && !is_white_space(token_->text)) is_frameset_ok_ = false;
        return outcome::done;
    case token_kind::comment: insert_comment(); return outcome::done;
    case token_kind::doctype:
    case token_kind::end_of_file: return outcome::done;
    case token_kind::start_tag:
        if (breaks_out(*token_, tree_)) return leave_foreign_content();
        start_foreign(open_.top().space);
        return outcome::done;
    case token_kind::end_tag:
        if (token_->tag == name::br || token_->tag == name::p) return leave_foreign_content();
        return end_in_foreign_content();
    }
    return outcome::done;
}

tree_builder::outcome tree_builder::leave_foreign_content() {
    const auto is_html_place = [this](const open_element& e) {
        return e.space == name_space::html || e.has(kind::mathml_text | kind::html_integration) ||
               is_html_annotation(e);
    };
    while (!is_html_place(open_.top())) open_.pop();
    return process_by(mode_);
}

// The names of foreign elements are kept in lower case, so they are compared as they are.
tree_builder::outcome tree_builder::end_in_foreign_content() {
    for (auto i = open_.size(); i-- > 1;) {
        if (open_[i].space == name_space::html) break;
        if (open_[i].called == token_->tag) {
            open_.pop_from(i);
            return outcome::done;
        }
    }
    return process_by(mode_);
}

}  // namespace forage::detail::dom
