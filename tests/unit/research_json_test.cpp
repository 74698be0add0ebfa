// The JSON contract of docs/json.md, to the letter.
#include <forage/json.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace forage {
namespace {

using namespace std::chrono_literals;

error sample_error() {
    error e{errc::rate_limited, "too fast"};
    e.host        = "google";
    e.where       = phase::first_byte;
    e.http_status = 429;
    e.retry_at = std::chrono::system_clock::time_point{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}} + 14h;
    return e;
}

TEST(json_output, error_with_all_it_may_have) {
    EXPECT_EQ(
        to_json(sample_error()),
        R"({"kind":"rate_limited","message":"google: rate_limited 429 (first_byte): too fast; retry at 2026-11-23T14:00:00Z",)"
        R"("where":"first_byte","http_status":429,"retry_at":"2026-11-23T14:00:00Z"})"
    );
}

TEST(json_output, error_with_no_more_than_it_has) {
    EXPECT_EQ(
        to_json(error{errc::name_not_found, "no such name"}),
        R"({"kind":"name_not_found","message":"name_not_found: no such name"})"
    );
}

TEST(json_output, page) {
    page p;
    p.url         = "http://a.example";
    p.final_url   = "https://a.example/";
    p.status      = 200;
    p.title       = "T \"quoted\"";
    p.language    = "en";
    p.charset     = "UTF-8";
    p.description = "D";
    p.canonical   = "https://a.example/c";
    p.text        = "one\ntwo";
    p.main_text   = "two";
    p.markdown    = "# one";
    p.extraction  = extraction_extent::partial;

    p.extraction_confidence = 0.5;
    p.obstacle              = page_obstacle::paywall;
    p.hidden.unrendered     = 3;
    p.hidden.disguised      = 2;
    p.hidden.comments       = 1;
    p.hidden.unveiled       = true;

    p.hidden.invisible_characters = 4;
    p.hidden.sample               = "psst";
    p.blocks.push_back({.begin = 0, .end = 5, .source_begin = 20, .source_end = 30, .heading = no_block, .level = 1});
    p.links.push_back({"https://b.example/", "B", "nofollow"});
    p.code.push_back({"cpp", "int x;"});
    p.metadata.title         = "T";
    p.metadata.title_source  = metadata_source::heading;
    p.metadata.authors       = {"A", "B"};
    p.metadata.author_source = metadata_source::meta;
    p.metadata.published     = {"2023-05-17", metadata_source::time_element};
    p.metadata.keywords      = {"k"};
    p.metadata.feeds.push_back({"https://a.example/f", "F", "application/rss+xml"});
    p.metadata.alternates.push_back({"https://a.example/de", "de"});
    p.metadata.headings.push_back({2, "H"});
    p.timing.queue      = 1500us;
    p.timing.total      = 2ms;
    p.timing.reused     = true;
    p.timing.redirects  = 1;
    p.timing.attempts   = 2;
    p.timing.address    = "192.0.2.1:443";
    p.timing.bytes_wire = 10;
    p.timing.bytes_body = 20;
    EXPECT_EQ(
        to_json(p),
        R"({"url":"http://a.example","final_url":"https://a.example/","status":200,"truncated":false,)"
        R"("title":"T \"quoted\"","language":"en","charset":"UTF-8","description":"D","canonical":"https://a.example/c","text":"one\ntwo",)"
        R"("main_text":"two","markdown":"# one","extraction":"partial","extraction_confidence":0.5,)"
        R"("obstacle":"paywall","hidden":{"unrendered":3,"disguised":2,"comments":1,"invisible_characters":4,)"
        R"("unveiled":true,"sample":"psst"},)"
        R"("blocks":[{"begin":0,"end":5,"source_begin":20,"source_end":30,"level":1,"hash":"1a08aa1921ca5caf"}],)"
        R"("links":[{"url":"https://b.example/","text":"B","rel":"nofollow"}],"code":[{"language":"cpp","text":"int x;"}],)"
        R"("metadata":{"title":"T","title_source":"heading","authors":["A","B"],"author_source":"meta",)"
        R"("published":{"date":"2023-05-17","source":"time"},"modified":{"date":"","source":""},"site_name":"","image":"",)"
        R"("type":"","licence":"","keywords":["k"],"feeds":[{"url":"https://a.example/f","title":"F","type":"application/rss+xml"}],)"
        R"("alternates":[{"url":"https://a.example/de","language":"de"}],"headings":[{"level":2,"text":"H"}]},)"
        R"("timing":{"queue":1.5,"robots":0,"resolve":0,"connect":0,"tls":0,"first_byte":0,"body":0,"read":0,"total":2,"reused":true,)"
        R"("redirects":1,"attempts":2,"address":"192.0.2.1:443","bytes_wire":10,"bytes_body":20}})"
    );
}

