// Titles are compared without case, punctuation and the site's name: "Error 404 – Page not found | Example" is the two
// parts "error 404", or "404", and "page not found".
#include "html/obstacle_title.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace forage::detail {
namespace {

struct phrase {
    std::string_view words;
    page_obstacle means;
};

constexpr auto phrases = std::to_array<phrase>({
    {"just a moment", page_obstacle::challenge},
    {"one moment please", page_obstacle::challenge},
    {"einen moment", page_obstacle::challenge},
    {"nur einen moment", page_obstacle::challenge},
    {"un instant", page_obstacle::challenge},
    {"un momento", page_obstacle::challenge},
    {"um momento", page_obstacle::challenge},
    {"один момент", page_obstacle::challenge},
    {"请稍候", page_obstacle::challenge},
    {"しばらくお待ちください", page_obstacle::challenge},
    {"attention required", page_obstacle::challenge},
    {"access denied", page_obstacle::challenge},
    {"access to this page has been denied", page_obstacle::challenge},
    {"access to this site has been denied", page_obstacle::challenge},
    {"you have been blocked", page_obstacle::challenge},
    {"request blocked", page_obstacle::challenge},
    {"are you a robot", page_obstacle::challenge},
    {"are you human", page_obstacle::challenge},
    {"robot check", page_obstacle::challenge},
    {"bot check", page_obstacle::challenge},
    {"bot verification", page_obstacle::challenge},
    {"human verification", page_obstacle::challenge},
    {"verify you are human", page_obstacle::challenge},
    {"verifying you are human", page_obstacle::challenge},
    {"making sure you're not a bot", page_obstacle::challenge},
    {"checking your browser", page_obstacle::challenge},
    {"client challenge", page_obstacle::challenge},
    {"security check", page_obstacle::challenge},
    {"security checkpoint", page_obstacle::challenge},
    {"vercel security checkpoint", page_obstacle::challenge},
    {"pardon our interruption", page_obstacle::challenge},
    {"captcha", page_obstacle::challenge},
    {"ddos guard", page_obstacle::challenge},
    {"before you continue", page_obstacle::consent},
    {"before you continue to google", page_obstacle::consent},
    {"before you continue to youtube", page_obstacle::consent},
    {"bevor sie fortfahren", page_obstacle::consent},
    {"avant d'accéder à google", page_obstacle::consent},
    {"antes de continuar", page_obstacle::consent},
    {"prima di continuare", page_obstacle::consent},
    {"log in", page_obstacle::login},
    {"login", page_obstacle::login},
    {"sign in", page_obstacle::login},
    {"sign in or join", page_obstacle::login},
    {"anmelden", page_obstacle::login},
    {"anmeldung", page_obstacle::login},
    {"einloggen", page_obstacle::login},
    {"connexion", page_obstacle::login},
    {"iniciar sesión", page_obstacle::login},
    {"accedi", page_obstacle::login},
    {"entrar", page_obstacle::login},
    {"inloggen", page_obstacle::login},
    {"logga in", page_obstacle::login},
    {"вход", page_obstacle::login},
    {"登录", page_obstacle::login},
    {"ログイン", page_obstacle::login},
    {"not found", page_obstacle::error_page},
    {"page not found", page_obstacle::error_page},
    {"file not found", page_obstacle::error_page},
    {"object not found", page_obstacle::error_page},
    {"nothing found", page_obstacle::error_page},
    {"page no longer available", page_obstacle::error_page},
    {"that page can't be found", page_obstacle::error_page},
    {"this page isn't available", page_obstacle::error_page},
    {"this page could not be found", page_obstacle::error_page},
    {"seite nicht gefunden", page_obstacle::error_page},
    {"nicht gefunden", page_obstacle::error_page},
    {"seite nicht verfügbar", page_obstacle::error_page},
    {"page introuvable", page_obstacle::error_page},
    {"page non trouvée", page_obstacle::error_page},
    {"página no encontrada", page_obstacle::error_page},
    {"página não encontrada", page_obstacle::error_page},
    {"pagina non trovata", page_obstacle::error_page},
    {"pagina niet gevonden", page_obstacle::error_page},
    {"sidan hittades inte", page_obstacle::error_page},
    {"siden blev ikke fundet", page_obstacle::error_page},
    {"nie znaleziono strony", page_obstacle::error_page},
    {"stránka nenalezena", page_obstacle::error_page},
    {"страница не найдена", page_obstacle::error_page},
    {"页面未找到", page_obstacle::error_page},
    {"ページが見つかりません", page_obstacle::error_page},
    {"internal server error", page_obstacle::error_page},
    {"server error", page_obstacle::error_page},
    {"bad gateway", page_obstacle::error_page},
    {"service unavailable", page_obstacle::error_page},
    {"service temporarily unavailable", page_obstacle::error_page},
    {"gateway timeout", page_obstacle::error_page},
    {"gateway time out", page_obstacle::error_page},
    {"too many requests", page_obstacle::challenge},
    {"forbidden", page_obstacle::error_page},
    {"bad request", page_obstacle::error_page},
    {"an error occurred", page_obstacle::error_page},
    {"under maintenance", page_obstacle::error_page},
    {"maintenance mode", page_obstacle::error_page},
    {"account suspended", page_obstacle::error_page},
});

constexpr auto error_codes = std::to_array<std::string_view>({"400", "403", "404", "410", "500", "502", "503", "504"});

bool is_error_code(std::string_view word) noexcept {
    return std::find(error_codes.begin(), error_codes.end(), word) != error_codes.end();
}

/// Nothing but a code, which may be called one.
bool is_error_number(std::string_view part) noexcept {
    for (const std::string_view before : {"error ", "http ", "http error ", "error code ", "fehler ", "erreur "}) {
        if (part.starts_with(before) && is_error_code(part.substr(before.size()))) return true;
    }
    return is_error_code(part) || (part.size() == 9 && is_error_code(part.substr(0, 3)) && part.substr(3) == " error");
}

page_obstacle meaning_of(std::string_view part) {
    if (is_error_number(part)) return page_obstacle::error_page;
    // "404 not found" has both in one.
    if (part.size() > 4 && part[3] == ' ' && is_error_code(part.substr(0, 3))) part.remove_prefix(4);
    const auto found = std::find_if(phrases.begin(), phrases.end(), [&](const phrase& p) { return p.words == part; });
    return found == phrases.end() ? page_obstacle::none : found->means;
}

/// What stands between the parts of a title, and more; apostrophes and letters beyond ASCII belong to words.
bool ends_part(char c) noexcept { return c == '|' || c == ':' || c == '/' || c == '!' || c == '?'; }

}  // namespace

