#include "core/environment.hpp"
#include "core/worker_pool.hpp"
#include "http/client_impl.hpp"
#include "url/redacted_text.hpp"

#include <forage/client.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <algorithm>
#include <chrono>

namespace forage {
namespace detail {
namespace net = boost::asio;

namespace {

// What is added to points of a clock that counts nanoseconds; a year is for ever.
constexpr std::chrono::milliseconds longest_span = std::chrono::hours{24 * 365};

client_options completed(client_options given) {
    if (given.google_key.empty()) given.google_key = environment("GOOGLE_SEARCH_API_KEY");
    if (given.google_cx.empty()) given.google_cx = environment("GOOGLE_SEARCH_CX");
    if (given.bing_key.empty()) given.bing_key = environment("BING_SEARCH_API_KEY");
    for (auto* span : {&given.host_delay, &given.host_pause, &given.idle_timeout, &given.max_connection_age})
        *span = std::clamp(*span, std::chrono::milliseconds{0}, longest_span);
    // Whatever else is switched off, every call ends.
    if (given.total_timeout.count() <= 0) given.total_timeout = client_options{}.total_timeout;
    given.total_timeout = std::min(given.total_timeout, longest_span);
    return given;
}

// An option that makes no sense is quoted, and may be the password of another that came to the wrong place.
template <class T>
T required(result<T> parsed) {
    if (!parsed) parsed.error().what = redacted_text(parsed.error().what);
    return std::move(parsed).value();
}

address_guard make_guard(const client_options& options) {
    std::vector<address_block> blocks;
    for (const auto& text : options.allow_addresses) blocks.push_back(required(address_block::parse(text)));
    address_guard::host_set hosts;
    for (const auto& text : options.allow_hosts) hosts.insert(required(allowed_host(text)));
    return {options.allow_private, std::move(blocks), std::move(hosts)};
}

pool_limits pool_limits_of(const client_options& options) {
    const auto at_least_one = [](std::size_t most) { return std::max<std::size_t>(most, 1); };
    return {
        at_least_one(options.max_connections),
        at_least_one(options.max_connections_per_origin),
        options.idle_timeout,
        options.max_connection_age
    };
}

host_limits host_limits_of(const client_options& options) {
    const auto most = options.host_concurrency != 0 ? options.host_concurrency : options.max_connections_per_origin;
    return {most, options.host_delay, options.host_failures, options.host_pause};
}

}  // namespace

client_impl::client_impl(net::any_io_executor executor, client_options given)
    : options{completed(std::move(given))}, strand{net::make_strand(std::move(executor))}, guard{make_guard(options)},
      proxies{required(proxy_settings::from(options, environment))},
      names{strand, required(given_hosts(options.hosts)), options.dns_server}, pool{strand, pool_limits_of(options)},
      hosts{strand, host_limits_of(options)}, retries{options.retry_budget} {
    if (options.cookies) cookies.emplace();
}

client_impl::~client_impl() = default;

std::chrono::milliseconds client_impl::time_for(std::chrono::milliseconds wanted) const noexcept {
    return wanted.count() > 0 ? std::min(wanted, longest_span) : options.total_timeout;
}

void client_impl::log(log_level level, std::string_view line) const {
    if (options.log.write && level >= options.log.level) options.log.write(level, line);
}

awaitable<result<std::shared_ptr<tls_context>>> client_impl::trust() {
    while (!trust_ && trust_loading_) {
        const auto loading = trust_loading_;
        co_await loading->wait();
        if (!trust_ && trust_.error().code != errc::not_run) co_return trust_;
    }
    if (trust_) co_return trust_;

    struct load_in_progress {
        std::shared_ptr<event>& slot;
        load_in_progress(std::shared_ptr<event>& s, const net::any_io_executor& ex) : slot{s} {
            slot = std::make_shared<event>(ex);
        }
        load_in_progress(const load_in_progress&)            = delete;
        load_in_progress& operator=(const load_in_progress&) = delete;
        ~load_in_progress() { std::exchange(slot, nullptr)->set(); }
    };
    const load_in_progress mine{trust_loading_, strand};
    using outcome = result<std::shared_ptr<tls_context>>;
    trust_        = outcome{};
    auto load     = [wanted = tls_context::settings{options.ca_file, options.system_trust}](const std::atomic<bool>&) {
        return tls_context::load(wanted);
    };
    trust_ = co_await offload<outcome>(std::move(load));
    co_return trust_;
}

client_impl::call client_impl::new_call() const { return {std::make_shared<net::cancellation_signal>(), mark()}; }

void client_impl::cancel() {
    cancellations_->fetch_add(1, std::memory_order_acq_rel);
    net::post(strand, [self = shared_from_this()] { self->cancel_running(); });
}

void client_impl::cancel_running() {
    // Emitting may end operations, which leave the list; so a copy.
    const auto calls = running_;
    for (const auto& each : calls) {
        if (each.made.is_passed()) each.signal->emit(net::cancellation_type::terminal);
    }
    pool.close_idle();
}

client_impl::running::running(client_impl& owner, const call& made)
    : owner_{owner}, place_{owner.running_.insert(owner.running_.end(), made)} {}

client_impl::running::~running() { owner_.running_.erase(place_); }

}  // namespace detail

client::client(boost::asio::any_io_executor executor) : client{std::move(executor), client_options{}} {}

client::client(boost::asio::any_io_executor executor, client_options options)
    : impl_{std::make_shared<detail::client_impl>(std::move(executor), std::move(options))} {}

client_stats client::stats() const {
    const auto& c    = impl_->count;
    const auto value = [](const std::atomic<std::uint64_t>& counter) {
        return counter.load(std::memory_order_relaxed);
    };
    client_stats s;
    s.requests           = value(c.requests);
    s.connections_opened = value(c.opened);
    s.connections_reused = value(c.reused);
    s.tls_handshakes     = value(c.handshakes);
    s.tls_resumed        = value(c.resumed);
    s.retries            = value(c.retries);
    s.robots_fetched     = value(c.robots);
    s.stale_retries      = value(c.stale);
    s.bytes_received     = value(c.received);
    s.bytes_decoded      = value(c.decoded);
    return s;
}

void client::cancel() { impl_->cancel(); }

}  // namespace forage
