// Words around the names of authors, in the languages most pages are in: they tell names from what belongs to them.
#pragma once

#include <array>
#include <string_view>

namespace forage::detail::author_words {

/// What stands before names. In lower case.
inline constexpr auto introductions = std::to_array<std::string_view>({
    "written by",
    "posted by",
    "published by",
    "reported by",
    "story by",
    "words by",
    "article by",
    "created by",
    "reviewed by",
    "authored by",
    "submitted by",
    "edited by",
    "geschrieben von",
    "verfasst von",
    "ein beitrag von",
    "ein artikel von",
    "beitrag von",
    "artikel von",
    "veröffentlicht von",
    "erstellt von",
    "gepostet von",
    "interview von",
    "text von",
    "interview:",
    "interview",
    "autor:",
    "eine analyse von",
    "ein kommentar von",
    "ein gastbeitrag von",
    "gastbeitrag von",
    "écrit par",
    "publié par",
    "rédigé par",
    "propos recueillis par",
    "escrito por",
    "publicado por",
    "redactado por",
    "scritto da",
    "pubblicato da",
    "geschreven door",
    "skrevet af",
    "skriven av",
    "napisane przez",
    "yazan",
    "by",
    "von",
    "par",
    "por",
    "door",
    "autor:in",
    "autorin",
    "autoren",
    "autor",
    "author",
    "authors",
    "auteur",
    "autore",
    "text",
    "texto",
    "texte",
    "redaktion:",
    "автор",
    "von:",
    "foto und text",
    "a cura di",
});

/// What is said behind names, and before dates.
inline constexpr auto trailers = std::to_array<std::string_view>({
    "on",           "am",        "at",     "in",      "um",
    "vom",          "den",       "der",    "le",      "el",
    "il",           "published", "posted", "updated", "veröffentlicht",
    "aktualisiert", "erstellt",  "stand",  "publié",  "publicado",
    "actualizado",  "for",       "für",    "the",     "date",
    "datum",
});

/// Accounts and placeholders that stand for anybody. By their letters.
inline constexpr auto nobody = std::to_array<std::string_view>({
    "admin",     "administrator", "superuser", "publisher", "webmaster", "root",      "author",   "autor",
    "unknown",   "anonymous",     "anonym",    "guest",     "null",      "undefined", "none",     "objectobject",
    "editor",    "user",          "test",      "wordpress", "webadmin",  "siteadmin", "wpadmin",  "adminuser",
    "moderator", "content",       "online",    "default",   "name",      "byline",    "facebook", "twitter",
    "linkedin",  "instagram",     "website",   "pinterest", "email",     "autorin",   "autoren",
});

inline constexpr auto offices = std::to_array<std::string_view>({
    "editor",      "reporter",  "correspondent", "writer",     "journalist",  "contributor",
    "columnist",   "author",    "director",      "producer",   "professor",   "founder",
    "manager",     "ceo",       "staff",         "redakteur",  "redakteurin", "korrespondent",
    "autor",       "autorin",   "chefredakteur", "redactor",   "redactora",   "periodista",
    "journaliste", "rédacteur", "officer",       "specialist", "analyst",     "analystin",
    "president",   "chief",     "senior",        "associate",  "consultant",  "blogger",
});

inline constexpr auto titles = std::to_array<std::string_view>(
    {"phd", "md", "jr", "sr", "msc", "bsc", "ma", "mba", "rd", "rn", "ii", "iii", "esq", "dds", "cfa"}
);

inline constexpr auto companies =
    std::to_array<std::string_view>({"gmbh", "ag", "kg", "inc", "ltd", "llc", "ev", "sa", "corp", "plc", "mbh", "ug"});

/// Words that names of companies, papers and departments have, and names of people have not.
inline constexpr auto institutions = std::to_array<std::string_view>({
    "redaktion",  "redaction",    "redaccion",  "redazione",  "redactie",    "news",          "team",
    "media",      "medien",       "online",     "magazin",    "magazine",    "verlag",        "agency",
    "agencia",    "agence",       "agentur",    "press",      "presse",      "prensa",        "editorial",
    "editors",    "desk",         "service",    "blog",       "digital",     "company",       "group",
    "gruppe",     "verband",      "verein",     "partei",     "party",       "institut",      "institute",
    "university", "universitat",  "foundation", "stiftung",   "sekretariat", "solutions",     "marketing",
    "the",        "zeitung",      "web",        "tv",         "fernsehen",   "radio",         "times",
    "post",       "journal",      "club",       "bund",       "kirche",      "amt",           "deutschland",
    "germany",    "association",  "center",     "centre",     "network",     "studio",        "studios",
    "support",    "pressestelle", "gmbh",       "ag",         "inc",         "llc",           "ltd",
    "archive",    "archiv",       "office",     "federation", "united",      "international", "kreuz",
});

inline constexpr auto particles = std::to_array<std::string_view>({
    "von", "van", "de", "der", "den", "del", "della", "di", "da",  "dos", "du",
    "la",  "le",  "el", "al",  "bin", "ibn", "y",     "zu", "ten", "ter", "v.",
});

}  // namespace forage::detail::author_words
