// Pipe tables (GFM §4.10). Spans are flattened: what a cell reaches over is empty cells.
#include "html/markdown_writer.hpp"

#include <algorithm>

namespace forage::detail {

void markdown_writer::open_table(std::size_t columns) {
    request_gap(2);
    if (is_one_line()) return;
    in_table_   = true;
    has_header_ = false;
    columns_    = columns;
    spans_      = {};
}

void markdown_writer::close_table() {
    in_table_ = row_is_open_ = in_row_ = in_cell_ = false;
    place_.in_cell                                = false;
    request_gap(2);
}

void markdown_writer::begin_row_group() {
    request_gap(2);
    spans_.begin_group();
}

void markdown_writer::open_row() {
    request_gap(2);
    if (!in_table_) return;
    row_is_open_ = true;
    spans_.begin_row();
}

void markdown_writer::open_cell(cell_span span) {
    if (!in_table_ || !row_is_open_) return request_gap(2);
    flush_code();
    end_inline();
    auto before = spans_.skip();
    spans_.take(span);
    if (!in_row_) begin_row();
    if (row_size_ >= columns_) {  // GFM drops what is beyond the header's columns
        out_.pop_back();
        before = 0;
    } else {
        before = std::min(before, columns_ - row_size_ - 1);
    }
    for (std::size_t i = 0; i < before; ++i) out_ += " |";
    row_size_ += before;
    if (out_.back() != ' ') out_.push_back(' ');
    gap_           = 0;
    hard_          = false;
    in_cell_       = true;
    place_.in_cell = true;
    place_.place   = line_place::inside;
    line_start_    = std::string::npos;
}

void markdown_writer::begin_row() {
    if (table_end_ != out_.size()) has_header_ = false;  // other text came between
    gap_  = has_header_ ? 1 : 2;                         // an empty line would end the table
    hard_ = false;
    start_line();
    out_.push_back('|');
    in_row_   = true;
    row_size_ = 0;
}

void markdown_writer::omit_cell(cell_span span) {
    if (!row_is_open_ || in_cell_) return;
    open_cell(span);
    close_cell(span.columns);
}

void markdown_writer::close_cell(std::size_t columns) {
    if (!in_cell_) return request_gap(2);
    flush_code();
    end_inline();
    in_cell_       = false;
    place_.in_cell = false;
    columns        = std::min(columns, columns_ > row_size_ ? columns_ - row_size_ : 1);
    for (std::size_t i = 0; i < columns; ++i) {
        if (out_.back() != ' ') out_.push_back(' ');
        out_.push_back('|');
    }
    row_size_ += columns;
}

void markdown_writer::close_row() {
    if (!in_table_) return request_gap(2);
    row_is_open_ = false;
    end_row();
}

void markdown_writer::end_row() {
    if (!in_row_) return;
    in_row_ = false;
    if (!has_header_) {  // GFM tables have one, so the first row is it
        for (; row_size_ < columns_; ++row_size_) out_ += " |";
        has_header_ = true;
        gap_        = 1;
        start_line();
        out_.push_back('|');
        for (std::size_t i = 0; i < row_size_; ++i) out_ += " --- |";
    }
    gap_       = 1;
    table_end_ = out_.size();
}

}  // namespace forage::detail