page_obstacle obstacle_titled(std::string_view title) {
    constexpr std::size_t longest = 200;
    if (title.size() > longest) return page_obstacle::none;
    auto means = page_obstacle::none;
    std::string part;
    const auto end_part = [&] {
        while (!part.empty() && part.back() == ' ') part.pop_back();
        if (means == page_obstacle::none) means = meaning_of(part);
        part.clear();
    };
    for (std::size_t i = 0; i < title.size(); ++i) {
        // Dashes, bullets, guillemets and the like: U+2010 to U+203A but for the apostrophe, U+00AB, U+00B7, U+00BB.
        const auto rest = title.substr(i);
        if (rest.starts_with("\u2019")) {
            part += '\'';
            i += 2;
        } else if (rest.starts_with("\u2026")) {
            i += 2;
        } else if (rest.size() >= 3 && rest[0] == '\xE2' && rest[1] == '\x80') {
            end_part();
            i += 2;
        } else if (rest.starts_with("\u00AB") || rest.starts_with("\u00B7") || rest.starts_with("\u00BB")) {
            end_part();
            i += 1;
        } else if (ends_part(title[i]) || rest.starts_with(" - ")) {
            end_part();
        } else if (title[i] == ' ' || title[i] == '-' || title[i] == '.' || title[i] == ',') {
            if (!part.empty() && part.back() != ' ') part += ' ';
        } else {
            part += to_lower(title[i]);
        }
    }
    end_part();
    return means;
}

}  // namespace forage::detail
