#include "net/hosts_file.hpp"

#include <algorithm>
#include <fstream>

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

}  // namespace

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
            std::string lower{name};
            std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
                return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            });
            table[lower].push_back(address);
        }
    }
    return table;
}

host_table read_hosts_file() {
    std::ifstream file{"/etc/hosts", std::ios::binary};
    std::string text(1024 * 1024, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
    return parse_hosts(text);
}

}  // namespace forage::detail
