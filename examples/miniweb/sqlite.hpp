// SQLite with owners and exceptions: a database, a prepared statement. Just what the index needs.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace miniweb {

/// Every failure throws std::runtime_error with SQLite's message. Threads: one at a time.
class database {
public:
    /// ":memory:" or a file, which is made if it is not there.
    explicit database(const std::string& file);
    void run(const char* sql);

private:
    friend class statement;
    struct close {
        void operator()(sqlite3* db) const noexcept;
    };
    std::unique_ptr<sqlite3, close> db_;
};

class statement {
public:
    statement(database& db, std::string_view sql);

    /// Parameters are numbered from 1. Text must stay alive until the next `reset`.
    statement& bind(int index, std::string_view text);
    statement& bind(int index, std::int64_t number);
    statement& bind(int index, double number);

    /// True: there is a row.
    bool step();
    /// Makes it ready to run again; the parameters stay.
    void reset();

    /// Columns are numbered from 0; text is valid until the next `step` or `reset`.
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;

private:
    void check(int code) const;

    struct finalize {
        void operator()(sqlite3_stmt* s) const noexcept;
    };
    sqlite3* db_;
    std::unique_ptr<sqlite3_stmt, finalize> statement_;
};

}  // namespace miniweb
