// forage research QUERY
#include "cli/client_setup.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/printable.hpp"
#include "cli/render.hpp"
#include "cli/run_report.hpp"

#include <forage/json.hpp>
#include <forage/research.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>

#include <string>
#include <utility>
#include <vector>

namespace forage::cli {

namespace {

/// What was begun and not read, or could not be: neither what nobody came to nor what is read under another name.
std::vector<scrape_failure> failures_of(const answer_pack& pack) {
    std::vector<scrape_failure> failures;
    for (const auto& each : pack.ledger)
        if (each.why) failures.push_back({failures.size(), each.url, *each.why});
    return failures;
}

}  // namespace

awaitable<int> research_command(options o) {
    stopwatch watch;
    console out;
    auto executor = co_await boost::asio::this_coro::executor;
    auto settings = client_settings(o);
    request_log requests;
    if (o.stats) requests.listen(settings);
    client web{executor, std::move(settings)};

    auto how         = o.research.options();
    how.pages        = o.count.value_or(how.pages);
    how.providers    = o.chain;
    how.together     = o.together;
    how.concurrency  = o.concurrency.value_or(how.concurrency);
    how.page_timeout = o.timeout;
    if (o.deadline.count() > 0) how.deadline = o.deadline;
    const auto show = [&](const ledger_entry& settled, const research_stats& so_far) {
        if (o.research.progress_as_json) return out.note(printable_json(to_json(settled)));
        const auto read = static_cast<std::size_t>(so_far.pages_read);
        out.progress(read, static_cast<std::size_t>(how.pages), 0);
    };
    how.on_progress = show;
    out.progress("searching");
    const auto answer = co_await research(web, o.query, how);

    tally run;
    int code = exit_nothing;
    if (answer) {
        const auto failures = failures_of(*answer);
        run.ok              = answer->sources.size();
        run.failed          = failures.size();
        run.was_interrupted = was_interrupted(failures);
        out.print(render_answer(*answer, o));
        report_failures(out, failures);
        if (answer->is_partial()) out.complain("ended early: " + std::string{to_string(answer->ending)});
        if (run.ok + run.failed == 0) out.complain("no hits");
        code = run.ok == 0 && !run.was_interrupted ? exit_nothing : exit_code(run);
    } else {
        out.complain(answer.error().message());
        if (answer.error().code == errc::cancelled) code = exit_interrupted;
    }
    if (o.stats) out.note(stats_json(run, web.stats(), watch.wall_seconds(), stopwatch::cpu_seconds(), requests));
    co_return code;
}

}  // namespace forage::cli
