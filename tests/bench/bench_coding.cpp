// bench_coding FILES: codes each of the files named in FILES in each coding, then times on one thread how long it takes
// to undo that: by `decode_body`, in one bounded buffer, and by steps of 64 KiB that are appended.
#include "http/coding.hpp"
#include "http/decoder.hpp"
#include "support/encoders.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

namespace {
using namespace forage::detail;
using namespace forage::testing;

constexpr std::size_t max_bytes = 10 * 1024 * 1024;
constexpr int rounds            = 7;

std::string by_decode_body(const char* name, const std::string& body) {
    return decode_body({{"Content-Encoding", name}}, body, {.max_bytes = max_bytes}).value().bytes;
}

std::string by_appending(coding kind, const std::string& body) {
    const auto undo = make_decoder(kind);
    std::vector<char> piece(64 * 1024);
    std::string out;
    const std::string copy = body;  // as `decode_body` is given one
    std::string_view rest{copy};
    for (;;) {
        const auto in  = rest.substr(0, piece.size());
        const auto got = undo->step(in, in.size() == rest.size(), piece);
        rest.remove_prefix(got.taken);
        out.append(piece.data(), got.made);
        if (got.state != decoding::going_on || out.size() > max_bytes) return out;
    }
}

// Time of the processor, and the best of several rounds: what else runs on the machine only ever adds.
double
best_seconds(const std::vector<std::string>& bodies, const std::function<std::string(const std::string&)>& undo) {
    double best = 1e9;
    for (int i = 0; i < rounds; ++i) {
        std::size_t made = 0;
        const auto began = std::clock();
        for (const auto& body : bodies) made += undo(body).size();
        const auto took = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
        if (made > 0) best = std::min(best, took);
    }
    return best;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: bench_coding FILES\n");
        return 2;
    }
    std::vector<std::string> pages;
    std::size_t size = 0;
    std::ifstream list{argv[1]};
    for (std::string name; std::getline(list, name);) {
        std::ifstream file{name, std::ios::binary};
        const std::string page{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
        if (page.empty() || page.size() > max_bytes) continue;
        size += page.size();
        pages.push_back(page);
    }
    struct measured {
        const char* name;
        coding kind;
        std::function<std::string(const std::string&)> encode;
    };
    const std::vector<measured> all{
        {"gzip", coding::gzip, [](const std::string& page) { return encode_gzip(page); }},
        {"deflate", coding::deflate, [](const std::string& page) { return encode_zlib(page); }},
        {"br", coding::brotli, [](const std::string& page) { return encode_brotli(page); }},
        {"zstd", coding::zstd, [](const std::string& page) { return encode_zstd(page); }},
    };
    for (const auto& one : all) {
        std::vector<std::string> bodies;
        std::size_t coded = 0;
        for (const auto& page : pages) coded += bodies.emplace_back(one.encode(page)).size();
        const auto whole = best_seconds(bodies, [&](const auto& body) { return by_decode_body(one.name, body); });
        const auto parts = best_seconds(bodies, [&](const auto& body) { return by_appending(one.kind, body); });
        std::printf(
            "{\"coding\":\"%s\",\"pages\":%zu,\"bytes_coded\":%zu,\"bytes\":%zu,\"decode_body_MB_s\":%.0f,"
            "\"appended_MB_s\":%.0f,\"ratio\":%.2f}\n",
            one.name,
            pages.size(),
            coded,
            size,
            static_cast<double>(size) / whole / 1e6,
            static_cast<double>(size) / parts / 1e6,
            parts / whole
        );
    }
    return 0;
}
