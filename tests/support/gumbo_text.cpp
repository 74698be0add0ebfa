#include "support/gumbo_text.hpp"

#include "html/foreign_names.hpp"

#include <gumbo.h>
#include <map>
#include <memory>
#include <vector>

namespace forage::testing {
namespace {

using detail::dom::name_space;

void line(std::string& out, std::size_t level, std::string_view text) {
    out += "| ";
    out.append(2 * level, ' ');
    out += text;
    out += '\n';
}

/// The numbers of the enumeration are no secret: html, svg, mathml in both.
name_space space_of(const GumboElement& e) {
    switch (e.tag_namespace) {
    case GUMBO_NAMESPACE_SVG: return name_space::svg;
    case GUMBO_NAMESPACE_MATHML: return name_space::mathml;
    default: return name_space::html;
    }
}

std::string name_of(const GumboElement& e) {
    if (e.tag != GUMBO_TAG_UNKNOWN) {
        return std::string{detail::dom::element_name_in(space_of(e), gumbo_normalized_tagname(e.tag))};
    }
    GumboStringPiece piece = e.original_tag;
    gumbo_tag_from_original_text(&piece);
    std::string lower{piece.data, piece.length};
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return std::string{detail::dom::element_name_in(space_of(e), lower)};
}

void print_element(std::string& out, const GumboElement& e, std::size_t level) {
    constexpr const char* prefixes[] = {"", "svg ", "math "};
    line(out, level, '<' + (prefixes[static_cast<std::size_t>(space_of(e))] + name_of(e)) + '>');
    std::map<std::string, std::string> sorted;
    for (unsigned i = 0; i < e.attributes.length; ++i) {
        const auto& a    = *static_cast<const GumboAttribute*>(e.attributes.data[i]);
        std::string name = a.name;
        if (a.attr_namespace == GUMBO_ATTR_NAMESPACE_XLINK) name = "xlink " + name;
        if (a.attr_namespace == GUMBO_ATTR_NAMESPACE_XML) name = "xml " + name;
        if (a.attr_namespace == GUMBO_ATTR_NAMESPACE_XMLNS) name = "xmlns " + name;
        sorted.emplace(name, a.value);
    }
    for (const auto& [name, value] : sorted) line(out, level + 1, name + "=\"" + value + '"');
}

class printer {
public:
    std::string print(const GumboNode& document) {
        const auto& type = document.v.document;
        if (type.has_doctype) {
            std::string text = "<!DOCTYPE " + std::string{type.name};
            if (*type.public_identifier != '\0' || *type.system_identifier != '\0') {
                text += std::string{" \""} + type.public_identifier + "\" \"" + type.system_identifier + '"';
            }
            doctype_ = text + '>';
        }
        print_children(document.v.document.children, 0);
        flush_text();
        if (!out_.empty()) out_.pop_back();
        return out_;
    }

private:
    struct frame {
        const GumboVector* children;
        unsigned next;
        std::size_t level;
    };

    void flush_text() {
        if (!text_.empty()) line(out_, text_level_, '"' + text_ + '"');
        text_.clear();
    }

    // gumbo keeps white space, text and CDATA sections apart; they are one text.
    void add_text(const char* text, std::size_t level) {
        if (text_level_ != level) flush_text();
        text_ += text;
        text_level_ = level;
    }

    void print_children(const GumboVector& children, std::size_t at_level) {
        std::vector<frame> stack{{&children, 0, at_level}};
        // The doctype is no node: it stands before everything but the comments that came before it, which gumbo puts
        // behind it as well.
        if (!doctype_.empty()) line(out_, 0, doctype_);
        while (!stack.empty()) {
            auto& top = stack.back();
            if (top.next == top.children->length) {
                flush_text();
                stack.pop_back();
                continue;
            }
            const auto& node = *static_cast<const GumboNode*>(top.children->data[top.next++]);
            const auto level = top.level;
            switch (node.type) {
            case GUMBO_NODE_TEXT:
            case GUMBO_NODE_WHITESPACE:
            case GUMBO_NODE_CDATA: add_text(node.v.text.text, level); break;
            case GUMBO_NODE_COMMENT:
                flush_text();
                line(out_, level, "<!-- " + std::string{node.v.text.text} + " -->");
                break;
            case GUMBO_NODE_ELEMENT:
            case GUMBO_NODE_TEMPLATE:
                flush_text();
                print_element(out_, node.v.element, level);
                if (node.type == GUMBO_NODE_TEMPLATE) line(out_, level + 1, "content");
                stack.push_back({&node.v.element.children, 0, level + (node.type == GUMBO_NODE_TEMPLATE ? 2 : 1)});
                break;
            case GUMBO_NODE_DOCUMENT: break;
            }
        }
    }

    std::string out_, text_, doctype_;
    std::size_t text_level_ = 0;
};

}  // namespace

std::string gumbo_text(std::string_view text) {
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors   = 0;
    const auto destroy   = [&](GumboOutput* output) { gumbo_destroy_output(&options, output); };
    const std::unique_ptr<GumboOutput, decltype(destroy)> output{
        gumbo_parse_with_options(&options, text.data(), text.size()), destroy
    };
    return printer{}.print(*output->document);
}

}  // namespace forage::testing
