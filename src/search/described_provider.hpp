// A search service that is asked and read by its description.
#pragma once

#include "search/provider.hpp"
#include "search/service_description.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace forage::detail {

class described_provider final : public search_provider {
public:
    described_provider(provider self, service_description service) : self_{self}, is_{std::move(service)} {}

    [[nodiscard]] const service_description& description() const noexcept { return is_; }

    [[nodiscard]] int most_hits() const noexcept override;
    [[nodiscard]] manners pace() const noexcept override { return {.gap = is_.gap}; }
    [[nodiscard]] std::string key(const client_options& options) const override;
    [[nodiscard]] result<void> check_options(const client_options& options) const override;
    [[nodiscard]] result<http_request> request(const client_options& options, const page_query& ask) const override;
    [[nodiscard]] result<hit_page> read(const page_query& ask, const provider_answer& answer) const override;
    [[nodiscard]] std::string token_after(const page_query& ask, int entries) const override;
    [[nodiscard]] int first_rank(std::string_view token) const override;

private:
    static constexpr int most_entries = 200;  ///< of one page, where the service says how many

    /// Where a search goes on: the page, how many of its entries are known already, and the rank of the one after
    /// these.
    struct place {
        int page = 0, known = 0, rank = 1;

        [[nodiscard]] std::string token() const;
    };

    [[nodiscard]] bool is_paged() const noexcept { return is_.pages > 1; }
    [[nodiscard]] std::optional<place> place_of(std::string_view token) const;
    [[nodiscard]] std::string
    value_of(const service_parameter& parameter, const page_query& ask, const place& at) const;
    [[nodiscard]] std::string query_of(const page_query& ask, const place& at) const;
    [[nodiscard]] std::string body_of(const page_query& ask, const place& at) const;
    [[nodiscard]] result<hit_page> read_json(const page_query& ask, const provider_answer& answer) const;
    [[nodiscard]] result<hit_page> read_entries(const page_query& ask, const provider_answer& answer) const;
    [[nodiscard]] std::string link_of(json_view entry, const url* asked) const;
    [[nodiscard]] std::string snippet_of(json_view entry) const;
    [[nodiscard]] std::string words_of(std::string_view text) const;
    [[nodiscard]] const refusal_rule* rule_for(const provider_answer& answer, json_view body) const;
    [[nodiscard]] error refusal(const provider_answer& answer, json_view body, const refusal_rule* rule) const;
    [[nodiscard]] rate_limits limits_in(json_view body, rate_limits::time_point now) const;
    [[nodiscard]] std::string next_after(const place& at, std::size_t entries, bool has_more) const;

    provider self_;
    service_description is_;
};

}  // namespace forage::detail
