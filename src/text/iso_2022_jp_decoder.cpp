// §12.2.1, state by state.
#include "text/decoders.hpp"
#include "text/lead_byte_decoding.hpp"
#include "text/multi_byte_tables.hpp"

namespace forage::detail {
namespace {

enum class mode : std::uint8_t { ascii, roman, katakana, jis0208 };

class iso_2022_jp {
public:
    iso_2022_jp(std::string_view bytes, utf8_writer& out) : bytes_{bytes}, out_{out}, table_{jis0208_table()} {}

    void run() {
        while (at_ < bytes_.size()) {
            const unsigned byte = byte_at(bytes_, at_++);
            if (byte == 0x1B) {
                escape();
            } else {
                after_escape_ = false;
                if (mode_ == mode::jis0208) {
                    pair(byte);
                } else {
                    single(byte);
                }
            }
        }
    }

private:
    /// "Escape start" and "escape". Two escapes in a row are an error, as text could hide between them.
    void escape() {
        const auto rest     = bytes_.substr(at_, 2);
        const auto announce = [&](mode next) {
            at_ += 2;
            mode_ = next;
            if (after_escape_) out_.put_error();
            after_escape_ = true;
        };
        if (rest == "(B") return announce(mode::ascii);
        if (rest == "(J") return announce(mode::roman);
        if (rest == "(I") return announce(mode::katakana);
        if (rest == "$@" || rest == "$B") return announce(mode::jis0208);
        after_escape_ = false;
        out_.put_error();
    }

    void single(unsigned byte) {
        if (mode_ == mode::katakana) {
            if (!is_between(byte, 0x21, 0x5F)) return out_.put_error();
            return out_.put(0xFF61 - 0x21 + byte);
        }
        if (byte >= 0x80 || byte == 0x0E || byte == 0x0F) return out_.put_error();
        if (mode_ == mode::roman && byte == 0x5C) return out_.put(U'\u00A5');
        if (mode_ == mode::roman && byte == 0x7E) return out_.put(U'\u203E');
        out_.put(char32_t{byte});
    }

    /// "Lead byte" and "trail byte".
    void pair(unsigned lead) {
        if (!is_between(lead, 0x21, 0x7E) || at_ == bytes_.size()) return out_.put_error();
        const unsigned trail = byte_at(bytes_, at_);
        if (trail == 0x1B) return out_.put_error();
        ++at_;
        if (!is_between(trail, 0x21, 0x7E)) return out_.put_error();
        const auto character = table_[(lead - 0x21) * 94 + trail - 0x21];
        out_.put(character.is_empty() ? to_utf8(0xFFFD) : character);
    }

    std::string_view bytes_;
    utf8_writer& out_;
    const multi_byte_table& table_;
    std::size_t at_    = 0;
    mode mode_         = mode::ascii;
    bool after_escape_ = false;  // the standard's "output" flag: nothing came since the last escape
};

}  // namespace

void decode_iso_2022_jp(std::string_view bytes, utf8_writer& out) { iso_2022_jp{bytes, out}.run(); }

}  // namespace forage::detail
