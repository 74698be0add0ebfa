// The JSON contract of docs/json.md, field by field in its order.
#include "core/json.hpp"
#include "research/json_metadata.hpp"

#include <forage/json.hpp>

#include <array>
#include <chrono>
#include <ctime>
#include <optional>

namespace forage {
namespace {

using detail::json_writer;

double in_milliseconds(std::chrono::microseconds span) { return static_cast<double>(span.count()) / 1000.0; }

// RFC 3339, UTC, whole seconds.
std::string timestamp(std::chrono::system_clock::time_point when) {
    const auto seconds = std::chrono::system_clock::to_time_t(when);
    std::tm utc{};
    std::array<char, 32> text{};
    if (gmtime_r(&seconds, &utc) == nullptr) return {};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

void write(json_writer& out, const error& e) {
    out.begin_object().field("kind", to_string(e.code)).field("message", e.message());
    if (e.where != phase::none) out.field("where", to_string(e.where));
    if (e.http_status != 0) out.field("http_status", e.http_status);
    if (e.retry_at) out.field("retry_at", timestamp(*e.retry_at));
    out.end_object();
}

void write(json_writer& out, const fetch_timing& t) {
    out.begin_object();
    out.field("queue", in_milliseconds(t.queue));
    out.field("robots", in_milliseconds(t.robots));
    out.field("resolve", in_milliseconds(t.resolve));
    out.field("connect", in_milliseconds(t.connect));
    out.field("tls", in_milliseconds(t.tls));
    out.field("first_byte", in_milliseconds(t.first_byte));
    out.field("body", in_milliseconds(t.body));
    out.field("read", in_milliseconds(t.read));
    out.field("total", in_milliseconds(t.total));
    out.field("reused", t.reused);
    out.field("redirects", t.redirects);
    out.field("attempts", t.attempts);
    out.field("address", t.address);
    out.field("bytes_wire", t.bytes_wire);
    out.field("bytes_body", t.bytes_body);
    out.end_object();
}

void write(json_writer& out, const request_record& r) {
    out.begin_object().field("method", r.method).field("url", r.url).field("status", r.status);
    if (r.error) {
        out.key("error");
        write(out, *r.error);
    }
    out.key("timing");
    write(out, r.timing);
    out.end_object();
}

std::string_view name_of(extraction_extent found) {
    switch (found) {
    case extraction_extent::main: return "main";
    case extraction_extent::partial: return "partial";
    case extraction_extent::whole: break;
    }
    return "whole";
}

void write(json_writer& out, const hidden_text& h) {
    out.begin_object().field("unrendered", std::uint64_t{h.unrendered}).field("disguised", std::uint64_t{h.disguised});
    out.field("comments", std::uint64_t{h.comments});
    out.field("invisible_characters", std::uint64_t{h.invisible_characters});
    out.field("unveiled", h.unveiled).field("sample", h.sample).end_object();
}

/// Numbers of 64 bits are not safe in JSON.
std::string hex(std::uint64_t number) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text(16, '0');
    for (auto i = text.size(); i-- > 0; number >>= 4) text[i] = digits[number & 15];
    return text;
}

void write(json_writer& out, const markdown_block& b, std::string_view markdown) {
    out.begin_object().field("begin", std::uint64_t{b.begin}).field("end", std::uint64_t{b.end});
    out.field("source_begin", std::uint64_t{b.source_begin}).field("source_end", std::uint64_t{b.source_end});
    if (b.heading != no_block) out.field("heading", std::uint64_t{b.heading});
    if (b.level != 0) out.field("level", std::uint64_t{b.level});
    out.field("hash", hex(hash_of_words(markdown.substr(b.begin, b.end - b.begin)))).end_object();
}

void write(json_writer& out, const page& p) {
    out.begin_object();
    out.field("url", p.url).field("final_url", p.final_url).field("status", p.status);
    out.field("truncated", p.truncated);
    out.field("title", p.title).field("language", p.language).field("charset", p.charset);
    out.field("description", p.description).field("canonical", p.canonical);
    out.field("text", p.text).field("main_text", p.main_text).field("markdown", p.markdown);
    out.field("extraction", name_of(p.extraction)).field("extraction_confidence", p.extraction_confidence);
    out.field("obstacle", to_string(p.obstacle)).key("hidden");
    write(out, p.hidden);
    out.key("blocks").begin_array();
    for (const auto& each : p.blocks) write(out, each, p.markdown);
    out.end_array().key("links").begin_array();
    for (const auto& each : p.links) {
        out.begin_object().field("url", each.url).field("text", each.text).field("rel", each.rel).end_object();
    }
    out.end_array();
    out.key("code").begin_array();
    for (const auto& each : p.code)
        out.begin_object().field("language", each.language).field("text", each.text).end_object();
    out.end_array();
    out.key("metadata");
    detail::write(out, p.metadata);
    out.key("timing");
    write(out, p.timing);
    out.end_object();
}

void write(json_writer& out, const scrape_failure& f) {
    out.begin_object().field("url", f.url).key("error");
    write(out, f.error);
    out.end_object();
}

void write(json_writer& out, const std::vector<search_attempt>& attempts) {
    out.begin_array();
    for (const auto& each : attempts) {
        out.begin_object();
        out.field("provider", to_string(each.provider)).field("hits", std::uint64_t{each.hits});
        out.field("spent", std::int64_t{each.spent.count()});
        if (each.error) {
            out.key("error");
            write(out, *each.error);
        }
        out.end_object();
    }
    out.end_array();
}

void write(json_writer& out, const std::vector<provider_rank>& ranks) {
    out.key("ranks").begin_array();
    for (const auto& each : ranks)
        out.begin_object().field("provider", to_string(each.provider)).field("rank", each.rank).end_object();
    out.end_array();
}

void write(json_writer& out, const search_results& r) {
    out.begin_object();
    out.key("results").begin_array();
    for (const auto& hit : r.hits) {
        out.begin_object();
        out.field("rank", hit.rank).field("title", hit.title).field("url", hit.url).field("snippet", hit.snippet);
        out.field("provider", to_string(hit.provider));
        write(out, hit.ranks);
        out.end_object();
    }
    out.end_array();
    out.key("attempts");
    write(out, r.attempts);
    out.key("total_estimate");
    if (r.total_estimate) {
        out.value(*r.total_estimate);
    } else {
        out.null();
    }
    out.field("next_page", r.next_page).field("corrected_query", r.corrected_query);
    out.end_object();
}

void write(json_writer& out, std::string_view name, const std::vector<std::string>& all) {
    out.key(name).begin_array();
    for (const auto& each : all) out.value(each);
    out.end_array();
}

void write(json_writer& out, const source& s) {
    out.begin_object().field("number", s.number).field("url", s.url).field("title", s.title);
    out.field("snippet", s.snippet);
    write(out, "authors", s.authors);
    out.field("published", s.published).field("found_on", s.found_on).field("hit_rank", s.hit_rank);
    write(out, s.ranks);
    out.field("fetched", timestamp(s.fetched)).end_object();
}

// The members that passages and code examples have in common.
template <class Cited>
void write_cited(json_writer& out, const Cited& c) {
    out.field("heading", c.heading);
    write(out, "heading_path", c.heading_path);
    out.field("text", c.text).field("score", c.score).field("hash", hex(c.hash));
    out.field("source_begin", std::uint64_t{c.source_begin}).field("source_end", std::uint64_t{c.source_end});
}

void write(json_writer& out, const passage& p) {
    out.begin_object().field("source", p.source);
    write_cited(out, p);
    out.end_object();
}

void write(json_writer& out, const code_example& c) {
    out.begin_object().field("source", c.source).field("language", c.language);
    write_cited(out, c);
    out.end_object();
}

void write(json_writer& out, const endpoint& e) {
    out.begin_object().field("source", e.source).field("method", e.method).field("target", e.target).end_object();
}

void write(json_writer& out, const ledger_entry& e) {
    out.begin_object().field("url", e.url).field("fate", to_string(e.fate));
    if (e.why) {
        out.key("error");
        write(out, *e.why);
    }
    if (!e.duplicate_of.empty()) out.field("duplicate_of", e.duplicate_of);
    out.field("depth", e.depth).field("hit_rank", e.hit_rank).field("found_on", e.found_on);
    out.field("score", e.score).end_object();
}

void write(json_writer& out, const research_stats& s) {
    out.begin_object().field("pages_read", s.pages_read).field("requests", s.requests).field("bytes", s.bytes);
    out.field("urls_considered", std::uint64_t{s.urls_considered});
    out.field("elapsed", std::int64_t{s.elapsed.count()}).end_object();
}

template <class T>
void write_all(json_writer& out, std::string_view name, const std::vector<T>& all) {
    out.key(name).begin_array();
    for (const auto& each : all) write(out, each);
    out.end_array();
}

void write(json_writer& out, const answer_pack& a) {
    out.begin_object().field("question", a.question);
    out.field("ending", to_string(a.ending)).field("partial", a.is_partial()).field("confidence", a.confidence);
    write_all(out, "sources", a.sources);
    write_all(out, "passages", a.passages);
    write_all(out, "code", a.code);
    write_all(out, "endpoints", a.endpoints);
    write_all(out, "ledger", a.ledger);
    out.key("attempts");
    write(out, a.attempts);
    out.key("stats");
    write(out, a.stats);
    out.end_object();
}

template <class T>
std::string text_of(const T& value) {
    json_writer out;
    write(out, value);
    return out.take();
}

}  // namespace

std::string to_json(const page& p) { return text_of(p); }
void to_json(const page& p, function_ref<void(std::string_view)> parts) {
    detail::json_writer out{parts};
    write(out, p);
    parts(out.take());
}

std::string to_json(const scrape_failure& f) { return text_of(f); }
std::string to_json(const search_results& r) { return text_of(r); }
std::string to_json(const answer_pack& a) { return text_of(a); }
std::string to_json(const ledger_entry& e) { return text_of(e); }
std::string to_json(const error& e) { return text_of(e); }
std::string to_json(const request_record& r) { return text_of(r); }

}  // namespace forage
