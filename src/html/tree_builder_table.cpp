// The insertion modes of tables: §13.2.6.4.9 to 13.2.6.4.12. Those of their rows are in tree_builder_row.cpp.
#include "html/tree_builder.hpp"

#include <algorithm>

namespace forage::detail::dom {

tree_builder::outcome tree_builder::in_table() {
    switch (token_->kind) {
    case token_kind::text:
    case token_kind::null:
        if (!open_.top().has(kind::table_part)) return otherwise_in_table();
        table_text_.set_size(0);
        before_text_ = mode_;
        return go_to(mode::in_table_text);
    case token_kind::comment: insert_comment(); return outcome::done;
    case token_kind::doctype: return outcome::done;
    case token_kind::start_tag: return start_in_table();
    case token_kind::end_tag:
        switch (token_->tag) {
        case name::table:
            if (!open_.in_table_scope(name::table)) return outcome::done;
            open_.pop_until(name::table);
            reset_insertion_mode();
            return outcome::done;
        case name::body:
        case name::html: return outcome::done;
        case name::template_: return in_head();
        default: return token_is(kind::table_structure) ? outcome::done : otherwise_in_table();
        }
    case token_kind::end_of_file: return in_body();
    }
    return outcome::done;
}

/// Begins an element that has a mode of its own. False: it may not be opened, and the mode stays.
bool tree_builder::begin_table_part(name called, std::uint32_t attributes, mode inside) {
    const bool has_room = open_.has_room();
    begin(called, attributes);
    if (has_room) mode_ = inside;
    return has_room;
}

/// The same for one that was left out before the current token. What may not be opened is left out for good.
tree_builder::outcome tree_builder::begin_implied_table_part(name called, mode inside) {
    if (begin_table_part(called, 0, inside)) return outcome::again;
    insert_html();
    return outcome::done;
}

tree_builder::outcome tree_builder::start_in_table() {
    using enum name;
    const auto clear = [this] { open_.pop_to({table, template_, html}); };
    switch (token_->tag) {
    case caption:
        clear();
        if (begin_table_part(caption, token_->attributes, mode::in_caption)) formatting_.push_marker();
        return outcome::done;
    case colgroup:
        clear();
        begin_table_part(colgroup, token_->attributes, mode::in_column_group);
        return outcome::done;
    case col: clear(); return begin_implied_table_part(colgroup, mode::in_column_group);
    case tbody:
    case tfoot:
    case thead:
        clear();
        begin_table_part(token_->tag, token_->attributes, mode::in_table_body);
        return outcome::done;
    case td:
    case th:
    case tr: clear(); return begin_implied_table_part(tbody, mode::in_table_body);
    case table:
        if (!open_.in_table_scope(table)) return outcome::done;
        open_.pop_until(table);
        reset_insertion_mode();
        return outcome::again;
    case style:
    case script:
    case template_: return in_head();
    case input:
        if (!is_hidden_input()) return otherwise_in_table();
        insert_html();
        return outcome::done;
    case form:
        if (form_ != dom::none || open_.has(template_)) return outcome::done;
        form_ = insert_html();
        return outcome::done;
    default: return otherwise_in_table();
    }
}

/// By the rules of the body, but what cannot stand in a table goes before it.
tree_builder::outcome tree_builder::otherwise_in_table() {
    fosters_        = true;
    const auto what = in_body();
    fosters_        = false;
    return what;
}

tree_builder::outcome tree_builder::in_table_text() {
    if (token_->kind == token_kind::null) return outcome::done;
    if (token_->kind == token_kind::text) {
        table_text_.push_back({token_->text, token_->source});
        return outcome::done;
    }
    const auto* const first = table_text_.data();
    const auto* const end   = first + table_text_.size();
    const bool is_blank     = std::all_of(first, end, [this](const auto& t) { return is_white_space(t.text); });
    const auto source       = token_->source;
    fosters_                = !is_blank;
    for (const auto* each = first; each != end; ++each) {
        const auto text = each->text;
        token_->source  = each->source;
        if (is_blank) {
            insert_text(text);
        } else {
            text_in_body(text);
        }
    }
    fosters_       = false;
    token_->source = source;
    return go_to(before_text_);
}

/// False: there is none to close.
bool tree_builder::close_caption() {
    if (!open_.in_table_scope(name::caption)) return false;
    open_.pop_until(name::caption);
    formatting_.clear_to_marker();
    mode_ = mode::in_table;
    return true;
}

tree_builder::outcome tree_builder::in_caption() {
    using enum name;
    const auto close = [this] { return close_caption() ? outcome::again : outcome::done; };
    if (is_start()) {
        if (token_is(kind::table_structure)) return close();
    } else if (is_end()) {
        switch (token_->tag) {
        case caption: std::ignore = close_caption(); return outcome::done;
        case table: return close();
        case body:
        case html: return outcome::done;
        default:
            if (token_is(kind::table_structure)) return outcome::done;
        }
    }
    return in_body();
}

tree_builder::outcome tree_builder::in_column_group() {
    using enum name;
    const auto leave = [this] {
        if (!open_.top().is(colgroup)) return outcome::done;
        open_.pop();
        return go_to(mode::in_table);
    };
    switch (token_->kind) {
    case token_kind::text: insert_text(take_white_space()); return token_->text.length == 0 ? outcome::done : leave();
    case token_kind::comment: insert_comment(); return outcome::done;
    case token_kind::doctype: return outcome::done;
    case token_kind::end_of_file: return in_body();
    case token_kind::start_tag:
        switch (token_->tag) {
        case html: return in_body();
        case col: insert_html(); return outcome::done;
        case template_: return in_head();
        default: return leave();
        }
    case token_kind::end_tag:
        switch (token_->tag) {
        case colgroup:
            if (!open_.top().is(colgroup)) return outcome::done;
            open_.pop();
            mode_ = mode::in_table;
            return outcome::done;
        case col: return outcome::done;
        case template_: return in_head();
        default: return leave();
        }
    default: return leave();
    }
}

}  // namespace forage::detail::dom
