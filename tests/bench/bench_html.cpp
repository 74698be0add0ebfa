// bench_html [OPTIONS OF GOOGLE BENCHMARK]: decoding, tokenizer, tree builder and text apart, each on documents that
// are made for it and, where FORAGE_CORPORA says where they are, on real pages. bench_html --hostile [MB [KIND]]: 10 MB
// of every kind of hostile markup, or of those whose name has KIND in it, each between two rounds of an ordinary page
// of the same size; how many times longer it takes per byte, and how much memory the tree takes per byte.
#include "html/parse.hpp"
#include "html/tokenizer.hpp"
#include "html/tree_reader.hpp"
#include "support/extraction_pages.hpp"
#include "support/hostile_markup.hpp"
#include "text/charset.hpp"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace forage::detail;
using forage::testing::ordinary_page;

constexpr forage::read_options unlimited{
    .base_url   = "https://bench.example/",
    .markdown   = false,
    .code       = false,
    .max_memory = std::size_t{4} << 30,
    .time_limit = std::chrono::hours{1},
};

/// Texts in UTF-8 without carriage returns, which the parts behind decoding expect.
struct document_set {
    std::string name;
    std::vector<std::string> bytes{};
    std::vector<std::string> texts{};
    std::size_t size = 0;

    void add(std::string page) {
        decoded_text text;
        decode_document(page, {}, document_kind::html, text);
        auto rewritten = dom::with_line_feeds(text.text);
        texts.push_back(rewritten ? *std::move(rewritten) : std::string{text.text});
        size += page.size();
        bytes.push_back(std::move(page));
    }
};

std::string repeated(std::string_view text, std::size_t size) {
    std::string all;
    while (all.size() < size) all += text;
    return all;
}

std::vector<document_set> document_sets() {
    constexpr std::size_t size = 512 * 1024;
    std::vector<document_set> sets;
    const auto add = [&](const char* name, std::string page) { sets.emplace_back(name).add(std::move(page)); };
    add("ordinary", ordinary_page(size));
    add("text", "<p>" + repeated("Words and nothing but words, in long paragraphs. ", size));
    add("attributes", repeated("<p class=\"a b\" id='c' data-x=\"y\" style=\"color: red\">x</p>", size));
    add("references", repeated("a &amp; b &lt; c &#233; d &nbsp; e ", size));
    add("script", "<script>" + repeated("if (a < b && c > d) { e(\"</p>\"); }\n", size) + "</script>");
    add("tables", repeated("<table><tr><td>1<td>2<tr><td>3<td>4</table>", size));
    add("formatting", repeated("<p><b>b <i>i</b> i</i> <a href=x>a</a>", size));
    document_set pages{"pages"};
    for (auto& page : forage::testing::extraction_pages()) pages.add(std::move(page.bytes));
    if (pages.size != 0) sets.push_back(std::move(pages));
    return sets;
}

void decode(benchmark::State& state, const document_set& set) {
    for (auto _ : state) {
        for (const auto& bytes : set.bytes) {
            decoded_text text;
            decode_document(bytes, {}, document_kind::html, text);
            benchmark::DoNotOptimize(text.text.data());
        }
    }
}

/// As the tree builder has it read, as far as the names of elements say how.
void tokenize(benchmark::State& state, const document_set& set) {
    for (auto _ : state) {
        for (const auto& text : set.texts) {
            read_budget budget{unlimited};
            dom::tree into{text, budget};
            dom::tokenizer in{into, budget};
            for (;;) {
                const auto& token = in.next();
                benchmark::DoNotOptimize(token.source);
                if (token.kind == dom::token_kind::end_of_file) break;
                if (token.kind != dom::token_kind::start_tag) continue;
                if (token.tag == dom::name::script) in.read_as(dom::text_mode::script_data);
                if (token.tag == dom::name::style) in.read_as(dom::text_mode::rawtext);
                if (token.tag == dom::name::title || token.tag == dom::name::textarea)
                    in.read_as(dom::text_mode::rcdata);
            }
        }
    }
}

void parse(benchmark::State& state, const document_set& set) {
    for (auto _ : state) {
        for (const auto& text : set.texts) {
            read_budget budget{unlimited};
            benchmark::DoNotOptimize(dom::parse(text, budget).get());
        }
    }
}

void read_text(benchmark::State& state, const document_set& set) {
    read_budget budget{unlimited};
    std::vector<std::unique_ptr<dom::tree>> trees;
    for (const auto& text : set.texts) trees.push_back(dom::parse(text, budget));
    for (auto _ : state) {
        for (const auto& tree : trees) benchmark::DoNotOptimize(read_tree(*tree, unlimited, budget));
    }
}

double seconds_of_parsing(const std::string& text) {
    const auto began     = std::clock();
    const auto rewritten = dom::with_line_feeds(text);
    read_budget budget{unlimited};
    if (!dom::parse(rewritten ? *rewritten : text, budget)) return 0;
    return static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
}

double bytes_of_tree(const std::string& text) {
    const auto rewritten = dom::with_line_feeds(text);
    read_budget budget{unlimited};
    const auto tree = dom::parse(rewritten ? *rewritten : text, budget);
    return tree ? static_cast<double>(budget.held()) : 0;
}

// Time of the processor, and the best of the rounds: what else runs on the machine only ever adds.
int compare_with_hostile_markup(std::size_t size, std::string_view part_of_name) {
    constexpr int rounds = 3;
    const auto ordinary  = ordinary_page(size);
    std::printf("%-36s %10s %10s %7s %12s\n", "10 MB of", "MB/s", "ordinary", "times", "bytes/byte");
    for (const auto& kind : forage::testing::hostile_markup_of_all_kinds()) {
        if (std::string_view{kind.name}.find(part_of_name) == std::string_view::npos) continue;
        const auto text = kind.make(size);
        double best = 1e9, best_ordinary = 1e9;
        for (int i = 0; i < rounds; ++i) {
            best_ordinary =
                std::min(best_ordinary, seconds_of_parsing(ordinary) / static_cast<double>(ordinary.size()));
            best = std::min(best, seconds_of_parsing(text) / static_cast<double>(text.size()));
        }
        std::printf(
            "%-36s %10.0f %10.0f %7.2f %12.1f%s\n",
            kind.name,
            1e-6 / best,
            1e-6 / best_ordinary,
            best / best_ordinary,
            bytes_of_tree(text) / static_cast<double>(text.size()),
            best > 4 * best_ordinary ? "  over 4" : ""
        );
        std::fflush(stdout);
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view{argv[1]} == "--hostile") {
        const auto megabytes = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 10;
        return compare_with_hostile_markup(megabytes * 1'000'000, argc > 3 ? argv[3] : "");
    }
    const auto sets = document_sets();
    struct part {
        const char* name;
        void (*run)(benchmark::State&, const document_set&);
    };
    for (const auto& [name, run] :
         {part{"decode", decode}, {"tokens", tokenize}, {"tree", parse}, {"text", read_text}}) {
        for (const auto& set : sets) {
            benchmark::RegisterBenchmark(
                (std::string{name} + '/' + set.name).c_str(),
                [measure = run, &set](benchmark::State& state) {
                    measure(state, set);
                    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(set.size));
                }
            )->Unit(benchmark::kMillisecond);
        }
    }
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
