// The insertion modes up to the body: §13.2.6.4.1 to 13.2.6.4.6.
#include "html/quirks.hpp"
#include "html/tree_builder.hpp"

namespace forage::detail::dom {

tree_builder::outcome tree_builder::initial() {
    switch (token_->kind) {
    case token_kind::text:
        std::ignore = take_white_space();
        if (token_->text.length == 0) return outcome::done;
        break;
    case token_kind::comment: insert_comment({tree::document, none}); return outcome::done;
    case token_kind::doctype: {
        const auto& type = token_->type;
        tree_.append(tree_.add_doctype(type, token_->source), tree::document);
        is_quirky_ = token_->is_quirky || has_quirks(tree_, type);
        mode_      = mode::before_html;
        return outcome::done;
    }
    default: break;
    }
    is_quirky_ = true;
    return go_to(mode::before_html);
}

/// Before there is a head, an end tag counts that is of what is to come, or of a line break.
bool tree_builder::is_stray_end() const noexcept {
    using enum name;
    return token_->tag != head && token_->tag != body && token_->tag != html && token_->tag != br;
}

tree_builder::outcome tree_builder::before_html() {
    switch (token_->kind) {
    case token_kind::doctype: return outcome::done;
    case token_kind::comment: insert_comment({tree::document, none}); return outcome::done;
    case token_kind::text:
        std::ignore = take_white_space();
        if (token_->text.length == 0) return outcome::done;
        break;
    case token_kind::end_tag:
        if (is_stray_end()) return outcome::done;
        break;
    default: break;
    }
    const bool is_html = is_start() && token_->tag == name::html;
    const auto html = tree_.add_element(name::html, name_space::html, is_html ? token_->attributes : 0, token_->source);
    if (is_html) tokenizer_.keep_attributes();
    tree_.append(html, tree::document);
    open_.push(html, name::html, name_space::html);
    mode_ = mode::before_head;
    return is_html ? outcome::done : outcome::again;
}

tree_builder::outcome tree_builder::before_head() {
    switch (token_->kind) {
    case token_kind::text:
        std::ignore = take_white_space();
        if (token_->text.length == 0) return outcome::done;
        break;
    case token_kind::comment: insert_comment(); return outcome::done;
    case token_kind::doctype: return outcome::done;
    case token_kind::start_tag:
        if (token_->tag == name::html) return start_html_again(), outcome::done;
        if (token_->tag == name::head) {
            head_ = begin(name::head, token_->attributes);
            mode_ = mode::in_head;
            return outcome::done;
        }
        break;
    case token_kind::end_tag:
        if (is_stray_end()) return outcome::done;
        break;
    default: break;
    }
    head_ = begin(name::head, 0);
    return go_to(mode::in_head);
}

tree_builder::outcome tree_builder::in_head() {
    const auto leave = [this] {
        open_.pop();
        return go_to(mode::after_head);
    };
    switch (token_->kind) {
    case token_kind::text: insert_text(take_white_space()); return token_->text.length == 0 ? outcome::done : leave();
    case token_kind::comment: insert_comment(); return outcome::done;
    case token_kind::doctype: return outcome::done;
    case token_kind::start_tag: break;
    case token_kind::end_tag:
        switch (token_->tag) {
        case name::head:
            open_.pop();
            mode_ = mode::after_head;
            return outcome::done;
        case name::template_: end_template(); return outcome::done;
        case name::body:
        case name::html:
        case name::br: return leave();
        default: return outcome::done;
        }
    default: return leave();
    }
    switch (token_->tag) {
    case name::html: start_html_again(); return outcome::done;
    case name::base: tree_.has_base = true; [[fallthrough]];
    case name::basefont:
    case name::bgsound:
    case name::link:
    case name::meta: insert_html(); return outcome::done;
    case name::title: read_text_of(text_mode::rcdata); return outcome::done;
    case name::noframes:
    case name::style: read_text_of(text_mode::rawtext); return outcome::done;
    case name::script: read_text_of(text_mode::script_data); return outcome::done;
    case name::noscript:
        begin_html();
        mode_ = mode::in_head_noscript;
        return outcome::done;
    case name::template_: start_template(); return outcome::done;
    case name::head: return outcome::done;
    default: return leave();
    }
}

tree_builder::outcome tree_builder::in_head_noscript() {
    const auto leave = [this] {
        open_.pop();
        return go_to(mode::in_head);
    };
    switch (token_->kind) {
    case token_kind::doctype: return outcome::done;
    case token_kind::comment: return in_head();
    case token_kind::text: insert_text(take_white_space()); return token_->text.length == 0 ? outcome::done : leave();
    case token_kind::end_tag:
        if (token_->tag == name::br) return leave();
        if (token_->tag == name::noscript) {
            open_.pop();
            mode_ = mode::in_head;
        }
        return outcome::done;
    case token_kind::start_tag:
        switch (token_->tag) {
        case name::html:
        case name::basefont:
        case name::bgsound:
        case name::link:
        case name::meta:
        case name::noframes:
        case name::style: return in_head();
        case name::head:
        case name::noscript: return outcome::done;
        default: return leave();
        }
    default: return leave();
    }
}

tree_builder::outcome tree_builder::after_head() {
    const auto leave = [this] {
        begin(name::body, 0);
        return go_to(mode::in_body);
    };
    switch (token_->kind) {
    case token_kind::text: insert_text(take_white_space()); return token_->text.length == 0 ? outcome::done : leave();
    case token_kind::comment: insert_comment(); return outcome::done;
    case token_kind::doctype: return outcome::done;
    case token_kind::end_tag:
        switch (token_->tag) {
        case name::template_: return in_head();
        case name::body:
        case name::html:
        case name::br: return leave();
        default: return outcome::done;
        }
    case token_kind::start_tag: break;
    default: return leave();
    }
    if (token_is(kind::head_content)) {
        open_.push(head_, name::head, name_space::html);
        const auto what = in_head();
        if (const auto i = open_.find(head_); i != open_.size()) open_.remove(i);
        return what;
    }
    switch (token_->tag) {
    case name::html: start_html_again(); return outcome::done;
    case name::body:
        begin_html();
        is_frameset_ok_ = false;
        mode_           = mode::in_body;
        return outcome::done;
    case name::frameset:
        begin_html();
        mode_ = mode::in_frameset;
        return outcome::done;
    case name::head: return outcome::done;
    default: return leave();
    }
}

// What is inside a template is not its child but its content's.
void tree_builder::start_template() {
    const bool has_room = open_.has_room();
    const auto n        = begin(name::template_, token_->attributes);
    tree_.append(tree_.add(node_kind::content, token_->source), n);
    if (!has_room) return;
    formatting_.push_marker();
    is_frameset_ok_ = false;
    mode_           = mode::in_template;
    template_modes_.push_back(mode::in_template);
}

void tree_builder::end_template() {
    if (!open_.has(name::template_)) return;
    open_.pop_until(name::template_);
    formatting_.clear_to_marker();
    template_modes_.pop_back();
    reset_insertion_mode();
}

}  // namespace forage::detail::dom
