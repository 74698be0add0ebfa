#include "support/hostile_documents.hpp"

namespace forage::testing {

namespace {

constexpr std::size_t most = 10 * 1024 * 1024;  // client_options::max_body_bytes

std::string filled_behind(std::string begin, std::string_view text) {
    return begin + filled_with(text, most - begin.size());
}

std::string many_attributes() {
    std::string html = "<p";
    for (int i = 0; html.size() + 16 < most; ++i) html += " a" + std::to_string(i) + "=x";
    return html + ">x";
}

std::string containers_around_lines() {
    std::string html;
    for (int i = 0; i < 12; ++i) html += "<ol start=99999999><li>";
    return filled_behind(html + "<pre>", "x\n");
}

std::function<std::string()> all(std::string_view text) {
    return [text] { return filled_with(text, most); };
}
std::function<std::string()> behind(std::string_view begin, std::string_view text) {
    return [begin, text] { return filled_behind(std::string{begin}, text); };
}

constexpr auto as_html = "text/html; charset=utf-8";
constexpr auto as_text = "text/plain; charset=utf-8";

}  // namespace

std::string filled_with(std::string_view text, std::size_t size) {
    std::string out;
    out.reserve(size + text.size());
    while (out.size() < size) out += text;
    out.resize(size);
    return out;
}

std::string formatting_bomb() {
    std::string out = "<p>";
    for (int i = 0; i < 2'000; ++i) out += "<b a" + std::to_string(i) + ">";
    for (int i = 0; i < 2'000; ++i) out += "</p><p>x";
    return out;
}

const std::vector<hostile_document>& hostile_documents() {
    static const std::string long_base = "<base href='http://h/" + std::string(8'000, 'x') + "/'>";
    static const std::vector<hostile_document> documents{
        {"nested div", as_html, all("<div>")},
        {"nested svg", as_html, all("<svg>")},
        {"nested lists", as_html, all("<ul><li>")},
        {"nested links", as_html, all("<a href=x><object>y")},
        {"formatting bomb", as_html, formatting_bomb},
        {"many attributes", as_html, many_attributes},
        {"one attribute", as_html, [] { return "<p title='" + filled_with("x", most - 20) + "'>x"; }},
        {"one description",
         as_html,
         [] { return "<meta name=description content='" + filled_with("x", most - 50) + "'>"; }},
        {"one title", as_html, behind("<title>", "words ")},
        {"one comment", as_html, behind("<!--", "x")},
        {"one text", as_html, all("words ")},
        {"one text to escape", as_html, all("*_`[")},
        {"one code", as_html, behind("<p><code>", "x`y ")},
        {"one pre", as_html, behind("<pre>", "x\"y\n")},
        {"one pre in lists", as_html, containers_around_lines},
        {"tiny elements", as_html, all("<b></b>")},
        {"tiny paragraphs", as_html, all("<p>")},
        {"tiny comments", as_html, all("<!---->")},
        {"tiny pre", as_html, all("<pre>x</pre>")},
        {"links", as_html, all("<a href=/x>y</a>")},
        {"links with a long base", as_html, [] { return filled_behind(long_base, "<a href=y>"); }},
        {"images", as_html, all("<img src=x alt=y>")},
        {"a table", as_html, behind("<table>", "<tr><td>x<td>y")},
        {"entities", as_html, all("&NotEqualTilde;")},
        {"links without scripts", as_html, all("<noscript>x</noscript><a href=y></a>")},
        {"windows-1252 in one text", "text/html; charset=windows-1252", all("\x80")},
        {"windows-1252 in paragraphs", "text/html; charset=windows-1252", all("\x80<p>")},
        {"utf-16", "text/html; charset=utf-16be", all("\x4E\x2D")},
        {"gbk", "text/html; charset=gbk", all("\xC4\xE3")},
        {"iso-8859-5", "text/html; charset=iso-8859-5", all("\xD0 ")},
        {"broken utf-8", as_html, all("\xFF")},
        {"plain words", as_text, all("words and words\n")},
        {"plain quotes", as_text, all("\"")},
        {"plain backticks", as_text, all("`")},
        {"plain lines", as_text, all("\nx\n")},
        {"plain line separators", as_text, all("\xE2\x80\xA8x")},
        {"plain windows-1252", "text/plain; charset=windows-1252", all("\x80")},
        {"plain utf-16", "text/plain; charset=utf-16le", all("\x2D\x4E")},
    };
    return documents;
}

}  // namespace forage::testing
