#include "html/tree_builder.hpp"

#include "text/ascii.hpp"

#include <algorithm>

namespace forage::detail::dom {

tree_builder::tree_builder(tree& into, read_budget& budget)
    : tree_{into}, budget_{budget}, tokenizer_{into, budget}, table_text_{budget} {}

void tree_builder::run() {
    constexpr unsigned tokens_between_looks = 512;  // some ten microseconds
    for (unsigned looks = 0; !is_stopped_; ++looks) {
        if (looks % tokens_between_looks == 0 && budget_.is_spent()) throw budget_spent{};
        tokenizer_.allow_cdata(!open_.is_empty() && open_.top().space != name_space::html);
        token_ = &tokenizer_.next();
        process();
    }
}

// §13.2.6, the tree construction dispatcher.
void tree_builder::process() {
    if (skips_line_feed_) {
        skips_line_feed_ = false;
        if (token_->kind == token_kind::text && tree_.text(token_->text).starts_with('\n')) {
            token_->text = token_->text.from(1);
        }
    }
    if (token_->kind == token_kind::text && token_->text.length == 0) return;
    auto what = outcome::again;
    while (what == outcome::again) what = is_foreign() ? in_foreign_content() : process_by(mode_);
}

tree_builder::outcome tree_builder::process_by(mode rules) {
    switch (rules) {
    case mode::initial: return initial();
    case mode::before_html: return before_html();
    case mode::before_head: return before_head();
    case mode::in_head: return in_head();
    case mode::in_head_noscript: return in_head_noscript();
    case mode::after_head: return after_head();
    case mode::in_body: return in_body();
    case mode::text: return text();
    case mode::in_table: return in_table();
    case mode::in_table_text: return in_table_text();
    case mode::in_caption: return in_caption();
    case mode::in_column_group: return in_column_group();
    case mode::in_table_body: return in_table_body();
    case mode::in_row: return in_row();
    case mode::in_cell: return in_cell();
    case mode::in_template: return in_template();
    case mode::after_body: return after_body();
    case mode::in_frameset: return in_frameset();
    case mode::after_frameset: return after_frameset();
    case mode::after_after_body: return after_after_body();
    case mode::after_after_frameset: return after_after_frameset();
    }
    return outcome::done;
}

// §13.2.6.1, the appropriate place for inserting a node.
place tree_builder::place_in(const open_element& target) const noexcept {
    if (fosters_ && target.has(kind::table_part)) return foster_place();
    if (target.is(name::template_)) return {tree_.first_child(target.node), none};
    return {target.node, none};
}

place tree_builder::foster_place() const noexcept {
    const auto last_template = open_.find(name::template_);
    const auto last_table    = open_.find(name::table);
    const auto absent        = open_.size();
    if (last_template != absent && (last_table == absent || last_template > last_table)) {
        return {tree_.first_child(open_[last_template].node), none};
    }
    if (last_table == absent) return {open_[0].node, none};
    const auto table = open_[last_table].node;
    if (tree_[table].parent != none) return {tree_[table].parent, table};
    return {open_[last_table - 1].node, none};
}

node_id tree_builder::insert_element(name called, name_space in, std::uint32_t attributes) {
    const auto n = tree_.add_element(called, in, attributes, token_->source);
    if (attributes != 0) tokenizer_.keep_attributes();
    tree_.insert(n, place_for_node());
    return n;
}

node_id tree_builder::insert_html() { return insert_element(token_->tag, name_space::html, token_->attributes); }

// Where a tree may not get deeper, an element is put in, but what comes next is not put into it.
node_id tree_builder::begin(name called, std::uint32_t attributes, name_space in) {
    const auto n = insert_element(called, in, attributes);
    if (open_.has_room()) open_.push(n, called, in);
    return n;
}

void tree_builder::insert_comment(place where) {
    tree_.insert(tree_.add(node_kind::comment, token_->source, token_->text), where);
}

void tree_builder::insert_text(span text) { tree_.insert_text(text, place_for_node(), token_->source); }

/// The white space at the beginning of the text token, which loses it.
span tree_builder::take_white_space() noexcept {
    const auto text  = tree_.text(token_->text);
    const auto count = static_cast<std::uint32_t>(std::find_if_not(text.begin(), text.end(), is_space) - text.begin());
    const auto taken = token_->text.first(count);
    token_->text     = token_->text.from(count);
    token_->source += count;
    return taken;
}

bool tree_builder::is_white_space(span text) const noexcept {
    const auto characters = tree_.text(text);
    return std::all_of(characters.begin(), characters.end(), is_space);
}

/// §13.2.6.2, the generic raw text and RCDATA element parsing algorithms.
void tree_builder::read_text_of(text_mode how) {
    open_.push(insert_html(), token_->tag, name_space::html);
    tokenizer_.read_as(how);
    before_text_ = mode_;
    mode_        = mode::text;
}

void tree_builder::generate_implied_end_tags(name except) noexcept {
    while (open_.top().has(kind::implied_end) && !open_.top().is(except)) open_.pop();
}

// §13.2.4.1
void tree_builder::reset_insertion_mode() noexcept {
    for (auto i = open_.size(); i-- > 0;) {
        if (open_[i].space != name_space::html) continue;
        switch (open_[i].called) {
        case name::td:
        case name::th:
            if (i == 0) continue;
            mode_ = mode::in_cell;
            return;
        case name::tr: mode_ = mode::in_row; return;
        case name::tbody:
        case name::thead:
        case name::tfoot: mode_ = mode::in_table_body; return;
        case name::caption: mode_ = mode::in_caption; return;
        case name::colgroup: mode_ = mode::in_column_group; return;
        case name::table: mode_ = mode::in_table; return;
        case name::template_: mode_ = template_modes_.back(); return;
        case name::head: mode_ = mode::in_head; return;
        case name::body: mode_ = mode::in_body; return;
        case name::frameset: mode_ = mode::in_frameset; return;
        case name::html: mode_ = head_ == none ? mode::before_head : mode::after_head; return;
        default: break;
        }
    }
    mode_ = mode::in_body;
}

}  // namespace forage::detail::dom
