// The insertion modes of rows and cells of tables: §13.2.6.4.13 to 13.2.6.4.15.
#include "html/tree_builder.hpp"

namespace forage::detail::dom {

tree_builder::outcome tree_builder::in_table_body() {
    using enum name;
    const auto clear = [this] { open_.pop_to({tbody, tfoot, thead, template_, html}); };
    const auto close = [&] {
        if (!open_.in_table_scope(tbody) && !open_.in_table_scope(thead) && !open_.in_table_scope(tfoot)) {
            return outcome::done;
        }
        clear();
        if (open_.size() > 1) open_.pop();
        return go_to(mode::in_table);
    };
    if (is_start()) {
        switch (token_->tag) {
        case tr:
            clear();
            begin_table_part(tr, token_->attributes, mode::in_row);
            return outcome::done;
        case td:
        case th: clear(); return begin_implied_table_part(tr, mode::in_row);
        case caption:
        case col:
        case colgroup:
        case tbody:
        case tfoot:
        case thead: return close();
        default: break;
        }
    } else if (is_end()) {
        switch (token_->tag) {
        case tbody:
        case tfoot:
        case thead:
            if (!open_.in_table_scope(token_->tag)) return outcome::done;
            clear();
            if (open_.size() > 1) open_.pop();
            mode_ = mode::in_table;
            return outcome::done;
        case table: return close();
        case body:
        case caption:
        case col:
        case colgroup:
        case html:
        case td:
        case th:
        case tr: return outcome::done;
        default: break;
        }
    }
    return in_table();
}

/// False: there is none to close.
bool tree_builder::close_row() {
    if (!open_.in_table_scope(name::tr)) return false;
    open_.pop_to({name::tr, name::template_, name::html});
    if (open_.size() > 1) open_.pop();
    mode_ = mode::in_table_body;
    return true;
}

tree_builder::outcome tree_builder::in_row() {
    using enum name;
    const auto close = [this] { return close_row() ? outcome::again : outcome::done; };
    if (is_start()) {
        switch (token_->tag) {
        case td:
        case th:
            open_.pop_to({tr, template_, html});
            if (begin_table_part(token_->tag, token_->attributes, mode::in_cell)) formatting_.push_marker();
            return outcome::done;
        case caption:
        case col:
        case colgroup:
        case tbody:
        case tfoot:
        case thead:
        case tr: return close();
        default: break;
        }
    } else if (is_end()) {
        switch (token_->tag) {
        case tr: std::ignore = close_row(); return outcome::done;
        case table: return close();
        case tbody:
        case tfoot:
        case thead: return open_.in_table_scope(token_->tag) ? close() : outcome::done;
        case body:
        case caption:
        case col:
        case colgroup:
        case html:
        case td:
        case th: return outcome::done;
        default: break;
        }
    }
    return in_table();
}

void tree_builder::close_cell() {
    while (open_.size() > 1) {
        const bool is_cell = open_.top().is(name::td) || open_.top().is(name::th);
        open_.pop();
        if (is_cell) break;
    }
    formatting_.clear_to_marker();
    mode_ = mode::in_row;
}

tree_builder::outcome tree_builder::in_cell() {
    using enum name;
    if (is_start()) {
        if (token_is(kind::table_structure)) {
            if (!open_.in_table_scope(td) && !open_.in_table_scope(th)) return outcome::done;
            close_cell();
            return outcome::again;
        }
    } else if (is_end()) {
        switch (token_->tag) {
        case td:
        case th:
            if (!open_.in_table_scope(token_->tag)) return outcome::done;
            open_.pop_until(token_->tag);
            formatting_.clear_to_marker();
            mode_ = mode::in_row;
            return outcome::done;
        case body:
        case caption:
        case col:
        case colgroup:
        case html: return outcome::done;
        case table:
        case tbody:
        case tfoot:
        case thead:
        case tr:
            if (!open_.in_table_scope(token_->tag)) return outcome::done;
            close_cell();
            return outcome::again;
        default: break;
        }
    }
    return in_body();
}

}  // namespace forage::detail::dom
