// All providers: those that are compiled in, and those that users add, which stay until the process ends.
#include "search/described_provider.hpp"
#include "search/our_services.hpp"

#include <forage/error.hpp>

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

namespace forage {
namespace detail {
namespace {

constexpr std::array<std::string_view, built_in_providers> names{
    "google",
    "bing",
    "duckduckgo",
    "brave",
    "tavily",
    "searxng",
    "webiq",
    "exa",
    "serper",
    "mediawiki",
    "crossref",
    "arxiv",
    "stackexchange",
    "github",
};

class registry {
public:
    registry() {
        for (const auto& each : our_services())
            place(each.self).service =
                std::make_unique<described_provider>(each.self, read_service_description(each.description).value());
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_.load(std::memory_order_acquire); }
    /// nullptr: it is asked by code of its own.
    [[nodiscard]] const described_provider* find(provider p) const noexcept {
        return all_[static_cast<std::size_t>(p)].service.get();
    }

    result<provider> add(std::string_view text) {
        auto description = read_service_description(text);
        if (!description) return description.error();
        const std::lock_guard lock{adding_};
        const auto count = size();
        for (std::size_t i = 0; i < count; ++i) {
            const auto p = static_cast<provider>(i);
            if (to_string(p) != description->name) continue;
            if (all_[i].text == text && !text.empty()) return p;
            return error{
                errc::bad_argument,
                "description of a search service: name: there is another service called " + description->name,
                "give it another name"
            };
        }
        if (count == most_providers) return error{errc::bad_argument, "no more than 50 search services can be added"};
        const auto p        = static_cast<provider>(count);
        all_[count].text    = text;
        all_[count].service = std::make_unique<described_provider>(p, *std::move(description));
        size_.store(count + 1, std::memory_order_release);
        return p;
    }

private:
    struct entry {
        std::unique_ptr<described_provider> service;
        std::string text;
    };

    entry& place(provider p) noexcept { return all_[static_cast<std::size_t>(p)]; }

    std::array<entry, most_providers> all_;  // those below `size_` never change
    std::atomic<std::size_t> size_{built_in_providers};
    std::mutex adding_;
};

registry& all_providers() {
    static auto& all = *new registry;  // never destroyed: at the end of the process workers may still read answers
    return all;
}

}  // namespace

std::size_t provider_count() noexcept { return all_providers().size(); }

bool is_known(provider p) noexcept { return static_cast<std::size_t>(p) < provider_count(); }

const search_provider& provider_of(provider p) noexcept {
    switch (p) {
    case provider::google: return google_provider();
    case provider::bing: return bing_provider();
    case provider::duckduckgo: return duckduckgo_provider();
    default: return *all_providers().find(p);
    }
}

const service_description* description_of(provider p) noexcept {
    const auto* described = all_providers().find(p);
    return described == nullptr ? nullptr : &described->description();
}

}  // namespace detail

std::string_view to_string(provider p) noexcept {
    const auto index = static_cast<std::size_t>(p);
    if (index < detail::names.size()) return detail::names[index];
    return detail::is_known(p) ? std::string_view{detail::description_of(p)->name} : "unknown";
}

std::optional<provider> provider_named(std::string_view name) noexcept {
    for (std::size_t i = 0; i < detail::provider_count(); ++i)
        if (to_string(static_cast<provider>(i)) == name) return static_cast<provider>(i);
    return std::nullopt;
}

result<provider> add_provider(std::string_view description) { return detail::all_providers().add(description); }

}  // namespace forage
