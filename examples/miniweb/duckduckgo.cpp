// DuckDuckGo's HTML page: results behind redirect links, advertisements among them, the next page as a form to post,
// a pseudo-result after the last page, and a challenge with status 202 for whoever asks too fast.
#include "engines.hpp"
#include "form.hpp"
#include "http_text.hpp"
#include "marked_text.hpp"

#include <array>
#include <ctime>

namespace miniweb {

namespace {

constexpr std::size_t page_size     = 10;
constexpr std::size_t longest_query = 499;

response as_html(int status, std::string body) { return {status, "text/html; charset=UTF-8", std::move(body)}; }

/// The token a follow-up request has to bring along; it belongs to the query.
std::string token_for(std::string_view query) {
    std::string digits = std::to_string(digest(query)) + std::to_string(digest(query, 1));
    digits.resize(39, '0');
    return "4-" + digits;
}

std::string redirect_link(std::string_view url) {
    std::string rut;
    for (std::uint64_t part = 0; part < 4; ++part) rut += hex(digest(url, part + 1));
    return "//duckduckgo.com/l/?uddg=" + percent_encode(url, "._") + "&amp;rut=" + rut;
}

std::string page_begin(std::string_view query) {
    const std::string shown = escape_html(query);
    std::string page        = R"(<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml"><head>
  <meta http-equiv="content-type" content="text/html; charset=UTF-8">
  <meta name="robots" content="noindex, nofollow">
  <title>)";
    page += shown + R"( at DuckDuckGo</title>
</head>
<body class="body--html">
  <a name="top" id="top"></a>
  <form action="/html/" method="post">
    <input type="text" name="state_hidden" id="state_hidden">
  </form>
  <div id="header" class="header cw header--html">
    <a title="DuckDuckGo" href="/html/" class="header__logo-wrap"></a>
    <form name="x" class="header__form" action="/html/" method="post">
      <input name="q" autocomplete="off" class="search__input" type="text" value=")";
    page += shown + R"(">
      <input name="b" class="search__button search__button--html" value="" title="Search" type="submit">
      <select name="kl"><option value="">All Regions</option><option value="us-en">US (English)</option></select>
      <select name="df"><option value="" selected="">Any Time</option><option value="d">Past Day</option></select>
    </form>
  </div>
  <div class="serp__results">
    <div id="links" class="results">
)";
    return page;
}

constexpr std::string_view page_end = R"(
      <div class="feedback-btn"><a rel="nofollow" href="//duckduckgo.com/feedback.html" target="_new">Feedback</a></div>
    </div>
  </div>
  <div id="bottom_spacing2"></div>
</body></html>
)";

/// Everything of a result that must be HTML already.
struct result_block {
    std::string_view extra_class;
    std::string link, title, shown_url, date, snippet;
};

std::string block(const result_block& r) {
    std::string html =
        "      <div class=\"result results_links results_links_deep " + std::string{r.extra_class} + " \">\n";
    html += "        <div class=\"links_main links_deep result__body\">\n          <h2 class=\"result__title\">\n";
    html += "            <a rel=\"nofollow\" class=\"result__a\" href=\"" + r.link + "\">" + r.title +
            "</a>\n          </h2>\n";
    html += "          <div class=\"result__extras\"><div class=\"result__extras__url\">\n";
    html += "            <a class=\"result__url\" href=\"" + r.link + "\">\n              " + r.shown_url +
            "\n            </a>\n";
    if (!r.date.empty()) html += "            <span>    " + r.date + "</span>\n";
    html += "          </div></div>\n";
    html += "          <a class=\"result__snippet\" href=\"" + r.link + "\">" + r.snippet + "</a>\n";
    return html + "          <div class=\"clear\"></div>\n        </div>\n      </div>\n";
}

std::string date_text(std::int64_t unix_seconds) {
    const auto seconds = static_cast<std::time_t>(unix_seconds);
    std::tm t{};
    std::array<char, 64> text{};
    if (gmtime_r(&seconds, &t) == nullptr) return {};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT00:00:00.0000000", &t);
    return text.data();
}

std::string result(const engine& duckduckgo, const hit& h) {
    const text_style bold{.html = true, .before = "<b>", .after = "</b>"};
    const std::string url = duckduckgo.url_of(h);
    return block(
        {"web-result",
         redirect_link(url),
         render(h.title, {.html = true}),
         escape_html(h.host + duckduckgo.page_port + h.path),
         date_text(h.modified),
         render(h.snippet, bold)}
    );
}

std::string advertisement(std::string_view query) {
    const std::string link =
        "https://duckduckgo.com/y.js?ad_domain=shop.test&amp;ad_provider=bingv7aa&amp;ad_type=txad&amp;u3=" +
        percent_encode("https://www.bing.com/aclick?ld=" + hex(digest(query)), "._");
    return block(
        {"result--ad",
         link,
         "Everything about " + escape_html(query) + " - Shop",
         "shop.test",
         {},
         "Great prices. An advertisement: no result of the search. <span class=\"badge--ad\">Ad</span>"}
    );
}

