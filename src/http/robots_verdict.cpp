// Without a file everything is allowed; where there may be one that cannot be had, nothing is.
#include "http/robots_verdict.hpp"

namespace forage::detail {

robots_verdict robots_verdict::from_answer(int status, std::string_view body, std::string_view token) {
    if (status < 200 || status > 499) return robots_verdict{kind::disallow_all};
    robots_verdict verdict{kind::allow_all};
    if (status > 299) return verdict;
    verdict.rules_ = robots_rules::parse(body, token);
    if (verdict.rules_.size() > 0) verdict.kind_ = kind::rules;
    return verdict;
}

robots_verdict robots_verdict::from_failure(errc code) noexcept {
    return robots_verdict{code == errc::bad_redirect ? kind::allow_all : kind::disallow_all};
}

bool robots_verdict::allows(const url& target) const {
    return kind_ == kind::disallow_all ? is_robots_file(target) : rules_.allows(target);
}

std::chrono::seconds robots_verdict::lifetime() const noexcept {
    constexpr std::chrono::hours day{24};
    // Our own choice: one lost packet must not shut a site out for a day.
    constexpr std::chrono::minutes soon{1};
    return kind_ == kind::disallow_all ? std::chrono::seconds{soon} : std::chrono::seconds{day};
}

}  // namespace forage::detail
