#include "sqlite.hpp"

#include <sqlite3.h>
#include <stdexcept>

namespace miniweb {

namespace {

[[noreturn]] void fail(sqlite3* db) {
    throw std::runtime_error{std::string{"SQLite: "} + (db != nullptr ? sqlite3_errmsg(db) : "out of memory")};
}

}  // namespace

void database::close::operator()(sqlite3* db) const noexcept { sqlite3_close(db); }

database::database(const std::string& file) {
    sqlite3* db    = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    db_.reset(db);
    if (code != SQLITE_OK) fail(db);
    // Another process may be filling the same file.
    constexpr int patience_ms = 30'000;
    sqlite3_busy_timeout(db, patience_ms);
}

void database::run(const char* sql) {
    if (sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(db_.get());
}

void statement::finalize::operator()(sqlite3_stmt* s) const noexcept { sqlite3_finalize(s); }

statement::statement(database& db, std::string_view sql) : db_{db.db_.get()} {
    sqlite3_stmt* made = nullptr;
    check(sqlite3_prepare_v2(db_, sql.data(), static_cast<int>(sql.size()), &made, nullptr));
    statement_.reset(made);
}

void statement::check(int code) const {
    if (code != SQLITE_OK) fail(db_);
}

statement& statement::bind(int index, std::string_view text) {
    check(sqlite3_bind_text64(statement_.get(), index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
    return *this;
}

statement& statement::bind(int index, std::int64_t number) {
    check(sqlite3_bind_int64(statement_.get(), index, number));
    return *this;
}

statement& statement::bind(int index, double number) {
    check(sqlite3_bind_double(statement_.get(), index, number));
    return *this;
}

bool statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE) fail(db_);
    return code == SQLITE_ROW;
}

void statement::reset() { sqlite3_reset(statement_.get()); }

std::string_view statement::text(int column) const {
    const auto* const bytes = sqlite3_column_text(statement_.get(), column);
    const auto size         = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return bytes == nullptr ? std::string_view{} : std::string_view{reinterpret_cast<const char*>(bytes), size};
}

std::int64_t statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

}  // namespace miniweb
