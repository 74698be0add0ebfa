// bench_decoding: bytes of an encoding to UTF-8, beside iconv and ICU, and the validation of what is UTF-8 already. The
// text is a page of short paragraphs: a third markup, the rest in the language of the encoding.
#include "text/charset.hpp"
#include "text/utf8.hpp"

#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <iconv.h>
#include <string>
#include <string_view>
#include <unicode/ucnv.h>

namespace {

constexpr std::size_t page_size = 1024 * 1024;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "bench_decoding: %s\n", what);
    std::exit(1);
}

// The others write to memory that is there already: what it costs to get some is counted for us alone.
std::string& scratch() {
    static std::string room(4 * page_size, '\0');
    return room;
}

std::string_view by_iconv(const std::string& bytes, const char* from, const char* to) {
    const iconv_t handle = iconv_open(to, from);
    char* in             = const_cast<char*>(bytes.data());  // iconv does not write to it
    char* room           = scratch().data();
    std::size_t left = bytes.size(), space = scratch().size();
    require(iconv(handle, &in, &left, &room, &space) == 0, "iconv fails");
    iconv_close(handle);
    return {scratch().data(), scratch().size() - space};
}

std::string_view by_icu(const std::string& bytes, const char* from) {
    UErrorCode error         = U_ZERO_ERROR;
    UConverter* const source = ucnv_open(from, &error);
    UConverter* const target = ucnv_open("UTF-8", &error);
    char* room               = scratch().data();
    char* const end          = room + scratch().size();
    const char* in           = bytes.data();
    const char* const in_end = in + bytes.size();
    ucnv_convertEx(target, source, &room, end, &in, in_end, nullptr, nullptr, nullptr, nullptr, true, true, &error);
    require(U_SUCCESS(error) != 0, "ICU fails");
    ucnv_close(source);
    ucnv_close(target);
    return {scratch().data(), static_cast<std::size_t>(room - scratch().data())};
}

std::string page_of(const std::string& sentence) {
    std::string page;
    while (page.size() < page_size)
        page += "<p class=\"text\"><a href=\"/page/17\">" + sentence + "</a> " + sentence + "</p>\n";
    return page;
}

struct sample {
    const char* label;  ///< of the encoding, for forage and ICU
    const char* iconv_name;
    const char* sentence;
};

constexpr const char* english =
    "All happy families resemble one another; each unhappy family is unhappy in its own way.";
constexpr const char* russian =
    "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.";
constexpr const char* chinese =
    "满纸荒唐言，一把辛酸泪。都云作者痴，谁解其中味？此开卷第一回也。作者自云：因曾历过一番梦幻之后。";
constexpr const char* taiwan =
    "滿紙荒唐言，一把辛酸淚。都云作者癡，誰解其中味？此開卷第一回也。作者自云：因曾歷過一番夢幻之後。";
constexpr const char* japanese = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。";
constexpr const char* korean   = "나라말싸미 중국에 달라 문자와 서로 사맛디 아니할새";

constexpr sample legacy[] = {
    {"windows-1252", "CP1252", english},
    {"windows-1251", "CP1251", russian},
    {"gbk", "GBK", chinese},
    {"big5", "BIG5", taiwan},
    {"shift_jis", "SJIS", japanese},
    {"euc-jp", "EUC-JP", japanese},
    {"iso-2022-jp", "ISO-2022-JP", japanese},
    {"euc-kr", "EUC-KR", korean},
    {"utf-16le", "UTF-16LE", russian},
};

template <typename Decode>
void measure(benchmark::State& state, const std::string& bytes, Decode decode) {
    for (auto _ : state) benchmark::DoNotOptimize(decode(bytes));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

void add(const std::string& name, std::string bytes, auto decode) {
    benchmark::RegisterBenchmark(name.c_str(), [bytes = std::move(bytes), decode](benchmark::State& state) {
        measure(state, bytes, decode);
    });
}

void add_legacy(const sample& s) {
    const std::string page = page_of(s.sentence);
    const std::string bytes{by_iconv(page, "UTF-8", s.iconv_name)};
    const auto from = forage::detail::encoding_for_label(s.label).value();
    require(forage::detail::decode(bytes, from) == page, s.label);
    require(by_iconv(bytes, s.iconv_name, "UTF-8") == page && by_icu(bytes, s.label) == page, s.label);
    add(std::string{s.label} + "/forage", bytes, [from](const auto& in) { return forage::detail::decode(in, from); });
    add(std::string{s.label} + "/iconv", bytes, [s](const auto& in) { return by_iconv(in, s.iconv_name, "UTF-8"); });
    add(std::string{s.label} + "/icu", bytes, [s](const auto& in) { return by_icu(in, s.label); });
}

void add_utf8(const std::string& name, const std::string& page) {
    add("utf-8 " + name + "/forage", page, [](const auto& in) { return forage::detail::is_valid_utf8(in); });
    add("utf-8 " + name + "/iconv", page, [](const auto& in) { return by_iconv(in, "UTF-8", "UTF-8"); });
    add("utf-8 " + name + "/icu", page, [](const auto& in) { return by_icu(in, "UTF-8"); });
}

void add_guess(const std::string& name, const std::string& bytes) {
    add("guess " + name, bytes, [](const auto& in) {
        return forage::detail::detect_encoding(in, forage::detail::document_kind::html);
    });
}

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    add_utf8("ascii", page_of(english));
    add_utf8("russian", page_of(russian));
    add_utf8("chinese", page_of(chinese));
    for (const auto& s : legacy) add_legacy(s);
    add_guess("windows-1251", std::string{by_iconv(page_of(russian), "UTF-8", "CP1251")});
    add_guess("gbk", std::string{by_iconv(page_of(chinese), "UTF-8", "GBK")});
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
