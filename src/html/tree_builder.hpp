// The tree construction stage of the HTML standard, §13.2.6, with scripting off. Each insertion mode is a function; the
// source files hold those that belong together. Parse errors change nothing here and are not reported.
#pragma once

#include "html/formatting_list.hpp"
#include "html/open_elements.hpp"
#include "html/tokenizer.hpp"
#include "html/tree.hpp"

#include <cstdint>
#include <initializer_list>
#include <tuple>
#include <vector>

namespace forage::detail::dom {

class tree_builder {
public:
    /// `budget` and `into` must outlive it.
    tree_builder(tree& into, read_budget& budget);

    /// Reads the whole document. Throws budget_spent.
    void run();

private:
    enum class mode : std::uint8_t {
        initial,
        before_html,
        before_head,
        in_head,
        in_head_noscript,
        after_head,
        in_body,
        text,
        in_table,
        in_table_text,
        in_caption,
        in_column_group,
        in_table_body,
        in_row,
        in_cell,
        in_template,
        after_body,
        in_frameset,
        after_frameset,
        after_after_body,
        after_after_frameset,
    };
    /// Text of a table that waits for what comes after it.
    struct pending_text {
        span text;
        std::uint32_t source;
    };
    /// What became of a token: it is dealt with, or the mode that is now current is to have it.
    enum class outcome : std::uint8_t { done, again };

    [[nodiscard]] bool is_start() const noexcept { return token_->kind == token_kind::start_tag; }
    [[nodiscard]] bool is_end() const noexcept { return token_->kind == token_kind::end_tag; }

    /// Whether an HTML element called as the tag is has one of the bits.
    [[nodiscard]] bool token_is(unsigned kinds) const noexcept {
        return (kind_of(token_->tag, name_space::html) & kinds) != 0;
    }

    // tree_builder.cpp: the dispatcher, and what all modes use
    void process();
    [[nodiscard]] outcome process_by(mode rules);
    [[nodiscard]] outcome go_to(mode next) noexcept {
        mode_ = next;
        return outcome::again;
    }
    [[nodiscard]] place place_in(const open_element& target) const noexcept;
    [[nodiscard]] place place_for_node() const noexcept { return place_in(open_.top()); }
    [[nodiscard]] place foster_place() const noexcept;
    node_id insert_element(name called, name_space in, std::uint32_t attributes);
    node_id insert_html();
    node_id begin(name called, std::uint32_t attributes, name_space in = name_space::html);
    void begin_html() { begin(token_->tag, token_->attributes); }
    void insert_comment(place where);
    void insert_comment() { insert_comment(place_for_node()); }
    void insert_text(span text);
    [[nodiscard]] span take_white_space() noexcept;
    [[nodiscard]] bool is_white_space(span text) const noexcept;
    void read_text_of(text_mode how);
    void generate_implied_end_tags(name except = name::none) noexcept;
    void reset_insertion_mode() noexcept;

    // tree_builder_head.cpp: up to the body
    [[nodiscard]] bool is_stray_end() const noexcept;
    outcome initial();
    outcome before_html();
    outcome before_head();
    outcome in_head();
    outcome in_head_noscript();
    outcome after_head();
    void start_template();
    void end_template();

    // tree_builder_body.cpp, tree_builder_body_end.cpp
    outcome in_body();
    outcome start_in_body();
    outcome end_in_body();
    void text_in_body(span text);
    outcome end_of_file_in_body();
    void start_html_again();
    void start_body_again();
    void start_frameset_in_body();
    void start_block();
    void start_item(std::initializer_list<name> closed_by);
    void start_select_part();
    [[nodiscard]] bool is_hidden_input() const noexcept;
    void start_input();
    void close_p();
    void close_p_in_button_scope();
    void end_block();
    void end_form();
    void end_heading();
    void any_other_end_tag(name called);
    outcome text();

    // formatting.cpp
    void reconstruct_formatting();
    void start_formatting();
    bool close_current(name subject);
    void adopt(name subject);
    [[nodiscard]] bool adopt_once(name subject);
    [[nodiscard]] node_id copy_of(node_id element);

    // tree_builder_table.cpp
    bool begin_table_part(name called, std::uint32_t attributes, mode inside);
    outcome begin_implied_table_part(name called, mode inside);
    outcome in_table();
    outcome start_in_table();
    outcome otherwise_in_table();
    outcome in_table_text();
    outcome in_caption();
    outcome in_column_group();
    [[nodiscard]] bool close_caption();

    // tree_builder_row.cpp
    outcome in_table_body();
    outcome in_row();
    outcome in_cell();
    [[nodiscard]] bool close_row();
    void close_cell();

    // tree_builder_rest.cpp
    outcome in_template();
    outcome after_body();
    outcome in_frameset();
    outcome after_frameset();
    outcome after_after_body();
    outcome after_after_frameset();
    void insert_white_space_of(span text);

    // tree_builder_foreign.cpp
    [[nodiscard]] bool is_foreign() const noexcept {
        return !open_.is_empty() && open_.top().space != name_space::html && goes_by_foreign_rules();
    }
    [[nodiscard]] bool goes_by_foreign_rules() const noexcept;
    outcome in_foreign_content();
    outcome end_in_foreign_content();
    outcome leave_foreign_content();
    [[nodiscard]] bool is_html_annotation(const open_element& e) const noexcept;
    void start_foreign(name_space in);

    tree& tree_;
    read_budget& budget_;
    tokenizer tokenizer_;
    token* token_ = nullptr;
    mode mode_    = mode::initial;
    mode before_text_{};  // the standard's "original insertion mode"
    open_elements open_;
    formatting_list formatting_;
    std::vector<mode> template_modes_;
    growing_array<pending_text> table_text_;
    node_id head_         = none;
    node_id form_         = none;
    bool is_frameset_ok_  = true;
    bool is_quirky_       = false;
    bool fosters_         = false;
    bool skips_line_feed_ = false;
    bool is_stopped_      = false;
};

}  // namespace forage::detail::dom
