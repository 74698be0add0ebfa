// End tags in the insertion mode "in body", §13.2.6.4.7.
#include "html/tree_builder.hpp"

namespace forage::detail::dom {

tree_builder::outcome tree_builder::end_in_body() {
    using enum name;
    if (token_is(kind::block)) return end_block(), outcome::done;
    if (token_is(kind::heading)) return end_heading(), outcome::done;
    if (token_is(kind::formatting)) return adopt(token_->tag), outcome::done;
    switch (token_->tag) {
    case template_: return in_head();
    case body:
        if (open_.in_scope(body)) mode_ = mode::after_body;
        break;
    case html: return open_.in_scope(body) ? go_to(mode::after_body) : outcome::done;
    case button:
    case dd:
    case dt:
    case listing:
    case pre:
    case select: end_block(); break;
    case form: end_form(); break;
    case p: close_p(); break;
    case li:
        if (open_.in_list_item_scope(li)) open_.pop_until(li);
        break;
    case applet:
    case marquee:
    case object:
        if (!open_.in_scope(token_->tag)) break;
        end_block();
        formatting_.clear_to_marker();
        break;
    case br:
        reconstruct_formatting();
        insert_element(br, name_space::html, 0);
        is_frameset_ok_ = false;
        break;
    default: any_other_end_tag(token_->tag); break;
    }
    return outcome::done;
}

void tree_builder::close_p_in_button_scope() {
    if (open_.in_button_scope(name::p)) open_.pop_until(name::p);
}

// "</p>" alone is an empty paragraph.
void tree_builder::close_p() {
    if (!open_.in_button_scope(name::p)) {
        insert_element(name::p, name_space::html, 0);
        return;
    }
    open_.pop_until(name::p);
}

void tree_builder::end_block() {
    if (open_.in_scope(token_->tag)) open_.pop_until(token_->tag);
}

// The form need not be the current node: elements in it that were not closed stay open.
void tree_builder::end_form() {
    if (open_.has(name::template_)) return end_block();
    const auto n = form_;
    form_        = none;
    const auto i = n == none ? open_.size() : open_.find(n);
    if (i == open_.size() || !open_.in_scope(i)) return;
    generate_implied_end_tags();
    open_.remove(i);
}

void tree_builder::end_heading() {
    if (!open_.heading_in_scope()) return;
    while (!open_.top().has(kind::heading)) open_.pop();
    open_.pop();
}

void tree_builder::any_other_end_tag(name called) {
    if (!open_.has(called)) return;
    for (auto i = open_.size(); i-- > 0;) {
        if (open_[i].is(called)) {
            open_.pop_from(i);
            return;
        }
        if (open_[i].has(kind::special)) return;
    }
}

}  // namespace forage::detail::dom
