#include "marked_text.hpp"

#include "index.hpp"

namespace miniweb {

namespace {

void append_escaped(std::string& out, char c) {
    switch (c) {
    case '&': out += "&amp;"; break;
    case '<': out += "&lt;"; break;
    case '>': out += "&gt;"; break;
    case '"': out += "&quot;"; break;
    case '\'': out += "&#39;"; break;
    default: out += c;
    }
}

}  // namespace

std::string render(std::string_view marked, const text_style& style) {
    std::string out;
    std::size_t column = 0;
    for (const char c : marked) {
        if (c == hit_begin)
            out += style.before;
        else if (c == hit_end)
            out += style.after;
        else if (c == hit_cut)
            out += out.empty() ? std::string_view{"... "} : style.cut;
        else if (style.html)
            append_escaped(out, c);
        else
            out += c;
        if (c == hit_begin || c == hit_end || c == hit_cut) continue;
        ++column;
        if (c == ' ' && style.line_width != 0 && column > style.line_width) {
            out += style.newline;
            column = 0;
        }
    }
    return out;
}

std::string escape_html(std::string_view text) {
    std::string out;
    for (const char c : text) append_escaped(out, c);
    return out;
}

}  // namespace miniweb
