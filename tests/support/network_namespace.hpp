// A network of one's own, in which every address there is belongs to this machine: foreign ones can be connected to,
// and nothing leaves.
#pragma once

#include <string>

namespace forage::testing {

/// While it lives, the calling thread and the programs it starts are in a network namespace with a loopback interface
/// alone, to which all of IPv4 and IPv6 is routed as local. Sockets keep the namespace they were made in. The kernel
/// removes it when the last of them is closed.
class network_namespace {
public:
    /// Why there can be none here: not root, or no iproute2. Empty if there can.
    [[nodiscard]] static std::string obstacle();

    /// Throws std::runtime_error if it cannot be set up.
    network_namespace();
    ~network_namespace();
    network_namespace(const network_namespace&)            = delete;
    network_namespace& operator=(const network_namespace&) = delete;

private:
    int outside_;  ///< the namespace to go back to
};

}  // namespace forage::testing