TEST(json_output, failure) {
    scrape_failure f;
    f.url   = "https://a.example/";
    f.error = error{errc::timed_out};
    EXPECT_EQ(to_json(f), R"({"url":"https://a.example/","error":{"kind":"timed_out","message":"timed_out"}})");
}

TEST(json_output, search) {
    search_results r;
    search_hit hit;
    hit.title    = "T";
    hit.url      = "https://a.example/";
    hit.snippet  = "S";
    hit.rank     = 1;
    hit.provider = provider::bing;
    hit.ranks    = {{provider::bing, 1}};
    r.hits.push_back(hit);
    search_attempt failed;
    failed.provider = provider::google;
    failed.error    = error{errc::not_configured, "no API key"};
    search_attempt answered;
    answered.provider = provider::bing;
    answered.hits     = 1;
    answered.spent    = 120ms;
    r.attempts        = {failed, answered};
    r.total_estimate  = 22'300'000;
    r.next_page       = "bing:1";
    EXPECT_EQ(
        to_json(r),
        R"({"results":[{"rank":1,"title":"T","url":"https://a.example/","snippet":"S","provider":"bing",)"
        R"("ranks":[{"provider":"bing","rank":1}]}],)"
        R"("attempts":[{"provider":"google","hits":0,"spent":0,"error":{"kind":"not_configured","message":"not_configured: no API key"}},)"
        R"({"provider":"bing","hits":1,"spent":120}],"total_estimate":22300000,"next_page":"bing:1","corrected_query":""})"
    );
    EXPECT_EQ(
        to_json(search_results{}),
        R"({"results":[],"attempts":[],"total_estimate":null,"next_page":"","corrected_query":""})"
    );
}

TEST(json_output, answer_pack) {
    answer_pack a;
    a.question = "why?";
    source s;
    s.number = 1;
    s.url    = "https://a.example/";
    s.title  = "A";
    a.sources.push_back(s);
    passage p;
    p.source  = 1;
    p.heading = "H";
    p.text    = "because";
    p.score   = 2.5;
    a.passages.push_back(p);
    a.passages.back().heading_path = {"T", "H"};
    a.passages.back().hash         = 255;
    code_example code;
    code.source       = 1;
    code.language     = "sql";
    code.heading      = "H";
    code.text         = "SELECT 1;";
    code.score        = 0.5;
    code.source_begin = 3;
    code.source_end   = 9;
    a.code.push_back(code);
    a.endpoints.push_back({1, "GET", "/v1/x"});
    ledger_entry lost;
    lost.url      = "https://b.example/";
    lost.fate     = url_fate::unreachable;
    lost.why      = error{errc::tls_failed};
    lost.depth    = 1;
    lost.found_on = "https://a.example/";
    lost.score    = 0.5;
    a.ledger.push_back(lost);
    a.ending           = research_ending::deadline;
    a.stats.pages_read = 1;
    EXPECT_EQ(
        to_json(a),
        R"({"question":"why?","ending":"deadline","partial":true,"confidence":0,)"
        R"("sources":[{"number":1,"url":"https://a.example/","title":"A","snippet":"","authors":[],"published":"",)"
        R"("found_on":"","hit_rank":0,"ranks":[],"fetched":"1970-01-01T00:00:00Z"}],)"
        R"("passages":[{"source":1,"heading":"H","heading_path":["T","H"],"text":"because","score":2.5,)"
        R"("hash":"00000000000000ff","source_begin":0,"source_end":0}],)"
        R"("code":[{"source":1,"language":"sql","heading":"H","heading_path":[],"text":"SELECT 1;","score":0.5,)"
        R"("hash":"0000000000000000","source_begin":3,"source_end":9}],)"
        R"("endpoints":[{"source":1,"method":"GET","target":"/v1/x"}],)"
        R"("ledger":[{"url":"https://b.example/","fate":"unreachable","error":{"kind":"tls_failed","message":"tls_failed"},)"
        R"("depth":1,"hit_rank":0,"found_on":"https://a.example/","score":0.5}],"attempts":[],)"
        R"("stats":{"pages_read":1,"requests":0,"bytes":0,"urls_considered":0,"elapsed":0}})"
    );
}

TEST(json_output, is_one_line_of_valid_json_whatever_the_page_says) {
    page p;
    for (int byte = 0; byte < 256; ++byte) p.text += static_cast<char>(byte);
    p.title        = "\xed\xa0\x80\xf5";
    const auto out = to_json(p);
    EXPECT_EQ(out.find('\n'), std::string::npos);
    const auto back = nlohmann::json::parse(out);
    EXPECT_EQ(back.at("text").get<std::string>().substr(0, 128), p.text.substr(0, 128));
}

}  // namespace
}  // namespace forage
