// The system's DNS configuration, read once for all the look-ups of a client.
#pragma once

#include "net/search_list.hpp"

#include <forage/result.hpp>

#include <memory>
#include <string>

struct ares_channeldata;  // of c-ares

namespace forage::detail {

class dns_channel;

/// Belongs to one strand once it is loaded.
class dns_setup {
public:
    /// Reads resolv.conf: blocking, for the worker pool. `server` is "ADDRESS:PORT", or empty for the system's.
    /// Errors: resolve_failed.
    static result<std::shared_ptr<dns_setup>> load(const std::string& server);
    ~dns_setup();
    dns_setup(const dns_setup&)            = delete;
    dns_setup& operator=(const dns_setup&) = delete;

    search_list search;

private:
    friend class dns_channel;
    dns_setup() = default;

    ares_channeldata* model_ = nullptr;  // never asks; channels are made in its image
    // c-ares tells all copies of a channel's sockets to one callback, but only while we are in a call to it: this is
    // the channel that the call is about.
    dns_channel* speaking_ = nullptr;
};

}  // namespace forage::detail
