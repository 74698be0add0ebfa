// The insertion mode "in body", §13.2.6.4.7: start tags, text and the rest. End tags are in tree_builder_body_end.cpp.
#include "html/tree_builder.hpp"
#include "text/ascii.hpp"

#include <algorithm>

namespace forage::detail::dom {

tree_builder::outcome tree_builder::in_body() {
    switch (token_->kind) {
    case token_kind::text: text_in_body(token_->text); return outcome::done;
    case token_kind::start_tag: return start_in_body();
    case token_kind::end_tag: return end_in_body();
    case token_kind::comment: insert_comment(); return outcome::done;
    case token_kind::end_of_file: return end_of_file_in_body();
    default: return outcome::done;
    }
}

void tree_builder::text_in_body(span text) {
    reconstruct_formatting();
    insert_text(text);
    if (is_frameset_ok_ && !is_white_space(text)) is_frameset_ok_ = false;
}

tree_builder::outcome tree_builder::end_of_file_in_body() {
    if (!template_modes_.empty()) return in_template();
    is_stopped_ = true;
    return outcome::done;
}

tree_builder::outcome tree_builder::start_in_body() {
    using enum name;
    const auto kinds = kind_of(token_->tag, name_space::html);
    if ((kinds & kind::formatting) != 0) return start_formatting(), outcome::done;
    if ((kinds & (kind::block | kind::heading)) != 0) return start_block(), outcome::done;
    if ((kinds & kind::head_content) != 0) return in_head();
    if ((kinds & kind::table_structure) != 0) return outcome::done;
    switch (token_->tag) {
    case html: start_html_again(); break;
    case body: start_body_again(); break;
    case frameset: start_frameset_in_body(); break;
    case p:
        close_p_in_button_scope();
        begin_html();
        break;
    case pre:
    case listing:
        close_p_in_button_scope();
        begin_html();
        skips_line_feed_ = true;
        is_frameset_ok_  = false;
        break;
    case form:
        if (form_ != dom::none && !open_.has(template_)) break;
        close_p_in_button_scope();
        if (const auto n = begin(form, token_->attributes); !open_.has(template_)) form_ = n;
        break;
    case li: start_item({li}); break;
    case dd:
    case dt: start_item({dd, dt}); break;
    case plaintext:
        close_p_in_button_scope();
        begin_html();
        tokenizer_.read_as(text_mode::plaintext);
        break;
    case button:
        if (open_.in_scope(button)) open_.pop_until(button);
        reconstruct_formatting();
        begin_html();
        is_frameset_ok_ = false;
        break;
    case applet:
    case marquee:
    case object: {
        reconstruct_formatting();
        const bool has_room = open_.has_room();
        begin_html();
        if (has_room) formatting_.push_marker();
        is_frameset_ok_ = false;
        break;
    }
    case table:
        if (!is_quirky_) close_p_in_button_scope();
        begin_table_part(table, token_->attributes, mode::in_table);
        is_frameset_ok_ = false;
        break;
    case area:
    case br:
    case embed:
    case img:
    case keygen:
    case wbr:
        reconstruct_formatting();
        insert_html();
        is_frameset_ok_ = false;
        break;
    case input: start_input(); break;
    case param:
    case source:
    case track: insert_html(); break;
    case hr:
        close_p_in_button_scope();
        if (open_.in_scope(select)) generate_implied_end_tags();
        insert_html();
        is_frameset_ok_ = false;
        break;
    case image: token_->tag = img; return outcome::again;
    case textarea:
        read_text_of(text_mode::rcdata);
        skips_line_feed_ = true;
        is_frameset_ok_  = false;
        break;
    case xmp:
        close_p_in_button_scope();
        reconstruct_formatting();
        is_frameset_ok_ = false;
        read_text_of(text_mode::rawtext);
        break;
    case iframe:
        is_frameset_ok_ = false;
        read_text_of(text_mode::rawtext);
        break;
    case noembed: read_text_of(text_mode::rawtext); break;
    case select:
        if (open_.in_scope(select)) {
            open_.pop_until(select);
            break;
        }
        reconstruct_formatting();
        begin_html();
        is_frameset_ok_ = false;
        break;
    case optgroup:
    case option: start_select_part(); break;
    case rb:
    case rtc:
        if (open_.in_scope(ruby)) generate_implied_end_tags();
        begin_html();
        break;
    case rp:
    case rt:
        if (open_.in_scope(ruby)) generate_implied_end_tags(rtc);
        begin_html();
        break;
    case math:
        reconstruct_formatting();
        start_foreign(name_space::mathml);
        break;
    case svg:
        reconstruct_formatting();
        start_foreign(name_space::svg);
        break;
    case frame:
    case head: break;
    default:
        reconstruct_formatting();
        begin_html();
        break;
    }
    return outcome::done;
}

void tree_builder::start_html_again() {
    if (open_.has(name::template_) || token_->attributes == 0) return;
    tree_.merge_attributes(open_[0].node, token_->attributes);
    tokenizer_.keep_attributes();
}

void tree_builder::start_body_again() {
    if (open_.size() == 1 || !open_[1].is(name::body) || open_.has(name::template_)) return;
    is_frameset_ok_ = false;
    if (token_->attributes == 0) return;
    tree_.merge_attributes(open_[1].node, token_->attributes);
    tokenizer_.keep_attributes();
}

void tree_builder::start_frameset_in_body() {
    if (open_.size() == 1 || !open_[1].is(name::body) || !is_frameset_ok_) return;
    tree_.detach(open_[1].node);
    open_.pop_from(1);
    begin_html();
    mode_ = mode::in_frameset;
}

void tree_builder::start_block() {
    close_p_in_button_scope();
    if (token_is(kind::heading) && open_.top().has(kind::heading)) open_.pop();
    begin_html();
}

// An item ends the one before it, unless something special, that is no mere block, lies between.
void tree_builder::start_item(std::initializer_list<name> closed_by) {
    is_frameset_ok_  = false;
    const auto is_in = [&](const open_element& e) {
        return std::any_of(closed_by.begin(), closed_by.end(), [&](name n) { return e.is(n); });
    };
    if (std::any_of(closed_by.begin(), closed_by.end(), [&](name n) { return open_.has(n); })) {
        for (auto i = open_.size(); i-- > 0;) {
            if (is_in(open_[i])) {
                open_.pop_until(open_[i].called);
                break;
            }
            const auto& e = open_[i];
            if (e.has(kind::special) && !e.is(name::address) && !e.is(name::div) && !e.is(name::p)) break;
        }
    }
    close_p_in_button_scope();
    begin_html();
}

void tree_builder::start_select_part() {
    if (open_.in_scope(name::select)) {
        generate_implied_end_tags(token_->tag == name::option ? name::optgroup : name::none);
    } else if (open_.top().is(name::option)) {
        open_.pop();
    }
    reconstruct_formatting();
    begin_html();
}

bool tree_builder::is_hidden_input() const noexcept {
    const auto* type = tree_.find(token_->attributes, name::type);
    return type != nullptr && equals_ignoring_case(tree_.text(type->value), "hidden");
}

void tree_builder::start_input() {
    if (open_.in_scope(name::select)) open_.pop_until(name::select);
    reconstruct_formatting();
    insert_html();
    if (!is_hidden_input()) is_frameset_ok_ = false;
}

tree_builder::outcome tree_builder::text() {
    switch (token_->kind) {
    case token_kind::text: insert_text(token_->text); return outcome::done;
    case token_kind::end_of_file: open_.pop(); return go_to(before_text_);
    default:
        open_.pop();
        mode_ = before_text_;
        return outcome::done;
    }
}

}  // namespace forage::detail::dom
