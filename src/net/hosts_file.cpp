#include "net/hosts_file.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace forage::detail {
namespace {

std::string_view next_word(std::string_view& line) {
    constexpr std::string_view blanks = " \t\r";
    const auto begin                  = std::min(line.find_first_not_of(blanks), line.size());
    const auto end                    = std::min(line.find_first_of(blanks, begin), line.size());
    const auto word                   = line.substr(begin, end - begin);
    line.remove_prefix(end);
    return word;
}

std::string read_all(int descriptor) {
    constexpr std::size_t most = 1024 * 1024;
    constexpr std::size_t step = 16 * 1024;
    std::string text;
    while (text.size() < most) {
        const auto before = text.size();
        text.resize(before + step);
        const auto got = ::read(descriptor, text.data() + before, step);
        text.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got <= 0) break;
    }
    return text;
}

}  // namespace

std::string in_lower_case(std::string_view name) {
    std::string lower{name};
    for (char& c : lower) c = to_lower(c);
    return lower;
}

host_table parse_hosts(std::string_view text) {
    host_table table;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line      = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line = line.substr(0, line.find('#'));

        boost::system::error_code ec;
        const auto address = boost::asio::ip::make_address(std::string{next_word(line)}, ec);
        if (ec) continue;
        for (auto name = next_word(line); !name.empty(); name = next_word(line)) {
            table[in_lower_case(name)].push_back(address);
        }
    }
    return table;
}

result<host_table> read_hosts_file() {
    const int descriptor = ::open("/etc/hosts", O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        if (errno == ENOENT || errno == EACCES) return host_table{};
        return error{errc::resolve_failed, "cannot read /etc/hosts: " + std::generic_category().message(errno)}.at(
            phase::queue
        );
    }
    const auto text = read_all(descriptor);
    ::close(descriptor);
    return parse_hosts(text);
}

}  // namespace forage::detail
