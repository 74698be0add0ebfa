#include "scrape/host_queue.hpp"

namespace forage::detail {

host_queue::host_entry& host_queue::host_of(const std::string& authority) {
    return *by_authority_.try_emplace(authority).first;
}

void host_queue::push(job id, const std::string& authority) {
    put(id, host_of(authority));
    ring_one();
}

void host_queue::move(job from, job to, const std::string& authority) {
    auto& each = host_of(authority);
    auto& jobs = each.second.jobs;
    if (!jobs.contains(from)) return;
    const bool is_ready = each.second.where == place::ready;
    if (is_ready) ready_.erase({*jobs.begin(), &each});
    jobs.erase(from);
    jobs.insert(to);
    if (is_ready) make_ready(each);
}

void host_queue::remove(job id, const std::string& authority) {
    auto& each = host_of(authority);
    auto& jobs = each.second.jobs;
    if (!jobs.contains(id)) return;
    const bool is_ready = each.second.where == place::ready;
    if (is_ready) ready_.erase({*jobs.begin(), &each});
    jobs.erase(id);
    if (jobs.empty()) {
        leave_place(each);
    } else if (is_ready) {
        make_ready(each);
    }
}

// Of a host without jobs that was in a place for those that have some.
void host_queue::leave_place(host_entry& each) {
    if (each.second.where == place::parked) --parked_;
    if (each.second.where == place::timed)
        std::erase_if(timed_, [&](const auto& other) { return other.second == &each; });
    each.second.where = place::ready;  // as of one that was emptied by `take_front`
}

void host_queue::push_again(job id, const std::string& authority, time_point when) {
    delayed_.emplace(when, std::pair{id, &host_of(authority)});
}

void host_queue::put(job id, host_entry& each) {
    auto& jobs          = each.second.jobs;
    const bool is_ready = jobs.empty() || each.second.where == place::ready;
    if (!jobs.empty() && is_ready) ready_.erase({*jobs.begin(), &each});
    jobs.insert(id);
    if (is_ready) make_ready(each);
}

// The host has jobs and is in no other place.
void host_queue::make_ready(host_entry& each) {
    each.second.where = place::ready;
    ready_.emplace(*each.second.jobs.begin(), &each);
}

// Of a host that is ready: its first job leaves.
void host_queue::take_front(host_entry& each) {
    ready_.erase({*each.second.jobs.begin(), &each});
    each.second.jobs.erase(each.second.jobs.begin());
    if (!each.second.jobs.empty()) make_ready(each);
}

void host_queue::come_due(time_point now) {
    while (!timed_.empty() && timed_.begin()->first <= now) {
        auto& each = *timed_.begin()->second;
        timed_.erase(timed_.begin());
        make_ready(each);
    }
    while (!delayed_.empty() && delayed_.begin()->first <= now) {
        const auto [id, each] = delayed_.begin()->second;
        delayed_.erase(delayed_.begin());
        put(id, *each);
    }
}

host_queue::pick host_queue::consider(host_entry& each, time_point now, time_point latest) {
    using kind        = host_manners::verdict::kind;
    auto& [name, own] = each;
    auto verdict      = hosts_.ask(name, now);
    const auto id     = *own.jobs.begin();
    pick choice;
    choice.id = id;
    if (verdict.say == kind::go) {
        choice.say    = pick::kind::start;
        choice.permit = hosts_.take(name, now);
        take_front(each);
        return choice;
    }
    const bool has_time = verdict.say == kind::backoff || verdict.say == kind::pace;
    // In milliseconds, as a patience that means "for ever" does not fit into the clock's nanoseconds.
    const bool is_too_long = verdict.say == kind::backoff && patience_.count() > 0 &&
                             std::chrono::ceil<std::chrono::milliseconds>(verdict.at - now) > patience_;
    if (verdict.say == kind::refused || is_too_long || (has_time && verdict.at >= latest)) {
        choice.say = pick::kind::fail;
        if (verdict.say == kind::backoff) verdict.why = host_manners::left_alone(name, verdict.at);
        if (verdict.say == kind::pace) verdict.why = host_manners::out_of_time(name);
        choice.why = std::move(verdict.why);
        take_front(each);
        return choice;
    }
    choice.say = pick::kind::wait;
    ready_.erase({id, &each});
    if (has_time) {
        own.where = place::timed;
        timed_.emplace(verdict.at, &each);
    } else {
        own.where = place::parked;
        ++parked_;
    }
    return choice;
}

void host_queue::host_is_free(const std::string& authority) {
    const auto found = by_authority_.find(authority);
    if (found == by_authority_.end() || found->second.jobs.empty() || found->second.where != place::parked) return;
    --parked_;
    make_ready(*found);
    ring_one();
}

host_queue::time_point host_queue::next_time() const {
    auto first = time_point::max();
    if (!timed_.empty()) first = timed_.begin()->first;
    if (!delayed_.empty()) first = std::min(first, delayed_.begin()->first);
    return first;
}

host_queue::time_point host_queue::wait_at(event& bell, time_point until) {
    bells_.push_back(&bell);
    if (until >= watched_) return time_point::max();
    watcher_ = &bell;
    watched_ = until;
    return until;
}

void host_queue::leave(event& bell) {
    if (!bell.is_set()) std::erase(bells_, &bell);
    if (watcher_ != &bell) return;
    watcher_ = nullptr;
    watched_ = time_point::max();
}

void host_queue::wake_all() {
    while (!bells_.empty()) ring_one();
}

void host_queue::ring_one() {
    if (bells_.empty()) return;
    auto* bell = bells_.front();
    bells_.pop_front();
    bell->set();
}

}  // namespace forage::detail