std::string end_of_results(std::string_view query) {
    return block(
        {"web-result",
         "http://www.google.com/search?hl=en&amp;q=" + percent_encode(query, "._"),
         "EOF",
         "google.com search",
         {},
         {}}
    );
}

/// A form that asks for another page: everything in hidden fields.
std::string page_form(std::string_view label, const std::string& query, std::size_t from) {
    const std::string s = std::to_string(from);
    const std::array<std::pair<std::string_view, std::string>, 9> fields{
        {{"q", escape_html(query)},
         {"s", s},
         {"nextParams", {}},
         {"v", "l"},
         {"o", "json"},
         {"dc", s},
         {"api", "d.js"},
         {"vqd", token_for(query)},
         {"kl", "wt-wt"}}
    };
    std::string html = "      <div class=\"nav-link\">\n        <form action=\"/html/\" method=\"post\">\n";
    html += "          <input type=\"submit\" class=\"btn btn--alt\" value=\"" + std::string{label} + "\">\n";
    for (const auto& [name, value] : fields)
        html += "          <input type=\"hidden\" name=\"" + std::string{name} + "\" value=\"" + value + "\">\n";
    return html + "        </form>\n      </div>\n";
}

/// Comes with 202, and echoes the query: who looks for words in it is fooled.
std::string challenge_page(std::string_view query) {
    const std::string action =
        "//duckduckgo.com/anomaly.js?sv=html&amp;cc=botnet&amp;st=1785024153&amp;gk=" + hex(digest(query)) +
        "&amp;q=" + escape_html(query);
    std::string page = R"(<!DOCTYPE html>
<html lang="en"><head>
  <link rel="canonical" href="https://duckduckgo.com/">
  <meta http-equiv="content-type" content="text/html; charset=UTF-8">
  <title>
    DuckDuckGo
  </title>
</head>
<body>
  <form id="img-form" action=")";
    page += action + R"(" target="ifr" method="POST"></form>
  <form id="challenge-form" action=")";
    page += action + R"(" method="POST">
    <div class="anomaly-modal__mask"><div class="anomaly-modal__modal" data-testid="anomaly-modal">
      <div class="anomaly-modal__title">Unfortunately, bots use DuckDuckGo too.</div>
      <div class="anomaly-modal__description">Please show that this search was made by a human.</div>
      <div class="anomaly-modal__instructions">Select all squares containing a duck:</div>
      <div class="anomaly-modal__puzzle">
)";
    for (std::uint64_t tile = 0; tile < 9; ++tile) {
        const std::string id = hex(digest(query, tile)) + hex(digest(query, tile + 9));
        page += "        <div class=\"anomaly-modal__box\"><input type=\"checkbox\" class=\"anomaly-modal__check\" "
                "name=\"image-check_" +
                id + "\"></div>\n";
    }
    return page + "      </div>\n    </div></div>\n  </form>\n</body></html>\n";
}

std::string results_page(engine& duckduckgo, const std::string& query, std::size_t from) {
    std::string page = page_begin(query);
    answer found;
    if (query.size() <= longest_query) found = duckduckgo.pages.find(query, from, page_size);
    if (found.total == 0) {
        if (!query.empty())
            page += "      <div class=\"no-results\">No results found for <b>" + escape_html(query) + "</b>.</div>\n";
        return page.append(page_end);
    }
    if (from == 0) page += advertisement(query);
    for (const auto& h : found.hits) page += result(duckduckgo, h);
    if (found.hits.empty()) page += end_of_results(query);
    if (from != 0) page += page_form("Previous", query, from > page_size ? from - page_size : 0);
    // Offered after the last hit too: the page past the end says so by its pseudo-result.
    if (!found.hits.empty()) page += page_form("Next", query, from + page_size);
    return page.append(page_end);
}

}  // namespace

response answer_duckduckgo(const request& asked, engine& duckduckgo) {
    if (asked.method != "GET" && asked.method != "POST" && asked.method != "HEAD") {
        response refused{405, "text/plain", "GET or POST\n"};
        refused.fields.add("Allow", "GET, HEAD, POST");
        return refused;
    }
    const form parameters{
        asked.method == "POST" ? std::string_view{asked.body} : std::string_view{split(asked.target).query}
    };
    const std::string query = clean_text(parameters.value("q"));
    const bool too_much     = duckduckgo.limits.take() != allowance::verdict::granted;
    const auto from         = parameters.integer("s", 0);
    const bool first        = !from || *from <= 0;
    // A later page is for those who come from an earlier one.
    const bool out_of_nowhere = !first && parameters.value("vqd") != token_for(query);
    if (duckduckgo.ask_for_humans || too_much || out_of_nowhere) return as_html(202, challenge_page(query));
    return as_html(200, results_page(duckduckgo, query, first ? 0 : static_cast<std::size_t>(*from)));
}

}  // namespace miniweb
