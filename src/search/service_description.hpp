// What a search service is like: where it is asked, how, where in its answers things are, what its refusals mean. Ours
// are written in the same JSON as those that users add (docs/providers.md).
#pragma once

#include "core/json.hpp"
#include "http/message.hpp"

#include <forage/result.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

/// A parameter of the request.
struct service_parameter {
    enum class source : std::uint8_t { fixed, query, count, page, offset, language };

    std::string name;
    source from = source::fixed;
    std::string text;  ///< with {query} where it comes, if `from` is query; of a fixed one what it is
    std::string json;  ///< of a fixed one: the value as JSON
};

/// When an answer is a refusal, and what it means.
struct refusal_rule {
    int status = 0;       ///< 0: any
    std::string at;       ///< a member that is there …
    std::string is, has;  ///< … and is exactly this, or has this (in lower case) in it, in letters of either case
    errc means{};
    std::string hint;  ///< what the user can do; empty: what goes with `means`
};

struct service_description {
    std::string name;
    std::string url;              ///< may hold {language}
    std::string url_environment;  ///< the variable that says where the service is, where everyone has their own
    std::string path;             ///< added to an address that the user gives, if it does not end so
    std::string default_language = "en";
    std::string key_environment;  ///< the variable that has the key; empty: the service takes none
    bool needs_key = false;
    std::string key_field, key_prefix, key_parameter;

    bool posts = false;  ///< the parameters are a JSON object in the body; else they are in the query
    std::vector<field> fields;
    std::vector<service_parameter> parameters;
    int page_size  = 0;  ///< most that may be asked for at once; 0: the service decides
    int first_page = 0;
    int pages      = 1;  ///< that may be asked for; then each is of `page_size`

    bool is_feed = false;  ///< the answer is Atom or RSS rather than JSON
    std::string results;   ///< of the answer's members, "web.results"
    std::string always;    ///< a member that answers without hits have too, where those have no `results`
    std::string title, link;
    std::vector<std::string> snippets;  ///< the first of them that has text
    std::string total;
    std::string more;          ///< a flag that there is another page; empty: while pages have hits
    std::string failed_parts;  ///< a list: an answer without hits says nothing where it is not empty
    bool has_marks = false;    ///< titles and snippets are HTML
    std::vector<refusal_rule> refusals;

    std::string backoff, quota_left;  ///< seconds to wait, and requests left, in the body
    std::chrono::milliseconds gap{};  ///< at least this long between two requests

    service_description() = default;
};

/// Reads a description. Errors: bad_argument, naming the member that is missing, unknown or wrong.
[[nodiscard]] result<service_description> read_service_description(std::string_view json);

/// The member of `in` at a path: "web.results", "title.0". What is null is not there.
[[nodiscard]] json_view member_at(json_view in, std::string_view path);

}  // namespace forage::detail
