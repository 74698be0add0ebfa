#include "net/dns_setup.hpp"

#include "net/dns_channel.hpp"

#include <algorithm>
#include <ares.h>
#include <cerrno>
#include <fcntl.h>
#include <mutex>
#include <system_error>
#include <unistd.h>

namespace forage::detail {
namespace {

constexpr int first_timeout_ms = 2000;  // of a try; c-ares doubles it when all servers have been tried
constexpr int tries            = 3;

error cannot_set_up(const std::string& why) {
    return error{errc::resolve_failed, "cannot set up DNS: " + why, "check /etc/resolv.conf"}.at(phase::resolve);
}

// c-ares takes a resolv.conf that it cannot open for one that is not there, and would ask 127.0.0.1 from then on.
int shortage() {
    const int descriptor = ::open("/etc/resolv.conf", O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return errno == ENOENT || errno == EACCES ? 0 : errno;
    ::close(descriptor);
    return 0;
}

search_list read_search_list(ares_channel channel) {
    search_list list;
    ares_options saved{};
    int mask = 0;
    if (ares_save_options(channel, &saved, &mask) == ARES_SUCCESS) {
        if (saved.ndomains > 0) list.domains.assign(saved.domains, saved.domains + saved.ndomains);
        list.dots = static_cast<std::size_t>(std::max(saved.ndots, 0));
    }
    ares_destroy_options(&saved);
    return list;
}

}  // namespace

dns_setup::~dns_setup() {
    if (model_ != nullptr) ares_destroy(model_);
}

result<std::shared_ptr<dns_setup>> dns_setup::load(const std::string& server) {
    static std::once_flag once;
    static int library = ARES_SUCCESS;
    std::call_once(once, [] { library = ares_library_init(ARES_LIB_INIT_ALL); });
    if (library != ARES_SUCCESS) return cannot_set_up(ares_strerror(library));
    if (const int reason = shortage(); reason != 0) return cannot_set_up(std::generic_category().message(reason));

    std::shared_ptr<dns_setup> made{new dns_setup};
    ares_options options{};
    static char dns_only[]     = "b";  // the hosts file is read by `resolver`, once
    options.lookups            = dns_only;
    options.timeout            = first_timeout_ms;
    options.tries              = tries;
    options.sock_state_cb_data = made.get();
    options.sock_state_cb      = [](void* data, ares_socket_t socket, int readable, int writable) {
        const auto* about = static_cast<dns_setup*>(data);
        if (about->speaking_ != nullptr) about->speaking_->watch(socket, readable != 0, writable != 0);
    };
    const int mask = ARES_OPT_LOOKUPS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB;
    int status     = ares_init_options(&made->model_, &options, mask);
    if (status != ARES_SUCCESS) return cannot_set_up(ares_strerror(status));
    // Names are completed by us, so that both families are asked for the same one.
    made->search = read_search_list(made->model_);
    ares_destroy(std::exchange(made->model_, nullptr));
    static char* no_domains[] = {nullptr};
    options.domains           = no_domains;
    options.ndomains          = 0;
    status                    = ares_init_options(&made->model_, &options, mask | ARES_OPT_DOMAINS);
    if (status == ARES_SUCCESS && !server.empty()) status = ares_set_servers_ports_csv(made->model_, server.c_str());
    if (status != ARES_SUCCESS) return cannot_set_up(ares_strerror(status));
    return made;
}

}  // namespace forage::detail
