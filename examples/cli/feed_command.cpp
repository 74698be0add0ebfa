// forage feed FILE|- and forage sitemap FILE|-, with --base URL
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/input.hpp"
#include "cli/render_feed.hpp"
#include "cli/run_report.hpp"

namespace forage::cli {

namespace {

std::string rendered(const feed& f, const options& o) { return render_feed(f, o); }
std::string rendered(const sitemap& s, const options& o) { return render_sitemap(s, o); }

/// Reads the file by `read(bytes)`, and prints what is there even if there should be more.
int print_file(const options& o, auto&& read) {
    stopwatch watch;
    console out;
    tally run;
    const auto bytes = read_input(o.file);
    const auto made  = bytes ? read(*bytes) : decltype(read(*bytes)){bytes.error()};
    if (bytes) run.consumed = bytes->size();
    if (made) {
        run.ok = 1;
        out.print(rendered(*made, o));
        if (made->truncated) out.complain(o.file + ": broken or too large; this is what comes before");
    } else {
        out.complain(o.file + ": " + made.error().message());
    }
    if (!made || made->truncated) run.failed = 1;
    if (o.stats) out.note(stats_json(run, {}, watch.wall_seconds(), stopwatch::cpu_seconds()));
    return exit_code(run);
}

}  // namespace

int feed_command(const options& o) {
    return print_file(o, [&](std::string_view bytes) -> result<feed> {
        return read_feed(bytes, {.base_url = o.base, .time_limit = o.timeout});
    });
}

int sitemap_command(const options& o) {
    return print_file(o, [&](std::string_view bytes) -> result<sitemap> {
        return read_sitemap(bytes, {.base_url = o.base, .time_limit = o.timeout});
    });
}

}  // namespace forage::cli
