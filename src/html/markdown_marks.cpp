// Strong, emphasis, deletion and links. Whether a delimiter is taken for one depends on both of its neighbours (§6.2),
// so a mark is opened when its text comes, closed when what follows is known, and taken back where it would not close.
// The text is right whatever happens to its marks.
#include "html/markdown_writer.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

using mark = markdown_writer::mark;

constexpr std::string_view mark_text(mark m) noexcept {
    switch (m) {
    case mark::strong: return "**";
    case mark::em: return "*";
    case mark::del: return "~~";
    case mark::link: break;
    }
    return "[";
}

constexpr bool is_star(mark m) noexcept { return m == mark::strong || m == mark::em; }

}  // namespace

void markdown_writer::open_mark(mark m) {
    if (code_depth_ == 0) flush_code();
    if (wanted_[static_cast<std::size_t>(m)]++ == 0) order_[wanted_count_++] = m;
}

void markdown_writer::close_mark(mark m) {
    if (code_depth_ == 0) flush_code();
    if (--wanted_[static_cast<std::size_t>(m)] != 0) return;
    auto* const end = order_.begin() + wanted_count_--;
    std::remove(order_.begin(), end, m);
}

void markdown_writer::open_link(std::string_view url) {
    flush_code();
    const bool is_inside = wanted_[static_cast<std::size_t>(mark::link)] != 0;
    open_mark(mark::link);
    if (is_inside) return;
    if (is_written(mark::link)) {  // the link before this one, if nothing came since
        std::size_t keep = 0;
        while (written_[keep].kind != mark::link) ++keep;
        close_marks(keep, flank::punctuation);
    }
    link_url_     = url;
    link_is_used_ = false;
}

void markdown_writer::close_link() {
    flush_code();
    close_mark(mark::link);
}

bool markdown_writer::is_written(mark m) const noexcept {
    return std::any_of(written_.begin(), written_.begin() + written_count_, [m](written_mark w) {
        return w.kind == m;
    });
}

bool markdown_writer::wants(mark m) const noexcept {
    if (wanted_[static_cast<std::size_t>(m)] == 0) return false;
    if (m == mark::link) return !link_is_used_ || is_written(m);
    return m != mark::strong || heading_depth_ == 0;  // headings are strong already
}

void markdown_writer::begin_inline(flank next, bool is_code) {
    if (gap_ != 0 || out_.empty()) {
        end_inline();
        start_line();
    } else {
        // A mark that is no longer wanted is closed with all that were opened after it.
        std::size_t keep = 0;
        while (keep < written_count_ && wants(written_[keep].kind)) ++keep;
        const bool opens_link = wants(mark::link) && !is_written(mark::link);
        close_marks(keep, space_ ? flank::space : opens_link ? flank::punctuation : next);
        if (space_ && out_.back() != ' ') out_.push_back(' ');
    }
    space_ = false;
    write_wanted(next, is_code);
}

void markdown_writer::end_inline() {
    close_marks(0, flank::space);
    star_end_ = std::string::npos;
    space_    = false;
}

void markdown_writer::write_wanted(flank next, bool is_code) {
    std::array<mark, 4> due{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < wanted_count_; ++i) {
        if (wants(order_[i]) && !is_written(order_[i])) due[count++] = order_[i];
    }
    const bool between_code = is_code && code_end_ == out_.size();  // could not be taken back: the backticks would join
    flank before_stars      = flank::space;
    std::size_t stars_at    = std::string::npos;
    for (std::size_t i = 0; i < count; ++i) {
        const mark m = due[i];
        if (m == mark::link) {
            if (!out_.empty() && out_.back() == '!') out_.insert(out_.size() - 1, 1, '\\');  // not an image
            link_is_used_ = true;
        } else {
            const auto follows_other = [&](mark other) { return is_star(other) != is_star(m) || other == mark::link; };
            const bool is_last       = std::none_of(due.begin() + i + 1, due.begin() + count, follows_other);
            const flank inside       = is_last ? next : flank::punctuation;
            const flank outside      = stars_at == out_.size() && is_star(m) ? before_stars : last_flank(out_);
            if (between_code || !is_delimiter(inside, outside)) continue;
            if (is_star(m)) {
                // `**a***b*` and the like are read differently by versions of CommonMark.
                if (star_end_ == out_.size() || (has_star() && !is_one_way(inside, outside))) continue;
                before_stars = outside;
                stars_at     = out_.size() + mark_text(m).size();
            }
        }
        written_[written_count_++] = {m, out_.size()};
        out_ += mark_text(m);
        if (place_.place == line_place::start) place_.place = line_place::inside;
    }
}

void markdown_writer::close_marks(std::size_t keep, flank next) {
    if (written_count_ == keep) return;
    const auto spaces = trailing_spaces(out_);  // no mark ends with them
    const std::string tail{out_, out_.size() - spaces};
    out_.resize(out_.size() - spaces);
    if (spaces != 0) next = flank::space;

    flank before_stars   = flank::space;
    std::size_t stars_at = std::string::npos;
    while (written_count_ > keep) {
        const written_mark m = written_[--written_count_];
        if (m.kind == mark::link) {
            write_link_end();
            continue;
        }
        const auto* const rest = written_.begin();
        const bool in_link =
            std::any_of(rest + keep, rest + written_count_, [](written_mark w) { return w.kind == mark::link; });
        const flank outside = in_link ? flank::punctuation : next;
        const flank inside  = stars_at == out_.size() && is_star(m.kind) ? before_stars : last_flank(out_);
        // "***" that could open as well is not always taken to close "***".
        const bool is_double = is_star(m.kind) && written_count_ > keep && is_star(written_[written_count_ - 1].kind);
        if (!is_delimiter(inside, outside) || (is_double && !is_one_way(inside, outside))) {
            erase(m);
            continue;
        }
        out_ += mark_text(m.kind);
        if (!is_star(m.kind)) continue;
        before_stars = inside;
        stars_at     = out_.size();
        star_end_    = out_.size();
    }
    out_ += tail;
}

void markdown_writer::write_link_end() {
    out_ += "](";
    append_destination(out_, link_url_);
    out_.push_back(')');
}

void markdown_writer::erase(written_mark m) {
    const auto from_end = [&](std::size_t at) { return at == std::string::npos ? at : out_.size() - at; };
    const auto code     = from_end(code_end_);
    const auto star     = from_end(star_end_);
    out_.erase(m.at, mark_text(m.kind).size());
    if (m.at == line_start_) {
        if (const auto marker = block_marker(std::string_view{out_}.substr(m.at)); marker != std::string_view::npos)
            out_.insert(m.at + marker, 1, '\\');
    } else if (m.at > 0 && out_[m.at - 1] == '!' && m.at < out_.size() && out_[m.at] == '[') {
        out_.insert(m.at - 1, 1, '\\');  // not an image
    }
    code_end_ = code > out_.size() ? std::string::npos : out_.size() - code;
    star_end_ = star > out_.size() ? std::string::npos : out_.size() - star;
}

}  // namespace forage::detail
