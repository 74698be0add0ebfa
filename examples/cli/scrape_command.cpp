// forage scrape URL… | --urls FILE|-
#include "cli/client_setup.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/render.hpp"
#include "cli/reorder_window.hpp"
#include "cli/run_report.hpp"
#include "cli/url_list.hpp"

#include <forage/files.hpp>
#include <forage/scrape.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>

#include <utility>

namespace forage::cli {

namespace {

/// What the page reader may leave out for this output.
page_options page_settings(const options& o) {
    const bool is_json = o.format == output_format::json || o.format == output_format::jsonl;
    page_options how;
    how.timeout    = o.timeout;
    how.markdown   = is_json || o.format == output_format::markdown;
    how.code       = is_json;
    how.metadata   = is_json || o.metadata;
    how.fetch_only = o.fetch_only;
    how.truncate   = o.truncate;
    how.reader     = o.reader;
    how.mode       = o.mode;

    how.retry.attempts = o.retries + 1;
    return how;
}

/// Prints pages in input order, each as soon as its turn has come, so that what is done is there when Ctrl-C comes.
/// `json` is one object, printed at the end.
class page_printer {
public:
    page_printer(console& out, const options& o, const std::vector<std::string>& urls)
        : out_{out}, options_{o}, urls_{urls}, window_{[&out](std::string_view piece) { out.print(piece); }} {}

    void operator()(std::size_t index, const result<page>& outcome) {
        ++done_;
        if (!outcome) ++failed_;
        if (streams()) show(index, outcome);
        out_.progress(done_, urls_.size(), failed_);
    }

    /// The whole batch, or of what has been shown one by one the rest.
    void finish(const scrape_batch& batch) {
        if (!streams()) return render_batch(batch, [this](std::string_view part) { out_.print(part); });
        for (const auto& f : batch.failures) window_.put(f.index, render_failure(f, options_));
        window_.flush();
    }

    /// Whether pages are printed as they come. Then nobody needs to keep them.
    [[nodiscard]] bool streams() const { return options_.format != output_format::json; }

private:
    void show(std::size_t index, const result<page>& outcome) {
        if (outcome) {
            if (const auto note = obstacle_note(*outcome, options_); !note.empty()) out_.complain(urls_[index] + note);
            return window_.put_parts(index, [&](const auto& print) { render_page(*outcome, options_, print); });
        }
        // Whether a cancelled page is one that ran out of time, only the batch can tell.
        if (outcome.error().code == errc::cancelled) return;
        window_.put(index, render_failure({index, urls_[index], outcome.error()}, options_));
    }

    console& out_;
    const options& options_;
    const std::vector<std::string>& urls_;
    std::size_t done_   = 0;
    std::size_t failed_ = 0;
    reorder_window window_;
};

/// The URLs of arguments and list.
awaitable<result<distinct_urls>> urls_to_fetch(options o, std::string piped) {
    auto urls = std::move(o.urls);
    if (!o.url_list.empty() && o.url_list != "-") {
        auto text = co_await read_text_file(o.url_list);
        if (!text) co_return std::move(text).error();
        piped = *std::move(text);
    }
    for (auto& url : parse_url_list(piped)) urls.push_back(std::move(url));
    if (urls.empty()) co_return error{errc::bad_argument, "no URL in " + o.url_list};
    co_return without_repeats(std::move(urls));
}

}  // namespace

awaitable<int> scrape_command(options o, std::string piped) {
    stopwatch watch;
    console out;
    const auto list = co_await urls_to_fetch(o, std::move(piped));
    if (!list) {
        out.complain(list.error().message());
        co_return list.error().code == errc::cancelled ? exit_interrupted : exit_nothing;
    }
    if (list->repeated > 0) out.complain(std::to_string(list->repeated) + " repeated URLs left out");

    auto executor = co_await boost::asio::this_coro::executor;
    auto settings = client_settings(o);
    request_log requests;
    if (o.stats) requests.listen(settings);
    client web{executor, std::move(settings)};
    page_printer printer{out, o, list->urls};

    scrape_options how;
    how.concurrency  = o.concurrency.value_or(8);
    how.deadline     = o.deadline;
    how.page         = page_settings(o);
    how.on_result    = printer;
    how.keep_content = !printer.streams();
    const auto batch = co_await scrape_pages(web, list->urls, how);

    // After Ctrl-C this coroutine can print but no longer await.
    printer.finish(batch);
    report_failures(out, batch.failures);
    tally run;
    run.ok              = batch.values.size();
    run.failed          = batch.failures.size();
    run.was_interrupted = was_interrupted(batch.failures);
    if (o.stats) out.note(stats_json(run, web.stats(), watch.wall_seconds(), stopwatch::cpu_seconds(), requests));
    co_return exit_code(run);
}

}  // namespace forage::cli
