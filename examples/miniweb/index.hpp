// The search engine behind the three interfaces: SQLite FTS5 over title, link texts and body, ranked by bm25 and a
// little by how many pages link to a page.
#pragma once

#include "sqlite.hpp"

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace miniweb {

/// A page as the index wants it: valid UTF-8.
struct document {
    std::string host;
    std::string path;  ///< percent-encoded, begins with '/'
    std::string title;
    std::string language;
    std::string text;
    std::string link_texts;        ///< what other pages call it
    std::int64_t modified    = 0;  ///< Unix seconds
    std::uint64_t links_here = 0;  ///< pages that link to it
};

/// `title` and `snippet` carry hit_begin and hit_end around the words that matched, hit_cut where text was left out.
struct hit {
    std::string host, path, title, snippet, language;
    std::int64_t modified = 0;
};

inline constexpr char hit_begin = '\x02';
inline constexpr char hit_end   = '\x03';
inline constexpr char hit_cut   = '\x04';

struct answer {
    std::uint64_t total = 0;
    std::vector<hit> hits;
};

/// The words of a question as a query FTS5 cannot misread: each quoted, joined by OR, words without meaning of their
/// own left out unless nothing else is there. Empty when it has no word at all. Pure.
[[nodiscard]] std::string to_fts_query(std::string_view question);

/// Failures of SQLite throw std::runtime_error. Threads: any; calls take turns.
class search_index {
public:
    /// Empty: in memory. A file keeps the index from one run to the next.
    explicit search_index(const std::string& file = {});

    /// Whether the index holds the pages of that signature, complete.
    [[nodiscard]] bool holds(std::string_view signature);
    /// Replaces everything in the index.
    void fill(const std::vector<document>& documents, std::string_view signature);

    [[nodiscard]] std::size_t pages();
    /// The best pages for a question, from `offset` on.
    [[nodiscard]] answer find(std::string_view question, std::size_t offset, std::size_t limit);

private:
    std::mutex mutex_;
    database db_;
};

}  // namespace miniweb
