// The evaluation data, in the folder that FORAGE_CORPORA names. Tests that find none of it skip.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace forage::testing {

/// A path in it; empty where there is no such folder.
[[nodiscard]] std::filesystem::path corpora_path(const std::filesystem::path& name);

/// A file of it, unpacked if it is under gzip; nothing if it is not there or cannot be read.
[[nodiscard]] std::optional<std::string> corpora_text(const std::filesystem::path& name);

}  // namespace forage::testing
