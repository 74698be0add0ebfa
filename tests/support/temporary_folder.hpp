// temporary_folder: a place for files of a test's own.
#pragma once

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace forage::testing {

/// A folder that is removed with the object, and all that is in it.
class temporary_folder {
public:
    temporary_folder() {
        auto name = (std::filesystem::temp_directory_path() / "forage-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::system_error{errno, std::generic_category(), name};
        path_ = name;
    }
    ~temporary_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    temporary_folder(const temporary_folder&)            = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace forage::testing
