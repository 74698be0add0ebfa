// iconv with the error handling of the WHATWG decoders on top: U+FFFD, and an ASCII byte after a broken lead byte is
// text again, so that a fault cannot swallow a tag's '<'.
#include "text/legacy_decoder.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <iconv.h>

namespace forage::detail {
namespace {

/// The C library's table that is nearest to the standard's index: usually the vendor's superset.
const char* iconv_name(encoding e) noexcept {
    switch (e) {
    case encoding::ibm866: return "CP866";
    case encoding::iso_8859_2: return "ISO-8859-2";
    case encoding::iso_8859_3: return "ISO-8859-3";
    case encoding::iso_8859_4: return "ISO-8859-4";
    case encoding::iso_8859_5: return "ISO-8859-5";
    case encoding::iso_8859_6: return "ISO-8859-6";
    case encoding::iso_8859_7: return "ISO-8859-7";
    case encoding::iso_8859_8:
    case encoding::iso_8859_8_i: return "ISO-8859-8";
    case encoding::iso_8859_10: return "ISO-8859-10";
    case encoding::iso_8859_13: return "ISO-8859-13";
    case encoding::iso_8859_14: return "ISO-8859-14";
    case encoding::iso_8859_15: return "ISO-8859-15";
    case encoding::iso_8859_16: return "ISO-8859-16";
    case encoding::koi8_r: return "KOI8-R";
    case encoding::koi8_u: return "KOI8-U";
    case encoding::macintosh: return "MACINTOSH";
    case encoding::windows_874: return "CP874";
    case encoding::windows_1250: return "CP1250";
    case encoding::windows_1251: return "CP1251";
    case encoding::windows_1253: return "CP1253";
    case encoding::windows_1254: return "CP1254";
    case encoding::windows_1255: return "CP1255";
    case encoding::windows_1256: return "CP1256";
    case encoding::windows_1257: return "CP1257";
    case encoding::windows_1258: return "CP1258";
    case encoding::x_mac_cyrillic: return "MAC-UK";
    case encoding::gbk:
    case encoding::gb18030: return "GB18030";
    case encoding::big5: return "BIG5-HKSCS";
    case encoding::euc_jp: return "EUC-JP-MS";
    case encoding::iso_2022_jp: return "ISO-2022-JP";
    case encoding::shift_jis: return "CP932";
    case encoding::euc_kr: return "CP949";
    default: return nullptr;
    }
}

bool is_multi_byte(encoding e) noexcept { return e >= encoding::gbk && e <= encoding::euc_kr; }

class converter {
public:
    explicit converter(const char* from) noexcept : handle_{iconv_open("UTF-8", from)} {}
    ~converter() {
        if (is_open()) iconv_close(handle_);
    }
    converter(const converter&)            = delete;
    converter& operator=(const converter&) = delete;

    [[nodiscard]] bool is_open() const noexcept {
        return handle_ != reinterpret_cast<iconv_t>(-1);  // NOLINT: POSIX says so
    }

    /// Converts until the input ends or something is wrong, and moves `bytes` on. The error is in errno's terms.
    int convert(std::string_view& bytes, std::string& out) {
        for (;;) {
            char room[4096];
            char* to         = room;
            char* from       = const_cast<char*>(bytes.data());  // iconv does not write to it
            std::size_t left = bytes.size(), space = sizeof room;
            const std::size_t done = iconv(handle_, &from, &left, &to, &space);
            const int why          = done == static_cast<std::size_t>(-1) ? errno : 0;
            out.append(room, static_cast<std::size_t>(to - room));
            bytes.remove_prefix(bytes.size() - left);
            if (why != E2BIG) return why;
        }
    }

    /// Writes what the converter holds back (a letter that waited for its accent), and starts afresh.
    void flush(std::string& out) {
        char room[64];
        char* to          = room;
        std::size_t space = sizeof room;
        iconv(handle_, nullptr, nullptr, &to, &space);
        out.append(room, static_cast<std::size_t>(to - room));
    }

private:
    iconv_t handle_;
};

void append_ascii_only(std::string_view bytes, std::string& out) {
    for (const char c : bytes) {
        if (static_cast<unsigned char>(c) < 0x80) {
            out.push_back(c);
        } else {
            out += utf8_replacement;
        }
    }
}

}  // namespace

std::string decode_legacy(std::string_view bytes, encoding from) {
    std::string out;
    out.reserve(most_as_utf8(bytes));
    const char* name = iconv_name(from);
    if (!name) {
        append_ascii_only(bytes, out);
        return out;
    }
    converter c{name};
    if (!c.is_open()) {
        append_ascii_only(bytes, out);
        return out;
    }
    const bool multi_byte = is_multi_byte(from);
    while (!bytes.empty()) {
        const int why = c.convert(bytes, out);
        if (why == 0 || bytes.empty()) break;
        const auto lead = static_cast<unsigned char>(bytes.front());
        if (why == EINVAL) {  // the input ends inside a character
            out += utf8_replacement;
            break;
        }
        std::size_t skip = 1;
        if (!multi_byte && lead < 0xA0) {
            append_utf8(out, lead);  // the standard's indexes map what vendors left open in 80..9F to C1 controls
        } else if (lead == 0x80 && (from == encoding::gbk || from == encoding::gb18030)) {
            append_utf8(out, U'\u20AC');  // §10.2.1
        } else {
            out += utf8_replacement;
            const bool trail_is_text = bytes.size() > 1 && static_cast<unsigned char>(bytes[1]) < 0x80;
            if (multi_byte && lead >= 0x80 && !trail_is_text) skip = 2;
        }
        bytes.remove_prefix(std::min(skip, bytes.size()));
    }
    c.flush(out);
    return out;
}

}  // namespace forage::detail
