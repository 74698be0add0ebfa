// Both pages in one pass. HTML: div.result > a.result__a, .result__snippet; advertisements are div.result--ad. Lite:
// a.result-link and td.result-snippet in rows of a table; advertisements in rows of class result-sponsored.
#include "search/duckduckgo_page.hpp"

#include "search/entities.hpp"
#include "search/tag_scanner.hpp"

#include <forage/url.hpp>

#include <cstddef>

namespace forage::detail {
namespace {

constexpr std::size_t max_entries    = 200;
constexpr std::size_t max_forms      = 10;
constexpr std::size_t max_fields     = 50;
constexpr std::size_t max_text_bytes = 8 * 1024;

class page_reader {
public:
    duckduckgo_page read(std::string_view html) {
        tag_scanner scanner{html};
        for (auto token = scanner.next(); token.what != page_token::kind::end_of_page; token = scanner.next()) {
            switch (token.what) {
            case page_token::kind::start_tag: start(token); break;
            case page_token::kind::end_tag: end(token); break;
            default:
                if (collecting_ != nullptr && collecting_->size() < max_text_bytes)
                    *collecting_ += decode_entities(token.text);
            }
        }
        close_form();
        return std::move(page_);
    }

private:
    void start(const page_token& tag) {
        note_marks(tag);
        if (tag.name == "form") {
            close_form();
            in_form_ = true;
        } else if (tag.name == "input") {
            add_field(tag);
        } else if (tag.name == "br" && collecting_ != nullptr) {
            *collecting_ += ' ';
        }
        if (collecting_ != nullptr) {
            if (tag.name == collected_tag_) ++nesting_;
            // A link inside a link ends the outer one, as browsers have it.
            if (tag.name != "a" || collected_tag_ != "a") return;
            collecting_ = nullptr;
        }
        if (tag.name == "div" && tag.has_class("result")) {
            is_ad_ = tag.has_class("result--ad");
        } else if (tag.name == "tr") {
            is_ad_ = tag.has_class("result-sponsored");
        } else if (tag.name == "a" && (tag.has_class("result__a") || tag.has_class("result-link"))) {
            begin_entry(tag);
        } else if (tag.has_class("result__snippet") || tag.has_class("result-snippet")) {
            if (!page_.entries.empty() && page_.entries.back().snippet.empty() && !full_)
                collect(page_.entries.back().snippet, tag.name);
        }
    }

    void end(const page_token& tag) {
        if (tag.name == "form") close_form();
        if (collecting_ == nullptr || tag.name != collected_tag_) return;
        if (--nesting_ == 0) collecting_ = nullptr;
    }

    void begin_entry(const page_token& tag) {
        full_ = page_.entries.size() >= max_entries;
        if (full_) return;
        page_.entries.emplace_back();
        page_.entries.back().href  = tag.attribute("href");
        page_.entries.back().is_ad = is_ad_;
        collect(page_.entries.back().title, tag.name);
    }

    // `into` stays where it is: no entry is added while one is being collected.
    void collect(std::string& into, const std::string& tag) {
        collecting_    = &into;
        collected_tag_ = tag;
        nesting_       = 1;
    }

    void note_marks(const page_token& tag) {
        if (tag.has_class_with_prefix("anomaly-modal")) page_.has_challenge_marks = true;
        if (tag.name == "form" && tag.attribute("action").find("/anomaly.js") != std::string::npos)
            page_.has_challenge_marks = true;
        if (tag.has_class_with_prefix("no-result") || tag.has_class_with_prefix("result--no-result"))
            page_.says_no_results = true;
        if (tag.attribute("id") == "links" || tag.has_class("serp__results")) page_.has_result_container = true;
    }

    void add_field(const page_token& tag) {
        if (!in_form_ || form_.size() >= max_fields) return;
        auto name = tag.attribute("name");
        if (name.empty() || tag.attribute("type") != "hidden") return;
        form_.emplace_back(std::move(name), tag.attribute("value"));
    }

    void close_form() {
        bool pages = false;
        for (const auto& [name, value] : form_) pages = pages || name == "s";
        if (pages && page_.forms.size() < max_forms) page_.forms.push_back(std::move(form_));
        form_.clear();
        in_form_ = false;
    }

    duckduckgo_page page_;
    form_fields form_;
    bool in_form_            = false;
    bool is_ad_              = false;
    bool full_               = false;
    std::string* collecting_ = nullptr;
    std::string collected_tag_;
    int nesting_ = 0;
};

bool is_duckduckgo(std::string_view host) noexcept {
    return host == "duckduckgo.com" || host.ends_with(".duckduckgo.com");
}

}  // namespace

duckduckgo_page read_duckduckgo_page(std::string_view html) { return page_reader{}.read(html); }

std::optional<std::string> unwrap_duckduckgo_link(std::string_view href) {
    static const auto base = url::parse("https://html.duckduckgo.com/html/");
    auto link              = url::parse(href, base ? &*base : nullptr);
    if (!link) return std::nullopt;
    if (is_duckduckgo(link->host()) && (link->path() == "/l/" || link->path() == "/l")) {
        const auto target = form_value(link->query(), "uddg");
        if (!target) return std::nullopt;
        link = url::parse(*target);
        if (!link) return std::nullopt;
    }
    if (is_duckduckgo(link->host()) && link->path() == "/y.js") return std::nullopt;
    return link->text();
}

}  // namespace forage::detail
