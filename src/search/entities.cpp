#include "search/entities.hpp"

#include "text/character_reference.hpp"

#include <algorithm>

namespace forage::detail {

std::string decode_entities(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto amp = std::min(text.find('&'), text.size());
        out.append(text.substr(0, amp));
        text.remove_prefix(amp);
        if (text.empty()) break;

        const auto found = read_reference(text, reference_place::text);
        if (found.length != 0 && text[found.length - 1] == ';') {
            out.append(found.text());
            text.remove_prefix(found.length);
        } else {
            out += '&';
            text.remove_prefix(1);
        }
    }
    return out;
}

}  // namespace forage::detail
