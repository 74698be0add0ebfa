#include "support/sqlite_pages.hpp"

#include "support/child_process.hpp"

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace forage::testing {

std::filesystem::path unpack_sqlite_pages(const std::filesystem::path& folder) {
    const char* source = std::getenv("FORAGE_SOURCE");
    if (source == nullptr) throw std::runtime_error{"FORAGE_SOURCE is not set: run through ctest"};
    const auto archive  = std::string{source} + "/examples/pages/sqlite-docs.tar.xz";
    const auto unpacked = run_child({.words = {"tar", "-xJf", archive, "-C", folder.string()}});
    if (unpacked.exit_code != 0) throw std::runtime_error{"cannot unpack " + archive + ": " + unpacked.err};
    return folder / "sqlite-docs";
}

}  // namespace forage::testing
