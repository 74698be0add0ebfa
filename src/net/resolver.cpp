#include "net/resolver.hpp"

#include "core/event.hpp"
#include "core/with_deadline.hpp"
#include "core/worker_pool.hpp"
#include "net/dns_channel.hpp"
#include "net/hosts_file.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

namespace forage::detail {
namespace net    = boost::asio;
using clock_type = std::chrono::steady_clock;

namespace {

constexpr std::chrono::seconds ttl_floor{1};
constexpr std::chrono::seconds ttl_ceiling{300};
constexpr std::size_t cache_limit = 1024;

// A query that runs, and those who wait for it.
struct lookup {
    explicit lookup(const net::any_io_executor& strand) : answered{strand} {}
    event answered;
    result<dns_answer> outcome;
};

struct cached {
    addresses found;
    clock_type::time_point until;
};

struct system_setup {
    result<std::shared_ptr<dns_channel>> channel;
    host_table hosts;
};

// The literal an URL's host may be; IPv6 comes in brackets.
std::optional<net::ip::address> literal(std::string_view host) {
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    boost::system::error_code ec;
    auto address = net::ip::make_address(std::string{host}, ec);
    if (ec) return std::nullopt;
    return address;
}

}  // namespace

struct resolver::impl : std::enable_shared_from_this<resolver::impl> {
    net::any_io_executor strand;
    host_table overrides;
    std::string server;
    std::shared_ptr<dns_channel> channel;  // null until the first name is looked up
    host_table hosts;
    std::map<std::string, std::shared_ptr<lookup>> running;
    std::map<std::string, cached> cache;
    std::size_t waiting = 0;

    awaitable<result<addresses>> resolve(std::string host);
    awaitable<result<void>> set_up();
    awaitable<result<addresses>> ask(std::string name);
    void remember(const std::string& name, const dns_answer& answer);
};

resolver::resolver(
    net::any_io_executor strand, std::vector<std::pair<std::string, std::string>> overrides, std::string server
)
    : impl_{std::make_shared<impl>()} {
    impl_->strand = std::move(strand);
    impl_->server = std::move(server);
    for (const auto& [name, address] : overrides) {
        if (auto parsed = literal(address)) impl_->overrides[name].push_back(*parsed);
    }
}

resolver::~resolver() = default;

awaitable<result<addresses>> resolver::resolve(std::string host, deadline until) {
    auto self  = impl_;
    auto name  = host;
    auto found = co_await with_deadline(self->resolve(std::move(host)), until);
    if (!found) {
        co_return error{
            errc::timed_out, "the name server did not answer in time", "check the network or allow more time"
        }
            .at(phase::resolve)
            .on(name);
    }
    if (!*found) co_return std::move(*found).error().at(phase::resolve).on(name);
    co_return *std::move(found);
}

awaitable<result<addresses>> resolver::impl::resolve(std::string host) {
    if (auto address = literal(host)) co_return addresses{*address};
    if (host.ends_with('.')) host.pop_back();
    if (const auto found = overrides.find(host); found != overrides.end()) co_return found->second;
    if (auto ready = co_await set_up(); !ready) co_return ready.error();
    if (const auto found = hosts.find(host); found != hosts.end()) co_return found->second;
    if (const auto found = cache.find(host); found != cache.end()) {
        if (found->second.until > clock_type::now()) co_return found->second.found;
        cache.erase(found);
    }
    co_return co_await ask(std::move(host));
}

awaitable<result<void>> resolver::impl::set_up() {
    if (channel) co_return result<void>::success();
    auto read_system = [ex = strand, address = server](const std::atomic<bool>&) {
        return system_setup{dns_channel::open(ex, address), read_hosts_file()};
    };
    auto setup = co_await offload<system_setup>(std::move(read_system));
    if (!setup.channel) co_return setup.channel.error();
    if (!channel) {  // another look-up may have been faster
        channel = *setup.channel;
        hosts   = std::move(setup.hosts);
    }
    co_return result<void>::success();
}

awaitable<result<addresses>> resolver::impl::ask(std::string name) {
    auto mine = running[name];
    if (!mine) {
        mine          = std::make_shared<lookup>(strand);
        running[name] = mine;
        channel->query(name, [self = shared_from_this(), name, mine](result<dns_answer> outcome) {
            if (outcome) self->remember(name, *outcome);
            mine->outcome = std::move(outcome);
            mine->answered.set();
            self->running.erase(name);
        });
    }
    // c-ares cannot end one query, only all of them: so they end when the last waiter of any goes.
    struct share {
        impl& self;
        explicit share(impl& i) : self{i} { ++self.waiting; }
        share(const share&)            = delete;
        share& operator=(const share&) = delete;
        ~share() {
            if (--self.waiting == 0 && !self.running.empty()) self.channel->cancel_all();
        }
    };
    const share holding{*this};
    co_await mine->answered.wait();
    if (!mine->outcome) co_return mine->outcome.error();
    if (mine->outcome->addresses.empty()) co_return error{errc::name_not_found, "the name has no address"};
    co_return mine->outcome->addresses;
}

void resolver::impl::remember(const std::string& name, const dns_answer& answer) {
    if (answer.addresses.empty()) return;
    if (cache.size() >= cache_limit) cache.clear();
    cache[name] = {answer.addresses, clock_type::now() + std::clamp(answer.time_to_live, ttl_floor, ttl_ceiling)};
}

}  // namespace forage::detail
