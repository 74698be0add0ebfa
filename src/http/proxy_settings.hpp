// Which proxy a request goes through, by the options of the client and the environment it was made in.
#pragma once

#include "http/no_proxy.hpp"
#include "net/proxy.hpp"

#include <forage/client.hpp>
#include <forage/result.hpp>
#include <forage/url.hpp>

#include <functional>
#include <optional>
#include <string>

namespace forage::detail {

/// Immutable once made, and the same for one origin every time: kept connections need not know their proxy.
class proxy_settings {
public:
    /// The value of an environment variable, or empty: unset and empty are the same, as for curl.
    using environment = std::function<std::string(const char* name)>;

    /// `options.proxy` for everything; else, if the options say so, http_proxy, https_proxy and all_proxy. Lower case
    /// comes first; upper case counts too, but for HTTP_PROXY, which a web server would set for its CGI programs from a
    /// field of the request ("httpoxy", CVE-2016-5385 and others). `options.no_proxy`, when given, replaces the
    /// environment's no_proxy. Errors: bad_argument, for the options only; see `for_target`.
    [[nodiscard]] static result<proxy_settings> from(const client_options& options, const environment& variable);

    /// The proxy, or null for a direct connection. Valid as long as this object. Errors: proxy_failed, when a variable
    /// that counts for `target` is no proxy's URL: going without the proxy is not what was asked for.
    [[nodiscard]] result<const proxy*> for_target(const url& target) const;

private:
    using choice = std::optional<result<proxy>>;
    static choice from_environment(const environment& variable, std::initializer_list<const char*> names);

    choice http_, https_;
    no_proxy_list direct_;
};

}  // namespace forage::detail
