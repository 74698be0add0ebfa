// Templates, frames, and what comes after the body: §13.2.6.4.16 and later.
#include "html/tree_builder.hpp"
#include "text/ascii.hpp"

#include <algorithm>

namespace forage::detail::dom {

tree_builder::outcome tree_builder::in_template() {
    using enum name;
    const auto be = [this](mode next) {
        template_modes_.back() = next;
        return go_to(next);
    };
    switch (token_->kind) {
    case token_kind::end_of_file:
        if (open_.has(template_)) return end_template(), outcome::again;
        is_stopped_ = true;
        return outcome::done;
    case token_kind::end_tag: return token_->tag == template_ ? in_head() : outcome::done;
    case token_kind::start_tag: break;
    default: return in_body();
    }
    if (token_is(kind::head_content)) return in_head();
    switch (token_->tag) {
    case caption:
    case colgroup:
    case tbody:
    case tfoot:
    case thead: return be(mode::in_table);
    case col: return be(mode::in_column_group);
    case tr: return be(mode::in_table_body);
    case td:
    case th: return be(mode::in_row);
    default: return be(mode::in_body);
    }
}

tree_builder::outcome tree_builder::after_body() {
    switch (token_->kind) {
    case token_kind::text:
        text_in_body(take_white_space());
        if (token_->text.length == 0) return outcome::done;
        break;
    case token_kind::comment: insert_comment({open_[0].node, none}); return outcome::done;
    case token_kind::doctype: return outcome::done;
    case token_kind::end_of_file: is_stopped_ = true; return outcome::done;
    default:
        if (token_->tag != name::html) break;
        if (is_start()) return in_body();
        if (is_end()) {
            mode_ = mode::after_after_body;
            return outcome::done;
        }
    }
    return go_to(mode::in_body);
}

tree_builder::outcome tree_builder::after_after_body() {
    switch (token_->kind) {
    case token_kind::text:
        text_in_body(take_white_space());
        if (token_->text.length == 0) return outcome::done;
        break;
    case token_kind::comment: insert_comment({tree::document, none}); return outcome::done;
    case token_kind::doctype: return outcome::done;
    case token_kind::end_of_file: is_stopped_ = true; return outcome::done;
    default:
        if (is_start() && token_->tag == name::html) return in_body();
    }
    return go_to(mode::in_body);
}

/// In framesets there is no other text. What is inserted may move the text that is looked at.
void tree_builder::insert_white_space_of(span text) {
    const auto is_space_at = [&](std::uint32_t i) { return is_space(tree_.text(text)[i]); };
    for (std::uint32_t i = 0; i < text.length;) {
        auto end = i;
        while (end < text.length && is_space_at(end)) ++end;
        insert_text(text.from(i).first(end - i));
        for (i = end; i < text.length && !is_space_at(i);) ++i;
    }
}

tree_builder::outcome tree_builder::in_frameset() {
    switch (token_->kind) {
    case token_kind::text: insert_white_space_of(token_->text); return outcome::done;
    case token_kind::comment: insert_comment(); return outcome::done;
    case token_kind::end_of_file: is_stopped_ = true; return outcome::done;
    case token_kind::start_tag:
        switch (token_->tag) {
        case name::html: return in_body();
        case name::frameset: begin_html(); return outcome::done;
        case name::frame: insert_html(); return outcome::done;
        case name::noframes: return in_head();
        default: return outcome::done;
        }
    case token_kind::end_tag:
        if (token_->tag != name::frameset || open_.size() == 1) return outcome::done;
        open_.pop();
        if (!open_.top().is(name::frameset)) mode_ = mode::after_frameset;
        return outcome::done;
    default: return outcome::done;
    }
}

tree_builder::outcome tree_builder::after_frameset() {
    switch (token_->kind) {
    case token_kind::text: insert_white_space_of(token_->text); return outcome::done;
    case token_kind::comment: insert_comment(); return outcome::done;
    case token_kind::end_of_file: is_stopped_ = true; return outcome::done;
    case token_kind::start_tag:
        if (token_->tag == name::html) return in_body();
        return token_->tag == name::noframes ? in_head() : outcome::done;
    case token_kind::end_tag:
        if (token_->tag == name::html) mode_ = mode::after_after_frameset;
        return outcome::done;
    default: return outcome::done;
    }
}

tree_builder::outcome tree_builder::after_after_frameset() {
    switch (token_->kind) {
    case token_kind::text: {
        const auto text = tree_.text(token_->text);
        if (std::any_of(text.begin(), text.end(), is_space)) reconstruct_formatting();
        insert_white_space_of(token_->text);
        return outcome::done;
    }
    case token_kind::comment: insert_comment({tree::document, none}); return outcome::done;
    case token_kind::end_of_file: is_stopped_ = true; return outcome::done;
    case token_kind::start_tag:
        if (token_->tag == name::html) return in_body();
        return token_->tag == name::noframes ? in_head() : outcome::done;
    default: return outcome::done;
    }
}

}  // namespace forage::detail::dom
