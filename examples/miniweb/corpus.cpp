#include "corpus.hpp"

#include "engines.hpp"
#include "form.hpp"

#include <forage/html.hpp>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>
#include <unordered_map>

namespace miniweb {

namespace {

// What most pages of a site link to is its menu, and says nothing about what a page is worth.
constexpr double menu_share        = 0.4;
constexpr std::size_t small_site   = 20;
constexpr std::size_t most_texts   = 40;
constexpr std::size_t longest_text = 100;
constexpr std::size_t largest_page = 32 * 1024 * 1024;
constexpr auto time_for_a_page     = std::chrono::seconds{20};

struct source {
    const site* from;
    const std::string* path;
    const site::file* file;
};

struct reference {
    std::size_t page;  // index of the source it points to
    std::string text;
};

/// The pages of all sites by host and path, to find out where a link leads.
class page_map {
public:
    explicit page_map(const std::vector<site>& sites) {
        for (const auto& s : sites) {
            sites_.emplace(s.host(), &s);
            for (const auto& [path, file] : s.files()) {
                if (!file.is_html()) continue;
                numbers_.emplace(s.host() + path, sources_.size());
                sources_.push_back({&s, &path, &file});
            }
        }
    }

    [[nodiscard]] const std::vector<source>& sources() const { return sources_; }

    /// The page an absolute link leads to, if it is one of ours.
    [[nodiscard]] const std::size_t* find(std::string_view url) const {
        const auto scheme_end = url.find("://");
        if (scheme_end == std::string_view::npos) return nullptr;
        url.remove_prefix(scheme_end + 3);
        url             = url.substr(0, url.find_first_of("?#"));
        const auto path = url.find('/');
        if (path == std::string_view::npos) return nullptr;
        const auto owner = sites_.find(url.substr(0, path));
        if (owner == sites_.end()) return nullptr;
        const auto known =
            numbers_.find(owner->second->host() + owner->second->resolve(percent_decode(url.substr(path))));
        return known == numbers_.end() ? nullptr : &known->second;
    }

private:
    std::map<std::string_view, const site*> sites_;
    std::vector<source> sources_;
    std::unordered_map<std::string, std::size_t> numbers_;
};

struct reading {
    document page;
    std::vector<reference> links;
    std::string failure;
};

reading read_page(const page_map& pages, std::size_t number) {
    const source& s = pages.sources()[number];
    reading r;
    r.page.host     = s.from->host();
    r.page.path     = encode_path(*s.path);
    r.page.modified = s.file->modified;
    if (s.file->size > largest_page) {
        r.failure = "too large";
        return r;
    }
    const std::string base = "https://" + r.page.host + r.page.path;
    forage::read_options options;
    options.base_url   = base;
    options.markdown   = false;
    options.code       = false;
    options.max_memory = 1024 * 1024 * 1024;
    options.time_limit = time_for_a_page;
    auto content       = forage::read_html(read_whole(s.file->path), options);
    if (!content) {
        r.failure = content.error().message();
        return r;
    }
    r.page.title    = clean_text(content->title);
    r.page.language = std::move(content->language);
    r.page.text     = clean_text(content->text);
    if (r.page.title.empty()) r.page.title = *s.path;
    for (const auto& link : content->links) {
        const auto* const target = pages.find(link.url);
        if (target == nullptr || *target == number) continue;
        r.links.push_back({*target, link.text.size() <= longest_text ? clean_text(link.text) : std::string{}});
    }
    return r;
}

/// What is said about one page by the others.
struct standing {
    std::map<std::string, std::size_t> texts;
    std::size_t links = 0;
    std::size_t last  = 0;  // number + 1 of the page counted last, so that each counts once
};

std::string most_frequent(const std::map<std::string, std::size_t>& texts) {
    std::vector<std::pair<std::size_t, std::string_view>> order;
    for (const auto& [text, count] : texts) order.emplace_back(count, text);
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    std::string joined;
    for (std::size_t i = 0; i < std::min(order.size(), most_texts); ++i) joined.append(order[i].second).append(" | ");
    return joined;
}

void add_links(std::vector<reading>& readings) {
    std::vector<standing> known(readings.size());
    std::map<std::string, std::size_t> site_size;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        ++site_size[readings[i].page.host];
        for (auto& link : readings[i].links) {
            standing& target = known[link.page];
            if (!link.text.empty()) ++target.texts[std::move(link.text)];
            if (target.last != i + 1) ++target.links;
            target.last = i + 1;
        }
    }
    for (std::size_t i = 0; i < readings.size(); ++i) {
        document& page  = readings[i].page;
        const auto size = site_size[page.host];
        if (size > small_site && static_cast<double>(known[i].links) > menu_share * static_cast<double>(size)) continue;
        page.links_here = known[i].links;
        page.link_texts = most_frequent(known[i].texts);
    }
}

}  // namespace

std::vector<document> read_pages(const std::vector<site>& sites, const std::function<void(std::string_view)>& log) {
    const page_map pages{sites};
    std::vector<reading> readings(pages.sources().size());
    {
        std::atomic<std::size_t> next{0};
        auto work = [&] {
            for (std::size_t i = next++; i < readings.size(); i = next++) {
                try {
                    readings[i] = read_page(pages, i);
                } catch (const std::exception& e) {
                    readings[i].failure = e.what();
                }
            }
        };
        std::vector<std::jthread> threads;
        for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
    }
    add_links(readings);

    std::vector<document> documents;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        if (readings[i].failure.empty())
            documents.push_back(std::move(readings[i].page));
        else
            log(pages.sources()[i].file->path.string() + ": " + readings[i].failure);
    }
    return documents;
}

std::string signature_of(const std::vector<site>& sites) {
    std::uint64_t sum = 0;
    for (const auto& s : sites)
        for (const auto& [path, file] : s.files())
            sum = digest(s.host() + path + ' ' + std::to_string(file.size) + ' ' + std::to_string(file.modified), sum);
    return "1 " + hex(sum);
}

}  // namespace miniweb
