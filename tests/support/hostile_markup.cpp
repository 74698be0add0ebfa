#include "support/hostile_markup.hpp"

#include <string_view>

namespace forage::testing {
namespace {

using maker = std::function<std::string(std::size_t)>;

std::string filled(std::string begin, std::string_view text, std::size_t size) {
    begin.reserve(size + text.size());
    while (begin.size() < size) begin += text;
    return begin;
}

maker all(std::string_view text) {
    return [text](std::size_t size) { return filled({}, text, size); };
}
maker behind(std::string_view begin, std::string_view text) {
    return [begin, text](std::size_t size) { return filled(std::string{begin}, text, size); };
}
maker between(std::string_view begin, std::string_view text, std::string_view end) {
    return [=](std::size_t size) { return filled(std::string{begin}, text, size).append(end); };
}
/// The first half opens, the second closes.
maker halves(std::string_view opening, std::string_view closing) {
    return [=](std::size_t size) { return filled(filled({}, opening, size / 2), closing, size); };
}
/// `begin`, then `before` and a number and `after` over and over.
maker numbered(std::string_view begin, std::string_view before, std::string_view after, std::string_view end) {
    return [=](std::size_t size) {
        std::string text{begin};
        for (std::size_t i = 0; text.size() < size; ++i) text.append(before).append(std::to_string(i)).append(after);
        return text.append(end);
    };
}

}  // namespace

std::string exploding_formatting(std::size_t size) {
    return filled(numbered("<p>", "<b a", ">", "")(size / 2), "</p><p>x", size);
}

std::string ordinary_page(std::size_t size) {
    std::string page = "<!doctype html><html lang=en><head><meta charset=utf-8><title>An ordinary page</title>"
                       "<link rel=stylesheet href=/style.css><script>window.x = {a: 1 < 2};</script></head><body>";
    for (std::size_t i = 0; page.size() < size; ++i) {
        const auto number = std::to_string(i);
        page +=
            "<section class=\"part wide\" id=\"s" + number + "\">\n  <h2>Part " + number +
            " &amp; what is in it</h2>\n  <p>Some words that are read by somebody, <a href=\"/page/" + number +
            "?from=here&amp;to=there\">a link with text</a>, and more of them until the line is as long as lines of "
            "paragraphs are; then it ends &ndash; with <em>emphasis</em>.</p>\n"
            "  <ul class=\"list\">\n    <li>One thing</li>\n    <li><a href=\"/two\">Another</a></li>\n  </ul>\n"
            "  <div class=\"row\"><img src=\"/i/" +
            number +
            ".jpg\" alt=\"A picture\" width=\"640\" height=\"480\"><span>Caption</span></div>\n"
            "  <table><tr><th>Name</th><td>Value</td></tr><tr><th>Size</th><td>" +
            number +
            "</td></tr></table>\n"
            "  <p>A second paragraph, which is shorter.<br>It has two lines.</p>\n</section>\n";
    }
    return page + "</body></html>";
}

const std::vector<hostile_markup>& hostile_markup_of_all_kinds() {
    static const std::vector<hostile_markup> kinds{
        {"nested div", all("<div>")},
        {"nested div, closed", halves("<div>", "</div>")},
        {"nested b", all("<b>")},
        {"nested b, closed", halves("<b>", "</b>")},
        {"nested table", all("<table>")},
        {"nested table cells", all("<table><td>")},
        {"nested a", all("<a>")},
        {"nested a with text", all("<a href=x>y")},
        {"nested font", all("<font>")},
        {"nested font, differing", numbered("", "<font color=", ">", "")},
        {"nested svg", all("<svg>")},
        {"nested math", all("<math>")},
        {"nested template", all("<template>")},
        {"nested template rows", all("<template><tr><td>")},
        {"nested frameset", all("<frameset>")},
        {"nested select", all("<select><option>")},
        {"options in options", behind("<select>", "<option>")},
        {"nested button", all("<button>")},
        {"nested object", all("<a href=x><object>y")},
        {"forms that end early", all("<form><div></form>")},
        {"nested li", all("<li>")},
        {"nested lists", all("<ul><li>")},
        {"nested dd", all("<dl><dd>")},
        {"nested p in b", all("<b><p>")},
        {"nested i in p", all("<p><i>")},
        {"nested nobr", all("<nobr>")},
        {"nested ruby", all("<ruby><rt>")},
        {"nested foreign text", all("<svg><desc>")},
        {"nested custom elements", all("<x-y>")},
        {"custom elements, differing", numbered("", "<x-", ">", "")},
        {"end tags of nothing", behind("<div>", "</x></b></p></table>")},
        {"end tags below 500 levels",
         [](std::size_t size) { return filled(filled({}, "<div><b>", 4000), "</i></x>", size); }},
        {"adopted over and over", all("<b><div></b>")},
        {"adopted from the deep", halves("<b><i><u><div>", "</b></i></u></div>")},
        {"misnested a", all("<a><div></a>x")},
        {"text in tables", all("<table>a<tr>b")},
        {"text in one table", behind("<table>", "a<tr>b")},
        {"text and NUL in one table", behind("<table>", std::string_view{"a\0", 2})},
        {"formatting in one table", behind("<table>", "<b>x<tr>")},
        {"huge colspan", behind("<table><tr>", "<td colspan=99999999 rowspan=99999999>")},
        {"unclosed attribute", all("<a href=\"")},
        {"unclosed attributes", all("<a b='c\" d=\"e' ")},
        {"unclosed tag", behind("<p", " a")},
        {"attributes, all distinct", numbered("<p", " a", "=x", ">x")},
        {"attributes, all the same", between("<p", " a=x", ">x")},
        {"attributes of html, again and again", numbered("", "<html a", "=1>", "")},
        {"attributes of body, many", numbered("<body", " b", "=1", "><body c=1>x")},
        {"slashes in a tag", between("<p", "/ ", ">x")},
        {"&&&&", all("&")},
        {"&a&a", all("&a")},
        {"&amp;", all("&amp;")},
        {"&notit;", all("&notit;")},
        {"&CounterClockwiseContourIntegral", all("&CounterClockwiseContourIntegral")},
        {"letters behind &", behind("&", "a")},
        {"hexadecimal digits", behind("&#x", "F")},
        {"decimal digits", behind("&#", "9")},
        {"&#9;", all("&#9;")},
        {"& in an attribute", between("<p a=\"", "&amp", "\">x")},
        {"NUL", all(std::string_view{"\0", 1})},
        {"NUL in svg", behind("<svg>", std::string_view{"\0a", 2})},
        {"NUL in a script", behind("<script>", std::string_view{"\0a", 2})},
        {"unclosed comment", behind("<!--", "a")},
        {"dashes in a comment", behind("<!--", "-")},
        {"comments in a comment", behind("<!--", "<!-- --!")},
        {"empty comments", all("<!-->")},
        {"unclosed script", behind("<script>", "a")},
        {"scripts in a comment in a script", behind("<script><!--", "<script></script ")},
        {"comments in a script", behind("<script>", "<!---->")},
        {"end tags in a title", behind("<title>", "</titl")},
        {"empty titles", all("<title></title>")},
        {"unclosed cdata", behind("<svg><![CDATA[", "]")},
        {"cdata sections", behind("<svg>", "<![CDATA[x]]>")},
        {"unclosed doctype", behind("<!doctype html public \"", "a")},
        {"doctypes", all("<!doctype a public \"b\" \"c\">")},
        {"</", all("</")},
        {"<", all("<")},
        {"<!", all("<!")},
        {"</>", all("</>")},
        {"carriage returns", all("\r")},
        {"white space in a frameset", behind("<frameset>", "a &amp;")},
        {"white space before the head", all(" \n")},
        {"noscript in the head", behind("<head>", "<noscript>")},
    };
    return kinds;
}

}  // namespace forage::testing
