// forage extract FILE|- --base URL
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/extract_batch.hpp"
#include "cli/input.hpp"
#include "cli/render.hpp"
#include "cli/run_report.hpp"

#include <forage/html.hpp>
#include <forage/url.hpp>

#include <utility>

namespace forage::cli {

int extract_command(const options& o) {
    stopwatch watch;
    console out;
    if (!o.base.empty()) {
        if (const auto base = url::parse(o.base); !base) {
            out.complain("--base: " + base.error().message());
            return exit_usage;
        }
    }
    if (!o.batch.empty()) return extract_batch(o, out);
    const auto bytes = read_input(o.file);
    tally run;
    result<page_content> content;
    if (bytes) {
        run.consumed = bytes->size();
        content = read_html(*bytes, {.base_url = o.base, .mode = o.mode, .time_limit = o.timeout, .reader = o.reader});
    } else {
        content = bytes.error();
    }

    if (content) {
        run.ok = 1;
        page read;
        static_cast<page_content&>(read) = *std::move(content);
        read.url                         = o.base;
        read.final_url                   = o.base;
        render_page(read, o, [&out](std::string_view part) { out.print(part); });
    } else {
        run.failed = 1;
        out.complain(o.file + ": " + content.error().message());
    }
    if (o.stats) out.note(stats_json(run, {}, watch.wall_seconds(), stopwatch::cpu_seconds()));
    return exit_code(run);
}

}  // namespace forage::cli
