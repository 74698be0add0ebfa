// What a parsed URL is written as.
// Source: https://url.spec.whatwg.org/#url-serializing
#include <forage/url.hpp>

namespace forage {

std::uint16_t url::port() const noexcept {
    if (port_ >= 0) return static_cast<std::uint16_t>(port_);
    return is_https() ? 443 : 80;
}

std::string url::authority() const {
    std::string out = host_;
    if (port_ >= 0) out.append(":").append(std::to_string(port_));
    return out;
}

std::string url::origin() const { return scheme_ + "://" + authority(); }

std::string url::text() const {
    std::string out;
    out.reserve(
        scheme_.size() + username_.size() + password_.size() + host_.size() + path_.size() + query_.size() +
        fragment_.size() + sizeof "://:@:65535"
    );
    out.append(scheme_).append("://");
    if (!username_.empty() || !password_.empty()) {
        out.append(username_);
        if (!password_.empty()) out.append(":").append(password_);
        out.append("@");
    }
    out.append(host_);
    if (port_ >= 0) out.append(":").append(std::to_string(port_));
    return out.append(path_).append(query_).append(fragment_);
}

url url::without_fragment() const {
    url copy = *this;
    copy.fragment_.clear();
    return copy;
}

}  // namespace forage
