// Names of people out of what pages write where they name an author.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

/// How much a text must be like a name to be taken for one.
enum class likeness : std::uint8_t {
    any,     ///< it stands where a name stands
    name,    ///< some words that begin with capitals
    person,  ///< two or more of them, none of which is a word for a company or an office
};

/// Whether a label announces the name of an author: "Written by".
[[nodiscard]] bool says_who_wrote(std::string_view label);

/// Collects names, each once whatever its case.
class author_names {
public:
    static constexpr std::size_t most         = 16;   ///< names
    static constexpr std::size_t longest      = 512;  ///< bytes read of one text
    static constexpr std::size_t longest_name = 100;

    /// Names that are none: those of the site. In any case, with or without white space.
    void leave_out(std::string_view name);

    /// Adds the names in a field that holds nothing but names and what belongs to them: "By A. B. and C. D., Editor |
    /// 3 May 2023". E-mail addresses, handles, URLs, job titles and dates are cut off, names of accounts that many
    /// share left out.
    void add(std::string_view field, likeness wanted = likeness::any);

    /// The same for a line of visible text that may be anything: only what looks like names, and, if it `needs_by`,
    /// stands behind a word like "by".
    void add_line(std::string_view line, bool needs_by);

    [[nodiscard]] bool empty() const noexcept { return names_.empty(); }
    [[nodiscard]] std::vector<std::string> take() { return std::move(names_); }

private:
    void add_parts(std::string_view text, likeness wanted);
    bool add_one(std::string_view name, likeness wanted);

    std::vector<std::string> names_;
    std::vector<std::string> left_out_;
};

}  // namespace forage::detail
