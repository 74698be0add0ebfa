#include "support/tree_text.hpp"

#include "html/foreign_names.hpp"

#include <map>
#include <set>
#include <string_view>

namespace forage::testing {
namespace {

using namespace detail::dom;

/// In foreign content some attributes have a name space, which is printed before the name.
std::string shown_attribute(name_space in, std::string_view lower) {
    std::string name{attribute_name_in(in, lower)};
    if (in == name_space::html) return name;
    static const std::set<std::string_view> spaced{
        "xlink:actuate",
        "xlink:arcrole",
        "xlink:href",
        "xlink:role",
        "xlink:show",
        "xlink:title",
        "xlink:type",
        "xml:lang",
        "xml:space",
        "xmlns:xlink",
    };
    if (spaced.contains(name)) {
        name[name.find(':')] = ' ';
    }
    if (name == "xmlns") name = "xmlns xmlns";
    return name;
}

class printer {
public:
    explicit printer(const tree& document) : tree_{document} {}

    std::string print() {
        std::size_t level = 0;
        auto n            = tree_.first_child(tree::document);
        while (n != none) {
            print(n, level);
            if (const auto child = tree_.first_child(n); child != none) {
                n = child;
                ++level;
                continue;
            }
            while (n != none && tree_[n].next == none) {
                n = tree_[n].parent;
                if (n == tree::document) n = none;
                --level;
            }
            if (n != none) n = tree_[n].next;
        }
        if (!out_.empty()) out_.pop_back();
        return out_;
    }

private:
    void line(std::size_t level, std::string_view text) {
        out_ += "| ";
        out_.append(2 * level, ' ');
        out_ += text;
        out_ += '\n';
    }

    void print(node_id n, std::size_t level) {
        switch (tree_[n].kind()) {
        case node_kind::document: break;
        case node_kind::doctype: line(level, doctype_text()); break;
        case node_kind::element: print_element(n, level); break;
        case node_kind::text: line(level, '"' + std::string{tree_.text(n)} + '"'); break;
        case node_kind::comment: line(level, "<!-- " + std::string{tree_.text(n)} + " -->"); break;
        case node_kind::content: line(level, "content"); break;
        }
    }

    std::string doctype_text() const {
        const auto& type = tree_.type();
        auto text        = "<!DOCTYPE " + std::string{tree_.text(type.name)};
        if (type.has_public_id || type.has_system_id) {
            text += " \"" + std::string{tree_.text(type.public_id)} + "\" \"" +
                    std::string{tree_.text(type.system_id)} + '"';
        }
        return text + '>';
    }

    void print_element(node_id n, std::size_t level) {
        const auto in = tree_[n].space();
        std::string text{'<'};
        if (in == name_space::svg) text += "svg ";
        if (in == name_space::mathml) text += "math ";
        text += element_name_in(in, tree_.names.text(tree_[n].name()));
        line(level, text + '>');
        std::map<std::string, std::string_view> sorted;
        for (const auto* a = tree_.attributes_of(n); a != nullptr; ++a) {
            sorted[shown_attribute(in, tree_.names.text(a->name()))] = tree_.text(a->value);
            if (a->is_last()) break;
        }
        for (const auto& [name, value] : sorted) line(level + 1, name + "=\"" + std::string{value} + '"');
    }

    const tree& tree_;
    std::string out_;
};

}  // namespace

std::string tree_text(const detail::dom::tree& document) { return printer{document}.print(); }

}  // namespace forage::testing
