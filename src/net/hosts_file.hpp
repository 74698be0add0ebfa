// The hosts file: names the system's administrator has given addresses.
#pragma once

#include "net/addresses.hpp"

#include <forage/result.hpp>

#include <map>
#include <string>
#include <string_view>

namespace forage::detail {

using host_table = std::map<std::string, addresses, std::less<>>;

/// Names in lower case. Lines that do not parse are skipped, as hosts(5) readers do. Pure.
[[nodiscard]] host_table parse_hosts(std::string_view text);
/// Reads at most 1 MiB of /etc/hosts; blocking. A file that is not there or not ours to read is an empty table.
/// Errors: resolve_failed, when it cannot be read for now (no descriptors left).
[[nodiscard]] result<host_table> read_hosts_file();

/// DNS compares ASCII letters without case (RFC 4343).
[[nodiscard]] std::string in_lower_case(std::string_view name);

}  // namespace forage::detail
