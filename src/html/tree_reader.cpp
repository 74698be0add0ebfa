#include "html/tree_reader.hpp"

#include "html/concealment.hpp"
#include "html/display.hpp"
#include "html/formula.hpp"
#include "html/hidden_tally.hpp"
#include "html/main_content.hpp"
#include "html/obstacle.hpp"
#include "html/page_builder.hpp"
#include "html/page_metadata.hpp"
#include "html/page_signs.hpp"
#include "html/tree_cursor.hpp"

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace forage::detail {
namespace {

using dom::name;
using dom::node_id;
using dom::node_kind;

constexpr unsigned nodes_between_looks = 64;  // a few microseconds

/// How elements are laid out, by the numbers of their names.
const std::array<tag, dom::known_names>& layouts() {
    static const auto table = [] {
        std::array<tag, dom::known_names> t{};
        for (std::size_t i = 1; i < t.size(); ++i) t[i] = tag_for_name(dom::text_of(static_cast<name>(i)));
        return t;
    }();
    return table;
}

class walker {
public:
    walker(const dom::tree& document, const main_content& main, read_budget& budget, page_builder& page)
        : tree_{document}, main_{main}, layouts_{layouts()}, budget_{budget}, page_{page} {
        is_main_ = main_.is_whole();
        page_.set_main(is_main_, false);
    }

    /// The scripts of JSON-LD.
    [[nodiscard]] std::span<const std::string_view> json_ld() const noexcept { return json_ld_; }

    bool walk() {
        dom::tree_cursor at{tree_, dom::tree::document};
        while (at.node() != dom::none) {
            if (is_spent()) return false;
            if (at.is_leaving()) {
                page_.leave();
                if (!turns_.empty() && turns_.back() == at.node()) turn_back();
                at.skip();
            } else if (enter(at.node())) {
                at.descend();
            } else {
                at.skip();
            }
        }
        return !is_over();
    }

    [[nodiscard]] hidden_text take_hidden(std::size_t invisible_characters) {
        return hidden_.take(invisible_characters);
    }

private:
    [[nodiscard]] bool is_spent() { return ++steps_ % nodes_between_looks == 0 && is_over(); }
    [[nodiscard]] bool is_over() { return budget_.is_spent() || !page_.has_room(); }

    /// Tells the page of a node. True: what is inside is wanted, and the end as well.
    bool enter(node_id n) {
        page_.at(tree_[n].source);
        switch (tree_[n].kind()) {
        case node_kind::text: page_.text(tree_.text(n)); return false;
        case node_kind::element: return enter_element(n);
        case node_kind::comment: hidden_.see_comment(tree_.text(n)); return false;
        default: return false;  // what is in templates is no part of the page
        }
    }

    bool enter_element(node_id n) {
        if (tree_.is(n, name::script)) note_json_ld(n);
        const auto e = view(n);
        if (const auto* drawn = e.find("class"); drawn != nullptr && draws_formula(tree_, n, drawn->value))
            return false;
        const bool turns = main_.turns_at(n, is_main_);
        if (turns) turn(n);
        const bool is_unveiled = main_.unveils(n);
        const bool goes_in     = page_.enter(e, is_unveiled);
        if (e.concealed != concealment::none && !is_unveiled) hidden_.see(tree_, n, e.concealed);
        if (turns && !goes_in) turn_back();
        return goes_in;
    }

    void note_json_ld(node_id script) {
        constexpr std::size_t most = 32;
        if (json_ld_.size() < most && is_json_ld(tree_, script)) json_ld_.push_back(tree_.first_text(script));
    }

    /// As the page builder lays it out, for which a button is a part of its line.
    bool is_block(node_id n) const {
        const auto layout = layouts_[dom::known_index(tree_[n].name())];
        return layout != tag::inline_ && layout != tag::button;
    }

    void turn(node_id n) {
        turns_.push_back(n);
        is_main_ = !is_main_;
        page_.set_main(is_main_, is_block(n));
    }
    void turn_back() {
        const auto n = turns_.back();
        turns_.pop_back();
        is_main_ = !is_main_;
        page_.set_main(is_main_, is_block(n));
    }

    element view(node_id n) {
        const auto& node = tree_[n];
        element e;
        e.name    = layouts_[dom::known_index(node.name())];
        e.foreign = node.space() != dom::name_space::html;
        attributes_.clear();
        bool may_conceal = node.name() == name::dialog;
        for (const auto* a = tree_.attributes_of(n); a != nullptr; a = a->next()) {
            attributes_.push_back({tree_.names.text(a->name()), tree_.text(a->value)});
            may_conceal = may_conceal || dom::may_conceal(a->name());
        }
        e.attributes = attributes_;
        if (may_conceal) e.concealed = dom::concealment_of(tree_, n);
        if (e.name == tag::table && !e.foreign) e.table = shape_of(n);
        if (e.name == tag::ol && e.find("reversed") != nullptr) count_down(n, e);
        if (tree_.is(n, name::math, dom::name_space::mathml) || tree_.is(n, name::script)) e.tex = tex_of(tree_, n);
        return e;
    }

    table_shape shape_of(node_id table) {
        table_survey survey;
        for (dom::tree_cursor at{tree_, table}; at.node() != dom::none;) {
            if (is_spent()) return {};
            const auto n = at.node();
            if (at.is_leaving() || tree_[n].kind() != node_kind::element) {
                at.skip();
                continue;
            }
            if (!survey.see(layouts_[dom::known_index(tree_[n].name())], span_of(n))) return {};
            at.descend();
        }
        return survey.shape();
    }

    /// Each child of a list is looked at once more at most.
    void count_down(node_id list, element& e) const {
        e.counts_down = true;
        for (auto child = tree_.first_child(list); child != dom::none; child = tree_[child].next) {
            if (tree_.is(child, name::li)) ++e.items;
        }
    }

    cell_span span_of(node_id cell) const {
        const auto columns = tree_.value_of(cell, name::colspan), rows = tree_.value_of(cell, name::rowspan);
        return columns || rows ? span_of_cell(columns.value_or(""), rows.value_or("")) : cell_span{};
    }

    const dom::tree& tree_;
    const main_content& main_;
    std::vector<node_id> turns_;  // open elements at which main content begins or is interrupted
    bool is_main_ = false;
    const std::array<tag, dom::known_names>& layouts_;
    read_budget& budget_;
    page_builder& page_;
    hidden_tally hidden_;
    std::vector<attribute> attributes_;
    std::vector<std::string_view> json_ld_;
    unsigned steps_ = 0;
};

bool add_metadata(
    const dom::tree& document,
    const main_content& main,
    std::span<const std::string_view> scripts,
    page_builder& page,
    read_budget& budget,
    page_content& into
) try {
    const auto json_ld = read_json_ld(scripts, budget);
    const auto credits = [&] { return read_credits(document, main.credits(), order_in(into.language)); };
    fill_metadata({page.head(), json_ld, credits, page.resolver()}, into);
    // Bounded as it is, it must fit beside what else was read.
    const auto size = memory_of(into.metadata);
    if (!budget.take(size)) return false;
    budget.give_back(size);
    return !budget.is_spent();
} catch (const budget_spent&) {
    return false;
}

}  // namespace

void find_base(const dom::tree& document, link_resolver& links) {
    if (!document.has_base) return;
    dom::each_element(document, name::base, [&](node_id n) {
        const auto href = document.value_of(n, name::href);
        if (href) links.set_base(*href);
        return href.has_value();
    });
}

std::optional<page_content> read_tree(const dom::tree& document, const read_options& options, read_budget& budget) {
    for (const auto fallback : {page_builder::noscript::left_out, page_builder::noscript::shown}) {
        const auto main = find_main_content(document, options.mode, fallback == page_builder::noscript::shown, budget);
        if (!main) return std::nullopt;
        page_builder page{options, budget, fallback};
        find_base(document, page.resolver());
        walker reader{document, *main, budget, page};
        if (!reader.walk()) return std::nullopt;
        if (page.needs_noscript()) continue;
        auto content                  = page.finish(document.source().size());
        content.obstacle              = find_obstacle(document, content, main->is_paid(), budget);
        content.hidden                = reader.take_hidden(page.invisible_characters());
        content.hidden.unveiled       = main->has_unveiled();
        content.extraction            = main->extent();
        content.extraction_confidence = main->confidence();
        if (options.metadata && !add_metadata(document, *main, reader.json_ld(), page, budget, content))
            return std::nullopt;
        return content;
    }
    return std::nullopt;  // never: a builder that was shown all needs no more
}

}  // namespace forage::detail
