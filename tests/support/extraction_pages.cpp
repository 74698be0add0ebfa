#include "support/extraction_pages.hpp"

#include "support/child_process.hpp"
#include "support/corpora.hpp"
#include "support/temporary_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace forage::testing {
namespace {

namespace fs = std::filesystem;

void add_pages(const fs::path& archive, std::vector<extraction_page>& pages) {
    const temporary_folder into;
    child_process tar{{.words = {"tar", "-xJf", archive.string(), "-C", into.path().string()}}};
    if (const auto end = tar.finish(); end.exit_code != 0) throw std::runtime_error{"tar: " + end.err};
    const auto set = archive.parent_path().filename().string();
    for (const auto& entry : fs::recursive_directory_iterator{into.path()}) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file{entry.path(), std::ios::binary};
        pages.push_back({
            set + '/' + entry.path().filename().string(),
            {std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}},
        });
    }
}

}  // namespace

std::vector<extraction_page> extraction_pages() {
    std::vector<extraction_page> pages;
    const auto folder = corpora_path("extraction");
    if (!fs::is_directory(folder)) return pages;
    for (const auto& set : fs::directory_iterator{folder}) {
        if (const auto archive = set.path() / "pages.tar.xz"; fs::exists(archive)) add_pages(archive, pages);
    }
    std::sort(pages.begin(), pages.end(), [](const auto& x, const auto& y) { return x.id < y.id; });
    return pages;
}

}  // namespace forage::testing
