// miniweb: a small web on loopback. It serves folders of HTML pages over HTTPS under host names of their own, and
// answers searches over them in the wire formats of Google, Bing and DuckDuckGo.
#include "certificates.hpp"
#include "corpus.hpp"
#include "dns.hpp"
#include "server.hpp"
#include "web.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <sys/prctl.h>
#include <unistd.h>

namespace {

struct settings {
    std::vector<std::string> pages;
    std::uint16_t port = 0;
    std::string ca_out, env_out, index_file;
    bool exit_with_parent = false;
    miniweb::web_options web;
};

void add_options(CLI::App& app, settings& s) {
    app.add_option("--pages", s.pages, "Folder of HTML pages, or HOST=FOLDER; repeatable")->required();
    app.add_option("--port", s.port, "TCP port on 127.0.0.1; 0: any free one")->capture_default_str();
    app.add_option("--ca-out", s.ca_out, "Write the certificate authority to this PEM file");
    app.add_option("--env-out", s.env_out, "Write shell variables with everything a client needs, once it serves");
    app.add_option("--index", s.index_file, "Keep the search index in this file from one run to the next");
    app.add_option("--quota", s.web.quota, "Searches each service grants in all; 0: no limit");
    app.add_option("--rate", s.web.rate, "Searches a second Google and Bing grant; 0: no limit");
    app.add_option(
        "--duckduckgo-burst", s.web.duckduckgo_burst, "Searches a second before DuckDuckGo's challenge; 0: never"
    );
    app.add_flag("--challenge", s.web.challenge, "DuckDuckGo always shows its challenge");
    app.add_flag("--exit-with-parent", s.exit_with_parent, "End when the process that started this one ends");
    app.footer("MINIWEB_GOOGLE_KEY and MINIWEB_BING_KEY, if set in the environment, are the only API keys accepted.");
}

std::string environment(const char* name) {
    const char* const value = std::getenv(name);
    return value != nullptr ? value : "";
}

/// Whole or not at all: who waits for the file never reads half of it.
void write_file(const std::string& path, const std::string& text) {
    const std::string unfinished = path + ".part";
    std::ofstream out{unfinished, std::ios::binary | std::ios::trunc};
    out << text;
    out.close();
    if (!out) throw std::runtime_error{"cannot write " + path};
    std::filesystem::rename(unfinished, path);
}

std::string shell_quoted(const std::string& text) {
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'')
            quoted += "'\\''";
        else
            quoted += c;
    }
    return quoted + "'";
}

std::string joined(const std::vector<std::string>& words) {
    std::string list;
    for (const auto& word : words) list += (list.empty() ? "" : " ") + word;
    return list;
}

std::string shell_lines(const settings& s, const miniweb::web& web, std::uint16_t port, std::uint16_t dns_port) {
    std::string lines;
    auto add = [&](const char* name, const std::string& value) { lines += name + ('=' + shell_quoted(value)) + '\n'; };
    add("MINIWEB_PORT", std::to_string(port));
    if (!s.ca_out.empty()) add("MINIWEB_CA_FILE", std::filesystem::absolute(s.ca_out).string());
    add("MINIWEB_DNS", "127.0.0.1:" + std::to_string(dns_port));
    add("MINIWEB_GOOGLE_URL", web.google_url());
    add("MINIWEB_BING_URL", web.bing_url());
    add("MINIWEB_DUCKDUCKGO_URL", web.duckduckgo_url());
    add("MINIWEB_HOSTS", joined(web.hosts()));
    return lines;
}

/// In one write, so that a reader who waits for a word gets the line.
void log_line(std::string_view line) { std::cerr << ("miniweb: " + std::string{line} + '\n') << std::flush; }

std::vector<miniweb::site> make_sites(const settings& s) {
    std::vector<miniweb::site> sites;
    for (const auto& argument : s.pages) {
        sites.push_back(miniweb::make_site(argument));
        for (std::size_t i = 0; i + 1 < sites.size(); ++i)
            if (sites[i].host() == sites.back().host())
                throw std::runtime_error{"two folders for one host: " + sites[i].host() + "; name them, HOST=FOLDER"};
    }
    return sites;
}

void run(settings s) {
    s.web.google_key = environment("MINIWEB_GOOGLE_KEY");
    s.web.bing_key   = environment("MINIWEB_BING_KEY");

    auto sites = make_sites(s);
    miniweb::search_index index{s.index_file};
    if (const auto signature = miniweb::signature_of(sites); !index.holds(signature))
        index.fill(miniweb::read_pages(sites, log_line), signature);
    const std::size_t count = index.pages();
    if (count == 0) throw std::runtime_error{"no page to serve"};

    std::string site_names;
    for (const auto& one : sites) site_names += (site_names.empty() ? "" : ", ") + one.host();

    boost::asio::io_context context{1};
    miniweb::web web{std::move(sites), index, s.web};
    const auto hosts = web.hosts();
    const miniweb::certificate_authority authority;
    miniweb::server_options options;
    options.port = s.port;
    options.log  = log_line;
    options.tls  = authority.issue({.names = hosts, .addresses = {"127.0.0.1"}});
    miniweb::server server{
        context,
        miniweb::server::async_handler{[&web](miniweb::request asked) { return web.answer(std::move(asked)); }},
        options
    };
    miniweb::dns_server dns{context, {hosts.begin(), hosts.end()}};
    web.start(server.port());

    boost::asio::signal_set signals{context, SIGINT, SIGTERM};
    signals.async_wait([&](const boost::system::error_code& ec, int) {
        if (ec) return;
        server.stop();
        dns.stop();
    });

    if (!s.ca_out.empty()) write_file(s.ca_out, authority.certificate());
    if (!s.env_out.empty()) write_file(s.env_out, shell_lines(s, web, server.port(), dns.port()));
    log_line(
        "serving " + std::to_string(count) + " pages from " + site_names +
        " on https://127.0.0.1:" + std::to_string(server.port())
    );
    context.run();
}

}  // namespace

int main(int argc, char** argv) {
    const pid_t parent = getppid();
    CLI::App app{"A small web on loopback: HTTPS sites from folders, and search services over them"};
    settings s;
    add_options(app, s);
    CLI11_PARSE(app, argc, argv);
    std::signal(SIGPIPE, SIG_IGN);  // nobody has to read what it logs
    // The parent may have gone before the request to be told took hold.
    if (s.exit_with_parent && (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0 || getppid() != parent)) return 1;
    try {
        run(std::move(s));
        return 0;
    } catch (const std::exception& e) {
        log_line(e.what());
        return 1;
    }
}
