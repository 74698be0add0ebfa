// forage extract FILE|- --base URL, forage extract --batch DIR
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/extract_batch.hpp"
#include "cli/input.hpp"
#include "cli/render.hpp"
#include "cli/run_report.hpp"

#include <forage/html.hpp>

#include <utility>

namespace forage::cli {

namespace {

tally extract_one(const options& o, const read_options& how, console& out) {
    tally run;
    const auto bytes = read_input(o.file);
    auto content     = bytes ? read_html(*bytes, how) : result<page_content>{bytes.error()};
    if (bytes) run.consumed = bytes->size();
    if (!content) {
        run.failed = 1;
        out.complain(o.file + ": " + content.error().message());
        return run;
    }
    run.ok = 1;
    page read;
    static_cast<page_content&>(read) = *std::move(content);
    read.url                         = o.base;
    read.final_url                   = o.base;
    render_page(read, o, [&out](std::string_view part) { out.print(part); });
    if (const auto note = obstacle_note(read, o); !note.empty()) out.complain(o.file + note);
    return run;
}

}  // namespace

int extract_command(const options& o) {
    stopwatch watch;
    console out;
    const read_options how{.base_url = o.base, .mode = o.mode, .time_limit = o.timeout, .reader = o.reader};
    const auto run = o.batch.empty() ? extract_one(o, how, out) : extract_batch(o, how, out);
    if (o.stats) out.note(stats_json(run, {}, watch.wall_seconds(), stopwatch::cpu_seconds()));
    return exit_code(run);
}

}  // namespace forage::cli
