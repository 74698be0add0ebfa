#include "search/quota_store.hpp"

#include "text/calendar_day.hpp"

#include <forage/error.hpp>

#include <filesystem>
#include <initializer_list>
#include <optional>
#include <sqlite3.h>
#include <string_view>
#include <utility>

namespace forage::detail {
namespace {

using std::chrono::sys_days;
using std::chrono::system_clock;
using std::chrono::year_month_day;

constexpr int patience_ms   = 2'000;  // for other processes that write
constexpr int short_wait_ms = 5;

constexpr const char* schema = R"sql(
    CREATE TABLE IF NOT EXISTS used (
        service TEXT NOT NULL, period TEXT NOT NULL, requests INTEGER NOT NULL, micro_usd INTEGER NOT NULL,
        PRIMARY KEY (service, period)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS spent (service TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
    DELETE FROM used WHERE period < strftime('%Y-%m', 'now', '-2 months');
)sql";

// "2026-11-28" and "2026-11", and when each is over.
struct periods {
    std::string day, month;
    system_clock::time_point day_ends, month_ends;

    explicit periods(system_clock::time_point now) {
        const auto today = std::chrono::floor<std::chrono::days>(now);
        const year_month_day date{today};
        day        = text_of({static_cast<unsigned>(int{date.year()}), unsigned{date.month()}, unsigned{date.day()}});
        month      = day.substr(0, day.rfind('-'));
        day_ends   = today + std::chrono::days{1};
        month_ends = sys_days{date.year() / date.month() / 1 + std::chrono::months{1}};
    }
};

error exceeded(std::string what, const char* option, system_clock::time_point until) {
    error e{
        errc::quota_exceeded,
        std::move(what),
        "wait until " + periods{until}.day + ", use another provider, or raise " + option
    };
    e.where    = phase::queue;
    e.retry_at = until;
    return e;
}

}  // namespace

/// One connection. Everything returns false where SQLite fails.
class quota_store::database {
public:
    explicit database(const std::string& file) {
        constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        is_open_            = ::sqlite3_open_v2(file.c_str(), &connection_, flags, nullptr) == SQLITE_OK &&
                   ::sqlite3_busy_timeout(connection_, patience_ms) == SQLITE_OK && write_ahead() && run(schema);
    }
    ~database() { ::sqlite3_close_v2(connection_); }
    database(const database&)            = delete;
    database& operator=(const database&) = delete;

    [[nodiscard]] bool is_open() const noexcept { return is_open_; }
    /// Of the last failure.
    [[nodiscard]] std::string reason() const { return reason_.empty() ? ::sqlite3_errmsg(connection_) : reason_; }

    bool run(const char* sql) { return ::sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }

    /// A statement with its values; the first column of its first row, 0 if there is none.
    bool
    ask(std::int64_t& answer, const char* sql, std::initializer_list<std::string_view> texts, std::int64_t number = 0) {
        ::sqlite3_stmt* statement = nullptr;
        if (::sqlite3_prepare_v2(connection_, sql, -1, &statement, nullptr) != SQLITE_OK) return false;
        int place = 0;
        for (const auto text : texts)
            ::sqlite3_bind_text(statement, ++place, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
        if (place < ::sqlite3_bind_parameter_count(statement)) ::sqlite3_bind_int64(statement, place + 1, number);
        const int step = ::sqlite3_step(statement);
        answer         = step == SQLITE_ROW ? ::sqlite3_column_int64(statement, 0) : 0;
        ::sqlite3_finalize(statement);
        return step == SQLITE_ROW || step == SQLITE_DONE;
    }
    bool change(const char* sql, std::initializer_list<std::string_view> texts, std::int64_t number = 0) {
        std::int64_t ignored = 0;
        return ask(ignored, sql, texts, number);
    }

    /// Runs `work` with the database locked for writing; undone unless it returns true.
    template <class Work>
    bool transact(Work work) {
        if (!run("BEGIN IMMEDIATE")) return false;
        if (work() && run("COMMIT")) return true;
        reason_ = ::sqlite3_errmsg(connection_);  // which undoing it replaces
        run("ROLLBACK");
        return false;
    }

private:
    // Where several processes begin at once, this one statement does not wait by itself.
    bool write_ahead() {
        for (int waited = 0;; waited += short_wait_ms) {
            if (run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")) return true;
            if (::sqlite3_errcode(connection_) != SQLITE_BUSY || waited >= patience_ms) return false;
            ::sqlite3_sleep(short_wait_ms);
        }
    }

    ::sqlite3* connection_ = nullptr;
    bool is_open_          = false;
    std::string reason_;
};

quota_store::quota_store(std::string file) : file_{std::move(file)} {}
quota_store::~quota_store() = default;

error quota_store::failed() const {
    return error{
        errc::file_failed,
        "the file that counts requests, " + file_ + ": " + (database_ ? database_->reason() : "cannot be opened"),
        "see that it can be written, or name another (quota.file)"
    };
}

result<quota_store::database*> quota_store::open() {
    if (database_ && database_->is_open()) return database_.get();
    std::error_code ignored;  // opening says what is wrong
    std::filesystem::create_directories(std::filesystem::path{file_}.parent_path(), ignored);
    database_ = std::make_unique<database>(file_);
    if (!database_->is_open()) return failed();
    return database_.get();
}

result<void> quota_store::reserve(const asked_service& asked, const quota_limits& limits, time_point now) {
    const std::lock_guard lock{mutex_};
    const auto opened = open();
    if (!opened) return opened.error();
    auto& db = **opened;
    const periods at{now};
    std::optional<error> refused;
    const bool is_done = db.transact([&] {
        constexpr auto count     = "SELECT requests FROM used WHERE service = ? AND period = ?";
        constexpr auto add       = "INSERT INTO used VALUES (?, ?, 1, ?) ON CONFLICT (service, period) "
                                   "DO UPDATE SET requests = requests + 1, micro_usd = micro_usd + excluded.micro_usd";
        std::int64_t spent_until = 0, today = 0, this_month = 0, money = 0;
        const bool is_read = db.ask(spent_until, "SELECT until FROM spent WHERE service = ?", {asked.account()}) &&
                             db.ask(today, count, {asked.name(), at.day}) &&
                             db.ask(this_month, count, {asked.name(), at.month}) &&
                             db.ask(money, "SELECT sum(micro_usd) FROM used WHERE period = ?", {at.month});
        if (!is_read) return false;
        const auto until = time_point{std::chrono::seconds{spent_until}};
        if (until > now) {
            refused = exceeded("it said that its quota is spent", "its plan", until);
        } else if (limits.per_day > 0 && today >= limits.per_day) {
            refused = exceeded(std::to_string(today) + " requests were made today", "quota.per_day", at.day_ends);
        } else if (limits.per_month > 0 && this_month >= limits.per_month) {
            refused = exceeded(
                std::to_string(this_month) + " requests were made this month", "quota.per_month", at.month_ends
            );
        } else if (limits.micro_usd_per_month > 0 && limits.micro_usd > 0 &&
                   money + limits.micro_usd > limits.micro_usd_per_month) {
            refused = exceeded("the money for this month is spent", "quota.micro_usd_per_month", at.month_ends);
        }
        if (refused) return true;
        return db.change(add, {asked.name(), at.day}, limits.micro_usd) &&
               db.change(add, {asked.name(), at.month}, limits.micro_usd);
    });
    if (!is_done) return failed();
    if (refused) return *std::move(refused);
    return result<void>::success();
}

void quota_store::give_back(const asked_service& asked, const quota_limits& limits, time_point then) {
    const std::lock_guard lock{mutex_};
    const auto opened = open();
    if (!opened) return;  // it stays counted
    auto& db = **opened;
    const periods at{then};
    db.transact([&] {
        constexpr auto take = "UPDATE used SET requests = requests - 1, micro_usd = micro_usd - ?3 "
                              "WHERE service = ?1 AND period = ?2 AND requests > 0";
        return db.change(take, {asked.name(), at.day}, limits.micro_usd) &&
               db.change(take, {asked.name(), at.month}, limits.micro_usd);
    });
}

void quota_store::is_spent(const asked_service& asked, time_point until) {
    const std::lock_guard lock{mutex_};
    const auto opened = open();
    if (!opened) return;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(until).time_since_epoch().count();
    (*opened)->change(
        "INSERT INTO spent VALUES (?, ?) ON CONFLICT (service) DO UPDATE SET until = max(until, excluded.until)",
        {asked.account()},
        seconds
    );
}

}  // namespace forage::detail
