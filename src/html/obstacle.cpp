#include "html/obstacle.hpp"

#include "html/concealment.hpp"
#include "html/obstacle_title.hpp"
#include "html/page_signs.hpp"
#include "html/tree_cursor.hpp"
#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace forage::detail {
namespace {

using dom::name;
using dom::node_id;
using dom::node_kind;

// Bytes of text. What has more is what it seems.
constexpr std::size_t little_text          = 1'500;
constexpr std::size_t hardly_any           = 300;
constexpr std::size_t little_text_of_title = 600;    // so much may stand under a title that is believed
constexpr std::size_t a_word               = 40;     // "Loading …"
constexpr std::size_t a_beginning          = 2'500;  // of an article that goes on for subscribers
constexpr std::size_t script_prefix        = 4'096;  // of a script, where it says whose it is

/// What the services that check for robots call what they put into their pages, in addresses, ids and scripts.
constexpr auto challenge_marks = std::to_array<std::string_view>({
    "_cf_chl_opt",           // Cloudflare
    "/orchestrate/chl_",     // Cloudflare
    "cf-challenge",          // Cloudflare
    "captcha-delivery.com",  // DataDome
    "px-captcha",            // HUMAN
    "_Incapsula_Resource",   // Imperva
    "AwsWafIntegration",     // AWS
    "awsWafCookieDomainList",
    "ddos-guard/",
    "sucuri_cloudproxy",
    "anubis_challenge",
    "sg-captcha",  // SiteGround
    "bm-verify",   // Akamai
    "/_fs-ch-",    // Fastly
    "/.well-known/vercel/security/",
    "distil_r_captcha",
});

/// Captchas that forms of all kinds have as well.
constexpr auto captchas = std::to_array<std::string_view>({"g-recaptcha", "h-captcha", "cf-turnstile", "captcha-box"});

constexpr auto consent_hosts = std::to_array<std::string_view>(
    {"//consent.", "guce.", "/collectConsent", "privacy-mgmt.com", "/cookie-consent", "/consentCheck"}
);

template <std::size_t Count>
bool contains_any(std::string_view text, const std::array<std::string_view, Count>& marks) noexcept {
    return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) {
        return text.find(mark) != std::string_view::npos;
    });
}

class obstacle_survey {
public:
    explicit obstacle_survey(const dom::tree& document) : tree_{document} {}

    /// False: the budget is spent.
    bool look(read_budget& budget) {
        const auto enter = [this](node_id n) { return tree_[n].kind() == node_kind::element && see(n); };
        return dom::walk_document(tree_, budget, enter, [](node_id) {});
    }

    bool has_challenge = false, has_captcha = false, has_password = false, has_consent_form = false;
    bool has_script    = false;
    std::size_t fields = 0;  // to write text into
    node_id heading    = dom::none;

private:
    /// Whether to look into it.
    bool see(node_id n) {
        if (tree_[n].space() != dom::name_space::html || dom::concealment_of(tree_, n) == concealment::unrendered)
            return false;
        switch (tree_[n].name()) {
        case name::script: see_script(n); return false;
        case name::style:
        case name::template_: return false;
        case name::input: see_input(n); break;
        case name::textarea: ++fields; break;
        case name::h1:
            if (heading == dom::none) heading = n;
            break;
        default: break;
        }
        for (const auto* a = tree_.attributes_of(n); a != nullptr; a = a->next()) {
            const auto value = tree_.text(a->value);
            switch (a->name()) {
            case name::action:
                has_consent_form = has_consent_form || contains_any(value, consent_hosts);
                [[fallthrough]];
            case name::src:
            case name::id: has_challenge = has_challenge || contains_any(value, challenge_marks); break;
            case name::class_: has_captcha = has_captcha || contains_any(value, captchas); break;
            default: break;
            }
        }
        return true;
    }

    void see_script(node_id n) {
        has_script = has_script || tree_.trimmed_value_of(n, name::type).find("json") == std::string_view::npos;
        for (const auto said :
             {tree_.trimmed_value_of(n, name::src), tree_.trimmed_value_of(n, name::id), tree_.first_text(n)})
            has_challenge = has_challenge || contains_any(said.substr(0, script_prefix), challenge_marks);
    }

    void see_input(node_id n) {
        const auto type = tree_.trimmed_value_of(n, name::type);
        if (equals_ignoring_case(type, "password")) has_password = true;
        if (type.empty() || equals_ignoring_case(type, "text") || equals_ignoring_case(type, "email")) ++fields;
    }

    const dom::tree& tree_;
};

/// What title and heading say together; one of them alone is believed of a page with next to no text.
page_obstacle titled(const dom::tree& document, const obstacle_survey& seen, const page_content& read) {
    const auto title = obstacle_titled(read.title), heading = obstacle_titled(document.first_text(seen.heading));
    if (title == heading) return title;
    if (read.text.size() >= little_text_of_title) return page_obstacle::none;
    return title != page_obstacle::none ? title : heading;
}

page_obstacle judge(const dom::tree& document, const obstacle_survey& seen, const page_content& read) {
    const auto called  = titled(document, seen, read);
    const auto size    = read.text.size();
    const bool is_bare = size < little_text_of_title;
    if (called == page_obstacle::challenge || (seen.has_challenge && is_bare)) return page_obstacle::challenge;
    if (seen.has_captcha && is_bare && seen.fields == 0) return page_obstacle::challenge;
    if (called == page_obstacle::consent || (seen.has_consent_form && is_bare)) return page_obstacle::consent;
    const bool is_login = obstacle_titled(read.title) == page_obstacle::login;
    if (seen.has_password && (is_login || size < hardly_any)) return page_obstacle::login;
    if (called == page_obstacle::error_page) return called;
    const bool asks_for_script = find_ignoring_case(read.text, "javascript") != std::string_view::npos;
    if (seen.has_script && (size < a_word || (asks_for_script && size < hardly_any)))
        return page_obstacle::needs_script;
    return page_obstacle::none;
}

}  // namespace

page_obstacle find_obstacle(const dom::tree& document, const page_content& read, bool is_paid, read_budget& budget) {
    if (read.text.size() < little_text) {
        obstacle_survey survey{document};
        if (!survey.look(budget)) return page_obstacle::none;
        const auto found = judge(document, survey, read);
        if (found != page_obstacle::none) return found;
    }
    return is_paid && read.main_text.size() < a_beginning ? page_obstacle::paywall : page_obstacle::none;
}

}  // namespace forage::detail

namespace forage {

std::string_view to_string(page_obstacle found) noexcept {
    switch (found) {
    case page_obstacle::none: break;
    case page_obstacle::challenge: return "challenge";
    case page_obstacle::consent: return "consent";
    case page_obstacle::login: return "login";
    case page_obstacle::error_page: return "error_page";
    case page_obstacle::needs_script: return "needs_script";
    case page_obstacle::paywall: return "paywall";
    }
    return "none";
}

}  // namespace forage
