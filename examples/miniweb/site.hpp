// One host of the little web: a folder of files, listed once at start. What is not in the list cannot be asked for, so
// no path leads out of the folder.
#pragma once

#include "server.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace miniweb {

/// Immutable, so any thread may use it.
class site {
public:
    struct file {
        std::filesystem::path path;  ///< resolved, inside the folder
        std::string_view type;       ///< content type
        std::uint64_t size    = 0;
        std::int64_t modified = 0;  ///< Unix seconds

        [[nodiscard]] bool is_html() const noexcept { return type == "text/html"; }
    };

    /// Lists the folder. Links that lead out of it, hidden files and what is no regular file are left out.
    /// Throws std::filesystem::filesystem_error if it cannot be read.
    site(std::string host, const std::filesystem::path& folder);

    [[nodiscard]] const std::string& host() const noexcept { return host_; }
    /// By path from the root, decoded, with '/' in front.
    [[nodiscard]] const std::map<std::string, file, std::less<>>& files() const noexcept { return files_; }
    /// The path of the file that answers a decoded path (the index of a directory for its name); empty if there is
    /// none.
    [[nodiscard]] std::string resolve(std::string_view path) const;

    /// Reads files, so not for an event loop's thread.
    [[nodiscard]] response answer(const request& asked) const;

private:
    [[nodiscard]] response send_file(const file& f, const request& asked) const;
    [[nodiscard]] bool is_directory(std::string_view path) const;
    [[nodiscard]] std::string listing(const std::string& directory) const;

    std::string host_;
    std::map<std::string, file, std::less<>> files_;
};

/// `HOST=FOLDER`, or a folder alone, whose name becomes the host (`/usr/share/doc/sqlite3/html`: `sqlite3.test`).
[[nodiscard]] site make_site(const std::string& argument);

/// The whole file. Throws std::runtime_error.
[[nodiscard]] std::string read_whole(const std::filesystem::path& path);

/// A path as it stands in a URL.
[[nodiscard]] std::string encode_path(std::string_view path);

}  // namespace miniweb
