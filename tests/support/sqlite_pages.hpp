// sqlite_pages: the documentation of SQLite that the demo ships, unpacked.
#pragma once

#include <filesystem>

namespace forage::testing {

/// Unpacks it into `folder` (which must exist) and gives the folder of its pages there. Throws std::runtime_error.
std::filesystem::path unpack_sqlite_pages(const std::filesystem::path& folder);

}  // namespace forage::testing
