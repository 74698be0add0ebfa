#include "net/resolver.hpp"

#include "core/event.hpp"
#include "core/with_deadline.hpp"
#include "core/worker_pool.hpp"
#include "net/address_cache.hpp"
#include "net/address_guard.hpp"
#include "net/dns_setup.hpp"
#include "net/host_text.hpp"
#include "net/hosts_file.hpp"
#include "net/lookup.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

namespace forage::detail {
namespace net    = boost::asio;
using clock_type = std::chrono::steady_clock;

namespace {

struct system_setup {
    result<std::shared_ptr<dns_setup>> dns;
    result<host_table> hosts;
};

// The literal an URL's host may be; IPv6 comes in brackets.
std::optional<net::ip::address> literal(std::string_view host) {
    boost::system::error_code ec;
    auto address = net::ip::make_address(std::string{without_brackets(host)}, ec);
    if (ec) return std::nullopt;
    return address;
}

// RFC 6761 §6.3: such names are never asked for.
bool is_localhost(std::string_view name) { return name == "localhost" || name.ends_with(".localhost"); }

}  // namespace

struct resolver::impl : std::enable_shared_from_this<resolver::impl> {
    net::any_io_executor strand;
    host_table overrides;
    std::string server;
    std::shared_ptr<event> loading;  // while the system's configuration is read
    std::shared_ptr<dns_setup> dns;  // null until the first name is looked up
    host_table hosts;
    std::map<std::string, std::weak_ptr<lookup>> running;
    address_cache cache;

    awaitable<result<addresses>> resolve(std::string host);
    awaitable<result<void>> set_up();
    awaitable<result<addresses>> ask(std::string host);
    result<std::shared_ptr<lookup>> join(const std::string& host);
    result<addresses> remember(const std::string& host, lookup::outcome outcome);
};

result<host_table> given_hosts(const std::vector<std::pair<std::string, std::string>>& entries) {
    host_table table;
    for (const auto& [name, text] : entries) {
        const auto host = host_name(name);
        if (!host) return error{errc::bad_argument, "not a host name: " + name, "hosts: write the name alone"};
        const auto address = literal(text);
        if (!address) {
            return error{errc::bad_argument, "not an address: " + text, "hosts: write an address alone, with no port"};
        }
        table[*host].push_back(*address);
    }
    return table;
}

resolver::resolver(net::any_io_executor strand, host_table overrides, std::string server)
    : impl_{std::make_shared<impl>()} {
    impl_->strand    = std::move(strand);
    impl_->overrides = std::move(overrides);
    impl_->server    = std::move(server);
}

resolver::~resolver() = default;

awaitable<result<addresses>> resolver::resolve(std::string host, deadline until) {
    auto self = impl_;
    auto name = host;
    if (auto address = literal(host)) co_return addresses{*address};
    auto found = co_await with_deadline(self->resolve(std::move(host)), until);
    if (!found) {
        co_return error{
            errc::timed_out, "the name server did not answer in time", "check the network or allow more time"
        }
            .at(phase::resolve)
            .on(name);
    }
    if (!*found) {
        auto why = std::move(*found).error();
        if (why.where == phase::none) why.where = phase::resolve;
        co_return std::move(why).on(name);
    }
    co_return *std::move(found);
}

awaitable<result<addresses>> resolver::impl::resolve(std::string host) {
    const std::string name{without_final_dot(host)};
    if (const auto found = overrides.find(name); found != overrides.end()) co_return found->second;
    if (auto ready = co_await set_up(); !ready) co_return ready.error();
    if (const auto found = hosts.find(name); found != hosts.end()) co_return found->second;
    if (is_localhost(name)) co_return addresses{net::ip::address_v6::loopback(), net::ip::address_v4::loopback()};
    // By the name as given: with a dot at the end, the search list does not apply.
    if (auto known = cache.find(host, clock_type::now())) co_return *std::move(known);
    co_return co_await ask(std::move(host));
}

awaitable<result<void>> resolver::impl::set_up() {
    while (!dns && loading) {
        const auto other = loading;
        co_await other->wait();
    }
    if (dns) co_return result<void>::success();

    // However this ends, the next in line finds either the configuration or its own turn to read it.
    struct load_in_progress {
        impl& self;
        explicit load_in_progress(impl& i) : self{i} { self.loading = std::make_shared<event>(self.strand); }
        load_in_progress(const load_in_progress&)            = delete;
        load_in_progress& operator=(const load_in_progress&) = delete;
        ~load_in_progress() { std::exchange(self.loading, nullptr)->set(); }
    };
    const load_in_progress mine{*this};
    auto read_system = [address = server](const std::atomic<bool>&) {
        return system_setup{dns_setup::load(address), read_hosts_file()};
    };
    auto setup = co_await offload<system_setup>(std::move(read_system));
    if (!setup.dns) co_return setup.dns.error();
    if (!setup.hosts) co_return setup.hosts.error();
    hosts = *std::move(setup.hosts);
    dns   = *std::move(setup.dns);
    co_return result<void>::success();
}

awaitable<result<addresses>> resolver::impl::ask(std::string host) {
    auto joined = join(host);
    if (!joined) co_return std::move(joined).error();
    // Whoever waits owns the look-up, so the last to leave ends it.
    struct share {
        impl& self;
        const std::string& name;
        std::shared_ptr<lookup> look;
        share(impl& i, const std::string& n, std::shared_ptr<lookup> l) : self{i}, name{n}, look{std::move(l)} {}
        share(const share&)            = delete;
        share& operator=(const share&) = delete;
        ~share() {
            look.reset();
            if (const auto entry = self.running.find(name); entry != self.running.end() && entry->second.expired()) {
                self.running.erase(entry);
            }
        }
    };
    const share mine{*this, host, *std::move(joined)};
    co_await mine.look->settled();
    co_return remember(host, mine.look->so_far());
}

result<std::shared_ptr<lookup>> resolver::impl::join(const std::string& host) {
    auto& place = running[host];
    if (auto same = place.lock()) return same;
    auto started = lookup::start(strand, dns, dns->search.names_for(host));
    if (started)
        place = *started;
    else
        running.erase(host);
    return started;
}

result<addresses> resolver::impl::remember(const std::string& host, lookup::outcome outcome) {
    const auto now = clock_type::now();
    if (outcome.found.empty()) {
        if (outcome.is_denied) cache.keep_denial(host, outcome.why, now);
        return std::move(outcome.why);
    }
    auto span = outcome.time_to_live;
    if (!outcome.is_complete) span = std::min(span, address_cache::longest_incomplete);
    cache.keep(host, outcome.found, span, now);
    return std::move(outcome.found);
}

}  // namespace forage::detail
