#include "core/file_reading.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace forage::detail {
namespace {

constexpr std::size_t forward_block = 256 * 1024;
constexpr std::size_t tail_block    = 64 * 1024;
// The system's idea of a size is believed so far without having read it.
constexpr std::uint64_t most_reserved = 64 * 1024 * 1024;

std::string as_text(std::string bytes, bool from_start, invalid_utf8 mode) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (from_start && bytes.starts_with(byte_order_mark)) bytes.erase(0, byte_order_mark.size());
    if (mode == invalid_utf8::keep || is_valid_utf8(bytes)) return bytes;
    return make_valid_utf8(bytes, mode);
}

// From the start to the end, and one byte past the limit at most, to know that there is more.
class forward_bytes {
public:
    explicit forward_bytes(std::size_t limit) noexcept : limit_{limit} {}

    void begin(std::uint64_t size) {
        too_large_ = size > limit_;
        if (!too_large_) bytes_.reserve(static_cast<std::size_t>(std::min(size, most_reserved)));
    }
    [[nodiscard]] std::optional<read_request> next() const {
        if (ended_ || too_large_) return std::nullopt;
        return read_request{bytes_.size(), wanted()};
    }
    void take(std::string_view bytes) {
        ended_ = bytes.size() < wanted();
        bytes_.append(bytes);
        too_large_ = bytes_.size() > limit_;
    }
    [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }
    [[nodiscard]] result<std::string> finish(const std::string& path) {
        if (!too_large_) return std::move(bytes_);
        return error{
            errc::too_large,
            path + ": larger than " + std::to_string(limit_) + " bytes",
            "raise max_bytes, or read its tail"
        };
    }

private:
    [[nodiscard]] std::size_t wanted() const noexcept {
        const auto room = limit_ - bytes_.size();
        return room < forward_block ? room + 1 : forward_block;
    }

    std::size_t limit_;
    std::string bytes_;
    bool ended_     = false;
    bool too_large_ = false;
};

class whole final : public file_reading {
public:
    explicit whole(file_options options) : bytes_{options.max_bytes}, invalid_{options.invalid} {}

    void begin(std::uint64_t size) override { bytes_.begin(size); }
    [[nodiscard]] std::optional<read_request> next() const override { return bytes_.next(); }
    void take(std::string_view bytes) override { bytes_.take(bytes); }
    [[nodiscard]] std::size_t held() const noexcept override { return bytes_.size(); }
    [[nodiscard]] result<std::string> finish(const std::string& path) override {
        auto bytes = bytes_.finish(path);
        if (!bytes) return std::move(bytes).error();
        return as_text(std::move(*bytes), true, invalid_);
    }

private:
    forward_bytes bytes_;
    invalid_utf8 invalid_;
};

// Backwards in blocks until enough line ends were seen.
class tail final : public file_reading {
public:
    tail(std::size_t lines, file_options options) : lines_{lines}, options_{options} {}

    void begin(std::uint64_t size) override {
        position_ = size;
        if (lines_ == 0) found_ = true;
        if (size == 0 && !found_) unsized_.emplace(options_.max_bytes);
    }

    [[nodiscard]] std::optional<read_request> next() const override {
        if (unsized_) return unsized_->next();
        if (found_ || position_ == 0 || held_ == options_.max_bytes) return std::nullopt;
        const auto room = static_cast<std::size_t>(std::min<std::uint64_t>(position_, options_.max_bytes - held_));
        const auto size = std::min(room, tail_block);
        return read_request{position_ - size, size};
    }

    void take(std::string_view bytes) override {
        if (unsized_) {
            unsized_->take(bytes);
            return;
        }
        const auto request = *next();
        if (bytes.size() < request.size) {
            // The file was cut while it was read: it ends here now, and what was behind is gone.
            blocks_.clear();
            held_      = 0;
            line_ends_ = 0;
        }
        position_ = request.offset;
        if (!bytes.empty()) add(bytes);
    }

    [[nodiscard]] std::size_t held() const noexcept override { return unsized_ ? unsized_->size() : held_; }

    [[nodiscard]] result<std::string> finish(const std::string& path) override {
        if (unsized_) {
            auto all = unsized_->finish(path);
            if (!all) return std::move(all).error();
            unsized_.reset();
            if (!all->empty()) add(*all);
        }
        std::string bytes;
        bytes.reserve(held_);
        for (auto block = blocks_.rbegin(); block != blocks_.rend(); ++block) bytes += *block;
        const bool from_start = !found_ && position_ == 0;
        const bool is_cut     = !found_ && position_ != 0;
        // A character cut in two is left out, not reported as invalid.
        if (is_cut && options_.invalid != invalid_utf8::keep) {
            const auto is_continuation = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
            std::size_t partial        = 0;
            while (partial < std::min<std::size_t>(3, bytes.size()) && is_continuation(bytes[partial])) ++partial;
            bytes.erase(0, partial);
        }
        return as_text(std::move(bytes), from_start, options_.invalid);
    }

private:
    // `bytes` lie directly before what is held.
    void add(std::string_view bytes) {
        // The line end that is the file's last byte ends the last line; it is not before it.
        const bool ends_file = held_ == 0 && bytes.back() == '\n';
        auto scanned         = ends_file ? bytes.substr(0, bytes.size() - 1) : bytes;
        const auto line_ends = static_cast<std::size_t>(std::count(scanned.begin(), scanned.end(), '\n'));
        if (line_ends < lines_ - line_ends_) {
            line_ends_ += line_ends;
        } else {
            while (true) {
                const auto line_end = scanned.rfind('\n');
                if (++line_ends_ == lines_) {
                    bytes.remove_prefix(line_end + 1);
                    break;
                }
                scanned = scanned.substr(0, line_end);
            }
            found_ = true;
        }
        blocks_.emplace_back(bytes);
        held_ += bytes.size();
    }

    std::size_t lines_;
    file_options options_;
    std::uint64_t position_ = 0;            // where what is held begins
    std::size_t held_       = 0;            // bytes in blocks_
    std::size_t line_ends_  = 0;            // seen so far, but for one at the very end
    bool found_             = false;        // what is held begins at a line's start, and is enough
    std::vector<std::string> blocks_;       // the last of the file first
    std::optional<forward_bytes> unsized_;  // for files whose size the system does not know
};

}  // namespace

std::unique_ptr<file_reading> whole_file(file_options options) { return std::make_unique<whole>(options); }

std::unique_ptr<file_reading> file_tail(std::size_t lines, file_options options) {
    return std::make_unique<tail>(lines, options);
}

}  // namespace forage::detail
