// Search services that take a query and give JSON, each by a description: where to ask, how to say who asks, how pages
// are counted, where in the answer things are, and what refusals look like.
#pragma once

#include "search/provider.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace forage::detail {

struct json_service {
    provider self{};
    std::string_view to_configure           = {};       ///< what the user has to set
    const secret client_options::* key      = nullptr;  ///< none: the service needs no key, only an address
    const std::string client_options::* url = nullptr;
    std::string_view path                   = {};      ///< added to the URL, whose own path may end with a slash
    std::string_view key_field = {}, key_prefix = {};  ///< the header field the key goes into

    bool posts             = false;  ///< the parameters are a JSON object in the body; else they are in the query
    std::string_view query = {}, count = {}, page = {},
                     language = {};  ///< names of the parameters; empty: there is none
    std::array<std::pair<std::string_view, std::string_view>, 2> fixed{};
    int page_size      = 0;  ///< most that may be asked for at once; 0: the service decides
    int first_page     = 0;
    int pages          = 1;      ///< that may be asked for
    bool pages_by_size = false;  ///< pages are counted in units of `count`, which is therefore always `page_size`

    std::string_view results = {};  ///< of the answer's members, "web.results"
    std::string_view title = {}, link = {}, snippet = {};
    std::string_view total = {};
    std::string_view more  = {};     ///< a flag that there is another page; empty: while pages have hits
    bool has_marks         = false;  ///< titles and snippets are HTML

    /// What an answer of status 400 or more means.
    errc (*code_of)(const provider_answer& answer, json_view body) = nullptr;
    /// What an answer without hits means, if not that there are none: an errc, and words.
    std::pair<errc, std::string_view> (*why_empty)(json_view body) = nullptr;
};

/// A service that is asked and read by its description, which must outlive it.
class json_provider final : public search_provider {
public:
    explicit constexpr json_provider(const json_service& service) noexcept : is_{service} {}

    [[nodiscard]] int most_hits() const noexcept override;
    [[nodiscard]] result<void> check_options(const client_options& options) const override;
    [[nodiscard]] result<http_request> request(const client_options& options, const page_query& ask) const override;
    [[nodiscard]] result<hit_page> read(const page_query& ask, const provider_answer& answer) const override;
    [[nodiscard]] std::string token_after(const page_query& ask, int entries) const override;
    [[nodiscard]] int first_rank(std::string_view token) const override;

private:
    struct place;

    [[nodiscard]] std::optional<place> place_of(std::string_view token) const;
    [[nodiscard]] int count_of(const page_query& ask, int known) const;
    [[nodiscard]] std::string query_of(const page_query& ask, const place& at) const;
    [[nodiscard]] std::string body_of(const page_query& ask, const place& at) const;
    [[nodiscard]] std::string words_of(std::string_view text) const;
    [[nodiscard]] error refusal(const provider_answer& answer) const;

    const json_service& is_;
};

}  // namespace forage::detail
