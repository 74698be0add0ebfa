// The hosts file: names the system's administrator has given addresses.
#pragma once

#include <boost/asio/ip/address.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

using host_table = std::map<std::string, std::vector<boost::asio::ip::address>, std::less<>>;

/// Names in lower case. Lines that do not parse are skipped, as hosts(5) readers do. Pure.
[[nodiscard]] host_table parse_hosts(std::string_view text);
/// Reads at most 1 MiB of /etc/hosts; blocking. An unreadable file is an empty table.
[[nodiscard]] host_table read_hosts_file();

}  // namespace forage::detail
