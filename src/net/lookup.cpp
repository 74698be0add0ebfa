#include "net/lookup.hpp"

#include "core/with_deadline.hpp"

#include <algorithm>
#include <utility>

namespace forage::detail {
namespace {

using kind = dns_reply::kind;

bool has(const std::optional<dns_reply>& reply, kind said) { return reply && reply->said == said; }

bool denies(const std::optional<dns_reply>& reply) { return has(reply, kind::no_data) || has(reply, kind::no_name); }

}  // namespace

result<std::shared_ptr<lookup>>
lookup::start(boost::asio::any_io_executor strand, std::shared_ptr<dns_setup> setup, std::vector<std::string> names) {
    auto channel = dns_channel::open(strand, std::move(setup));
    if (!channel) return std::move(channel).error();
    auto made      = std::make_shared<lookup>(std::move(strand));
    made->channel_ = *std::move(channel);
    made->names_   = std::move(names);
    made->ask_next();
    return made;
}

lookup::~lookup() {
    if (channel_) channel_->close();
}

void lookup::ask_next() {
    v4_.reset();
    v6_.reset();
    const auto name = names_[next_++];
    // AAAA first: RFC 8305 §3. An answer to a name that is done with comes too late.
    for (const auto wanted : {dns_channel::family::v6, dns_channel::family::v4}) {
        channel_->ask(name, wanted, [weak = weak_from_this(), wanted, asked = next_](dns_reply reply) {
            if (const auto self = weak.lock(); self && self->next_ == asked) self->take(wanted, std::move(reply));
        });
    }
}

void lookup::take(dns_channel::family of, dns_reply reply) {
    const bool is_v4    = of == dns_channel::family::v4;
    const bool found    = reply.said == kind::found;
    (is_v4 ? v4_ : v6_) = std::move(reply);

    // NXDOMAIN is about the name, not the type (RFC 8020 §2). In answers to AAAA it is a known fault of some servers
    // (RFC 4074 §4.2), so there it is not believed.
    const bool no_such_name = has(v4_, kind::no_name) && !has(v6_, kind::found);
    if (no_such_name || (denies(v4_) && denies(v6_))) {
        if (next_ < names_.size()) return ask_next();
    } else if (!v4_ || !v6_) {
        if (found) {
            settle_by_ = deadline::after(is_v4 ? wait_for_v6 : wait_for_v4);
            decided_.set();
        }
        return;
    }
    decided_.set();
    complete_.set();
}

awaitable<void> lookup::settled() {
    const auto self = shared_from_this();
    co_await decided_.wait();
    if (!complete_.is_set()) co_await ended_by(complete_.wait(), settle_by_);
}

lookup::outcome lookup::so_far() const {
    outcome all;
    auto shortest = std::chrono::seconds::max();
    for (const auto* reply : {&v6_, &v4_}) {
        if (!has(*reply, kind::found)) continue;
        all.found.insert(all.found.end(), (*reply)->found.begin(), (*reply)->found.end());
        shortest = std::min(shortest, (*reply)->time_to_live);
    }
    const bool v4_said = v4_ && v4_->said != kind::failed;
    const bool v6_said = v6_ && v6_->said != kind::failed;
    all.is_complete    = v4_said && v6_said;
    if (!all.found.empty()) {
        all.time_to_live = shortest;
        return all;
    }
    all.is_denied = has(v4_, kind::no_name) || (denies(v4_) && denies(v6_));
    if (v4_) all.why = v4_->why;
    if (!all.is_denied && v6_ && !v6_said) all.why = v6_->why;
    if (v4_ && !v4_said) all.why = v4_->why;
    return all;
}

}  // namespace forage::detail
