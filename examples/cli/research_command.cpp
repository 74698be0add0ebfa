// forage research QUERY
#include "cli/client_setup.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/render.hpp"
#include "cli/run_report.hpp"

#include <forage/research.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>

namespace forage::cli {

awaitable<int> research_command(options o) {
    stopwatch watch;
    console out;
    auto executor = co_await boost::asio::this_coro::executor;
    auto settings = client_settings(o);
    request_log requests;
    if (o.stats) requests.listen(settings);
    client web{executor, std::move(settings)};

    research_options how;
    how.pages        = o.count.value_or(how.pages);
    how.providers    = o.chain;
    how.concurrency  = o.concurrency;
    how.page_timeout = o.timeout;
    if (o.deadline.count() > 0) how.deadline = o.deadline;
    out.progress("searching and reading");
    const auto answer = co_await research(web, o.query, how);

    tally run;
    int code = exit_nothing;
    if (answer) {
        run.ok              = answer->sources.size();
        run.failed          = answer->failures.size();
        run.was_interrupted = was_interrupted(answer->failures);
        out.print(render_answer(*answer, o));
        report_failures(out, answer->failures);
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
