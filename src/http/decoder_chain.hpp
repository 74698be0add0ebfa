// decoder_chain: the layers of a body undone together, so that what lies between two of them is never held whole.
#pragma once

#include "http/decoder.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

/// Every step is bounded work: it takes at most 64 KiB from each layer's input, and makes at most `out.size()` bytes of
/// output and 64 KiB between layers.
class decoder_chain {
public:
    /// `applied`: not empty, in the order of `content_codings`. `body` must outlive the chain. `max_bytes` holds for
    /// the output of each layer.
    decoder_chain(const std::vector<coding>& applied, std::string_view body, std::size_t max_bytes);

    /// About the most that the rule on ratios lets a body of that size become.
    [[nodiscard]] static std::size_t most_from(std::size_t body_size) noexcept;

    /// Decodes to the front of `out`, which is not empty. Whatever the state, `made` bytes of it are good.
    /// To find out whether more than `max_bytes` would come it must be offered room for one byte more.
    [[nodiscard]] decode_step step(std::span<char> out);

private:
    struct layer {
        std::unique_ptr<decoder> undo;
        decoding state   = decoding::going_on;
        std::size_t made = 0;  ///< in all
        std::size_t max  = 0;
        std::string buffer;  ///< what it made for the layer after it; empty in the last layer
        std::size_t begin = 0;
        std::size_t end   = 0;

        [[nodiscard]] bool is_over() const noexcept { return state != decoding::going_on; }
        [[nodiscard]] std::string_view held() const noexcept {
            return std::string_view{buffer}.substr(begin, end - begin);
        }
        [[nodiscard]] std::span<char> make_room();
    };

    [[nodiscard]] decode_step step_layer(std::size_t index, std::span<char> out);
    [[nodiscard]] decoding verdict() const noexcept;

    std::string_view body_;  ///< all of it
    std::size_t taken_ = 0;  ///< bytes of it
    std::vector<layer> layers_;
};

}  // namespace forage::detail
