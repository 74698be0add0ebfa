// Which columns of a table's row are taken by cells that began in rows above it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace forage::detail {

struct cell_span {
    std::size_t columns = 1, rows = 1;
};

/// Told of rows and cells in order. Of the columns beyond the 64th it knows nothing: memory is fixed.
class table_spans {
public:
    /// Cells do not reach from one tbody into the next (HTML, §4.9.12).
    void begin_group() noexcept { rows_left_.fill(0); }
    void begin_row() noexcept {
        for (; column_ < rows_left_.size(); ++column_) use(column_);
        column_ = 0;
    }
    /// Moves on to where the row's next cell is; returns over how many columns.
    std::size_t skip() noexcept {
        const auto from = column_;
        while (column_ < rows_left_.size() && rows_left_[column_] != 0) use(column_++);
        return column_ - from;
    }
    void take(cell_span span) noexcept {
        const auto end = column_ + span.columns;
        for (; column_ < std::min(end, rows_left_.size()); ++column_) {
            use(column_);
            rows_left_[column_] = std::max(rows_left_[column_], static_cast<std::uint16_t>(span.rows - 1));
        }
        column_ = end;
    }
    /// Columns of the row so far.
    [[nodiscard]] std::size_t column() const noexcept { return column_; }

private:
    void use(std::size_t column) noexcept {
        if (rows_left_[column] != 0) --rows_left_[column];
    }

    std::array<std::uint16_t, 64> rows_left_{};
    std::size_t column_ = 64;
};

}  // namespace forage::detail
