#include "http/cookie_jar.hpp"

#include "http/public_suffix.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace forage::detail {
namespace {

using time_point = std::chrono::system_clock::time_point;

// RFC 6265bis §6.1 names the first two as the least that a client should keep.
constexpr std::size_t most_cookies   = 3000;
constexpr std::size_t most_of_domain = 50;
constexpr std::size_t most_of_site  = 500;  // ours: one site can neither push out all others nor make each look-up slow
constexpr std::size_t room_made     = 100;  // ours: a full jar is not walked for every new cookie
constexpr int most_of_response      = 50;   // as many as a domain may have
constexpr std::size_t longest_host  = 254;  // as DNS can resolve, with a dot at the end (RFC 1035 §2.3.4)
constexpr std::size_t longest_field = 64 * 1024;  // servers refuse far less; a hostile one could ask for megabytes

// A cookie's domain is never a public suffix, unless it is the host's alone. So all cookies that one host can get or
// set lie within what its owner registered.
std::string site_of(const url& target) {
    return target.kind() == url::host_kind::domain ? registrable_domain(target.host()) : target.host();
}

bool is_same(const stored_cookie& a, const stored_cookie& b) noexcept {
    return a.host_only == b.host_only && a.name == b.name && a.domain == b.domain && a.path == b.path;
}

void append_pair(std::string& out, const stored_cookie& cookie) {
    if (!out.empty()) out.append("; ");
    if (!cookie.name.empty()) out.append(cookie.name).append("=");
    out.append(cookie.value);
}

}  // namespace

void cookie_jar::store(const url& from, std::span<const field> fields, time_point now) {
    if (from.host().size() > longest_host) return;
    std::vector<set_cookie> received;
    int seen = 0;
    for (const auto& f : fields) {
        if (!equal_ignoring_case(f.name, "Set-Cookie")) continue;
        if (++seen > most_of_response) break;
        if (auto parsed = parse_set_cookie(f.value)) received.push_back(*std::move(parsed));
    }
    if (received.empty()) return;

    const auto where = sites_.try_emplace(site_of(from)).first;
    remove_expired(where->second, now);
    for (auto& cookie : received) take(where->second, std::move(cookie), from, now);
    if (where->second.empty()) sites_.erase(where);
    if (size_ > most_cookies) remove_excess(now);
}

void cookie_jar::take(cookies& of_site, set_cookie received, const url& from, time_point now) {
    auto fresh = accept_cookie(std::move(received), from, now);
    if (!fresh) return;
    const auto is_protected = [&](const stored_cookie& kept) { return kept.secure && overlays(*fresh, kept); };
    if (!from.is_https() && std::any_of(of_site.begin(), of_site.end(), is_protected)) return;

    fresh->created = fresh->used = ++count_;
    const auto old =
        std::find_if(of_site.begin(), of_site.end(), [&](const auto& kept) { return is_same(kept, *fresh); });
    const bool is_new = old == of_site.end();
    if (fresh->expires <= now) {  // how a server deletes a cookie
        if (is_new) return;
        of_site.erase(old);
        --size_;
        return;
    }
    if (!is_new) {
        fresh->created = old->created;
        *old           = *std::move(fresh);
        return;
    }
    const auto domain = fresh->domain;
    of_site.push_back(*std::move(fresh));
    ++size_;
    remove_excess(of_site, domain);
}

void cookie_jar::remove_expired(cookies& of_site, time_point now) {
    size_ -= std::erase_if(of_site, [now](const stored_cookie& cookie) { return cookie.expires <= now; });
}

// Of a domain, what is not secure goes first, then what was used longest ago; of a site, what was used longest ago.
// Called for each new cookie, so removing one is enough.
void cookie_jar::remove_excess(cookies& of_site, const std::string& domain) {
    const auto is_of_domain = [&](const stored_cookie& cookie) { return cookie.domain == domain; };
    const auto of_domain    = std::count_if(of_site.begin(), of_site.end(), is_of_domain);
    const bool is_full      = of_domain > static_cast<std::ptrdiff_t>(most_of_domain);
    if (!is_full && of_site.size() <= most_of_site) return;
    const auto rank = [&](const stored_cookie& cookie) {
        return std::tuple{is_full && !is_of_domain(cookie), is_full && cookie.secure, cookie.used};
    };
    of_site.erase(std::min_element(of_site.begin(), of_site.end(), [&](const auto& a, const auto& b) {
        return rank(a) < rank(b);
    }));
    --size_;
}

void cookie_jar::remove_excess(time_point now) {
    for (auto& [site, of_site] : sites_) remove_expired(of_site, now);
    if (size_ > most_cookies) {
        std::vector<std::uint64_t> uses;
        uses.reserve(size_);
        for (const auto& [site, of_site] : sites_) {
            for (const auto& cookie : of_site) uses.push_back(cookie.used);
        }
        const auto first_kept = uses.begin() + static_cast<std::ptrdiff_t>(size_ - most_cookies + room_made);
        std::nth_element(uses.begin(), first_kept, uses.end());
        for (auto& [site, of_site] : sites_) {
            size_ -= std::erase_if(of_site, [&](const stored_cookie& cookie) { return cookie.used < *first_kept; });
        }
    }
    std::erase_if(sites_, [](const auto& each) { return each.second.empty(); });
}

std::string cookie_jar::field_for(const url& target, time_point now) {
    if (sites_.empty() || target.host().size() > longest_host) return {};
    const auto where = sites_.find(site_of(target));
    if (where == sites_.end()) return {};
    remove_expired(where->second, now);

    std::vector<stored_cookie*> chosen;
    for (auto& cookie : where->second) {
        if (is_for(cookie, target)) chosen.push_back(&cookie);
    }
    // §5.8.3, step 4: longer paths first, then older cookies.
    std::sort(chosen.begin(), chosen.end(), [](const stored_cookie* a, const stored_cookie* b) {
        return std::tuple{b->path.size(), a->created} < std::tuple{a->path.size(), b->created};
    });
    std::string out;
    for (auto* cookie : chosen) {
        constexpr std::size_t marks = 3;  // "; " and "="
        if (out.size() + cookie->name.size() + cookie->value.size() + marks > longest_field) continue;
        cookie->used = ++count_;
        append_pair(out, *cookie);
    }
    if (where->second.empty()) sites_.erase(where);
    return out;
}

}  // namespace forage::detail
