#include "http/decoder_chain.hpp"

#include <algorithm>
#include <cstring>

namespace forage::detail {
namespace {

constexpr std::size_t slice = 64 * 1024;

// Deflate reaches 1,032:1 and brotli and zstd far more, but pages above 1 MiB stay below 50:1 (the documentation of
// Python and PostgreSQL under zstd -19).
constexpr std::size_t ratio_free_bytes = 1024 * 1024;
constexpr std::size_t max_ratio        = 200;

// Between two layers lies coded data, which is somewhat larger than its content where that cannot be compressed
// (RFC 1951 §3.2.4: five bytes for each stored block), and has a header.
std::size_t allowed_between(std::size_t max_bytes) { return max_bytes + max_bytes / 64 + slice; }

}  // namespace

decoder_chain::decoder_chain(const std::vector<coding>& applied, std::string_view body, std::size_t max_bytes)
    : body_{body} {
    for (auto kind = applied.rbegin(); kind != applied.rend(); ++kind) {
        const bool is_last = kind + 1 == applied.rend();
        auto& added        = layers_.emplace_back();
        added.undo         = make_decoder(*kind);
        added.max          = is_last ? max_bytes : allowed_between(max_bytes);
        if (!is_last) added.buffer.resize(slice);
    }
}

std::size_t decoder_chain::most_from(std::size_t body_size) noexcept {
    return std::max(ratio_free_bytes, (body_size + 1) * max_ratio);
}

// Empty while more than half of the buffer is taken, so that moving what is left stays cheap.
std::span<char> decoder_chain::layer::make_room() {
    const auto left = end - begin;
    if (left > buffer.size() / 2) return {};
    std::memmove(buffer.data(), buffer.data() + begin, left);
    begin = 0;
    end   = left;
    return std::span{buffer}.subspan(end);
}

decode_step decoder_chain::step(std::span<char> out) {
    decode_step total;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        auto& now          = layers_[i];
        const bool is_last = i + 1 == layers_.size();
        if (now.is_over()) continue;
        // A layer whose reader is done still runs to its end: its checksum stands there.
        if (!is_last && layers_[i + 1].is_over()) now.begin = now.end = 0;
        const auto room = is_last ? out : now.make_room();
        if (room.empty()) continue;
        const auto got = step_layer(i, room);
        if (is_last) total.made = got.made;
        if (!is_last) now.end += got.made;
        if (i == 0) total.taken = got.taken;
    }
    total.state = verdict();
    return total;
}

decode_step decoder_chain::step_layer(std::size_t index, std::span<char> out) {
    auto& now       = layers_[index];
    auto* source    = index == 0 ? nullptr : &layers_[index - 1];
    const auto rest = source != nullptr ? source->held() : body_.substr(taken_);
    const auto in   = rest.substr(0, slice);
    const bool last = in.size() == rest.size() && (source == nullptr || source->is_over());
    auto got        = now.undo->step(in, last, out);
    now.made += got.made;
    (source != nullptr ? source->begin : taken_) += got.taken;

    if (got.state == decoding::going_on && last && got.taken == 0 && got.made == 0) got.state = decoding::cut_short;
    if (now.made > now.max) {
        got.state = decoding::too_large;
    } else if (now.made > ratio_free_bytes && now.made / max_ratio > taken_) {
        got.state = decoding::out_of_ratio;
    }
    now.state = got.state;
    return got;
}

// An outer layer that was cut or grew too large is no reason to stop before the inner one has used what it made. All
// else that goes wrong is. With several reasons the outermost counts, as the others follow from it.
decoding decoder_chain::verdict() const noexcept {
    const auto stops_at_once = [](const layer& l) {
        return l.state == decoding::corrupt || l.state == decoding::window_too_large || l.state == decoding::no_memory;
    };
    const auto broken = std::find_if(layers_.begin(), layers_.end(), stops_at_once);
    if (broken != layers_.end()) return broken->state;
    if (const auto inner = layers_.back().state; inner == decoding::too_large || inner == decoding::out_of_ratio) {
        return inner;
    }
    if (!std::all_of(layers_.begin(), layers_.end(), [](const layer& l) { return l.is_over(); })) {
        return decoding::going_on;
    }
    const auto why =
        std::find_if(layers_.begin(), layers_.end(), [](const layer& l) { return l.state != decoding::ended; });
    return why == layers_.end() ? decoding::ended : why->state;
}

}  // namespace forage::detail
