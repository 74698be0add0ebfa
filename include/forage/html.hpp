// Reading a page: bytes in, title, text, Markdown, links, code and metadata out. No network, no event loop.
#pragma once

#include <forage/detail/safe_in_co_await.hpp>
#include <forage/metadata.hpp>
#include <forage/result.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace forage {

struct link {
    std::string url;   ///< absolute, http or https
    std::string text;  ///< visible text of the link, white space folded
    std::string rel;   ///< the rel attribute as written
};

struct code_block {
    std::string language;  ///< from class names like `language-cpp`; empty when the page does not say
    std::string text;
};

/// How much of a page is taken for its main content.
enum class extraction_mode : std::uint8_t {
    precision,  ///< in doubt less
    balanced,
    recall,  ///< in doubt more
    whole,   ///< all visible text: nothing is searched for, which saves CPU
};

/// What the main content that was found is of the page.
enum class extraction_extent : std::uint8_t {
    main,     ///< a part that stands out
    partial,  ///< nothing stands out: the page without what is surely none of its content, like menus
    whole,    ///< all visible text
};

/// What stands in the place of the page that was asked for.
enum class page_obstacle : std::uint8_t {
    none,
    challenge,  ///< a check for robots, or a refusal of them
    consent,    ///< a form that asks for consent first
    login,
    error_page,    ///< "not found" and the like, sent like a page
    needs_script,  ///< next to nothing to read until scripts have run
    paywall,       ///< an article that says it is for subscribers, of which there is at most the beginning
};

/// Its name here: "error_page". Pure, thread-safe.
[[nodiscard]] std::string_view to_string(page_obstacle found) noexcept;

/// Text that a person does not see, as far as the markup tells: it is no part of `text`, `main_text` and `markdown`.
/// Sizes are bytes of UTF-8 without white space. Most pages have unrendered text and comments; what is disguised, and
/// many invisible characters, are for machines only.
struct hidden_text {
    std::size_t unrendered = 0;  ///< by `hidden`, `aria-hidden`, display: none, visibility: hidden; dialogs not open
    std::size_t disguised  = 0;  ///< by inline style: of no size, beside the screen, or in the colour of its ground
    std::size_t comments   = 0;
    std::size_t invisible_characters = 0;  ///< zero-width, bidirectional controls, tags, in text that is shown
    std::string sample;     ///< the beginning of what is disguised, else of what is unrendered, else of comments
    bool unveiled = false;  ///< nearly all was hidden until a script shows it: its largest part was read all the same
};

inline constexpr std::uint32_t no_block = 0xFFFF'FFFF;

/// A block of a page's Markdown (a paragraph, heading, list, table, quotation or piece of code), and where it comes
/// from. All places are in bytes.
struct markdown_block {
    std::uint32_t begin = 0, end = 0;  ///< in `page_content::markdown`
    /// In the page as UTF-8 with line feeds as line breaks, which `document::source` is: from its first text to where
    /// the next text, comment or element after its last begins. Of a page in UTF-8 without carriage returns and a byte
    /// order mark these are places in its bytes.
    std::uint32_t source_begin = 0, source_end = 0;
    std::uint32_t heading = no_block;  ///< the block that is the heading it stands under: follow it for the path
    std::uint8_t level    = 0;         ///< of a heading, 1 to 6
};

/// FNV-1a, of 64 bits, of the letters, digits and bytes beyond ASCII in a text: blocks with the same words have the
/// same, whatever marks are in them, so that a quotation can be checked later. Pure, thread-safe. Source: RFC 9923.
[[nodiscard]] std::uint64_t hash_of_words(std::string_view text) noexcept;

/// What a page says. Every string is valid UTF-8; nothing in it is to be trusted.
struct page_content {
    std::string title;     ///< the title element, with the site's name if that is in it; `metadata` has one without
    std::string language;  ///< BCP 47, from the `lang` attribute or metadata
    std::string charset;   ///< WHATWG name of the encoding the bytes were decoded from
    std::string description;
    std::string canonical;  ///< absolute URL, or empty
    /// All visible text, a line break between blocks. Formulas are TeX where the page has that; numbers of lines are no
    /// part of code. Of a page that hides nearly all of its text until a script shows it, that text as well, unless
    /// `mode` is `whole`.
    std::string text;
    std::string main_text;  ///< the main content's part of `text`
    /// The main content with its structure: CommonMark with GFM's tables and strikethrough, no raw HTML. A renderer
    /// makes the words of `main_text` of it.
    std::string markdown;
    std::vector<markdown_block> blocks;  ///< of `markdown`, in its order
    extraction_extent extraction = extraction_extent::whole;
    double extraction_confidence = 0;  ///< that `main_text` is what the page is about: 0 to 1
    std::vector<link> links;
    std::vector<code_block> code;
    page_metadata metadata;
    hidden_text hidden;
    page_obstacle obstacle = page_obstacle::none;  ///< judged by what little text there is; what there is, is above
};

/// Who makes a document of the text. gumbo is there to compare with: it is slow and, by nature, quadratic.
enum class html_reader : std::uint8_t { forage, gumbo };  // gumbo finds no main content: it takes all

struct read_options {
    std::string_view base_url     = {};  ///< what relative links are resolved against
    std::string_view content_type = {};  ///< the Content-Type field, for its charset
    bool markdown                 = true;
    bool code                     = true;
    bool metadata                 = true;  ///< in mode `whole`, of bylines only those beside the title
    extraction_mode mode          = extraction_mode::balanced;  ///< what `main_text` and `markdown` take
    std::size_t max_memory = 64 * 1024 * 1024;  ///< bytes that decoded text, tree and what is read may take together
    std::chrono::milliseconds time_limit = std::chrono::seconds{1};
    const std::atomic<bool>* stop        = nullptr;  ///< when it becomes true, reading ends early with `cancelled`
    html_reader reader                   = html_reader::forage;  ///< gumbo is there if the library was built with it
};
static_assert(detail::safe_in_co_await<read_options>);

/// Decodes and reads an HTML document.
/// The encoding is taken from the byte order mark, then `content_type`, then a meta element or XML declaration in the
/// first 1,024 bytes, then UTF-8 if the bytes are valid UTF-8, then a later meta element, then a guess by the text,
/// else windows-1252. Errors: parse_failed (memory or time limit), cancelled, bad_argument (gumbo in a library built
/// without it). Threads: pure; call it from any thread. CPU-bound: a large page takes milliseconds, so not on an event
/// loop's thread. Source: https://html.spec.whatwg.org/multipage/parsing.html
[[nodiscard]] result<page_content> read_html(std::string_view bytes, const read_options& options);

/// The same for a text/plain body: the text as it is, no links.
[[nodiscard]] result<page_content> read_plain_text(std::string_view bytes, const read_options& options);

}  // namespace forage
