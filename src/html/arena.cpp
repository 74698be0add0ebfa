// Pages come from one range of addresses, so that a piece's page, and by it its size, is found by a subtraction. The
// range is as large as the budget; what is not touched of it takes no memory. The beginning of a range is kept per
// thread for the next document, because writing to fresh pages from the kernel costs 4 % of a parse.
#include "html/arena.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <sys/mman.h>
#include <utility>

namespace forage::detail {
namespace {

constexpr unsigned check_every      = 64;  // allocations between two looks at the clock: a few microseconds
constexpr std::size_t kept          = 2 * 1024 * 1024;
constexpr std::size_t largest_range = std::size_t{1} << 40;
constexpr std::size_t own_mapping   = 64 * 1024;  // from here on memory goes back to the system with the piece
constexpr std::size_t system_page   = 4096;

void* map(std::size_t size) noexcept {
    void* at = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return at == MAP_FAILED ? nullptr : at;
}

thread_local address_range spare;

}  // namespace

// In front of a piece that is too large for a page.
struct arena::large_piece {
    large_piece* before;
    large_piece* after;
    std::size_t size;    // with this
    std::size_t unused;  // keeps what follows aligned as malloc aligns

    [[nodiscard]] bool is_mapped() const noexcept { return size >= own_mapping; }
};

void* arena::size_class::take_back() noexcept {
    void* piece = given_back;
    std::memcpy(&given_back, piece, sizeof given_back);
    return piece;
}

arena::~arena() {
    while (large_ != nullptr) release_large(large_);
    if (pages_.is_empty()) return;
    if (const auto used = class_of_page_.size() * page_size; used > kept) pages_.discard(kept, used);
    std::swap(spare, pages_);
}

bool arena::take(std::size_t bytes) noexcept {
    if (!budget_.take(bytes)) return false;
    taken_ += bytes;
    return true;
}

void* arena::allocate_slowly(std::size_t size) noexcept {
    if (until_next_check_ == 0) {
        until_next_check_ = check_every;
        if (budget_.is_spent()) return nullptr;
    }
    if (size > largest_small) return allocate_large(size);
    const auto index = class_of(size);
    auto& pieces     = classes_[index];
    if (pieces.given_back != nullptr) return pieces.take_back();
    if (pieces.next == pieces.end && !add_page(index)) return nullptr;
    return std::exchange(pieces.next, pieces.next + unit_of(index));
}

bool arena::add_page(std::size_t index) noexcept {
    if (pages_.is_empty() && !reserve()) return false;
    const auto at = class_of_page_.size() * page_size;
    if (at + page_size > pages_.size()) {
        budget_.use_up_memory();
        return false;
    }
    if (!take(page_size)) return false;
    try {
        class_of_page_.push_back(static_cast<std::uint8_t>(index));
    } catch (const std::bad_alloc&) {
        budget_.use_up_memory();
        return false;
    }
    auto& pieces = classes_[index];
    pieces.next  = pages_.begin() + at;
    pieces.end   = pieces.next + page_size / unit_of(index) * unit_of(index);
    return true;
}

// Where the system gives no range as large as the budget, the largest it gives is the limit.
bool arena::reserve() noexcept {
    const auto wanted = std::min(budget_.max_memory(), largest_range) / page_size * page_size;
    if (spare.size() >= wanted) pages_ = std::exchange(spare, address_range{});
    for (auto size = wanted; pages_.is_empty() && size >= page_size; size = size / 2 / page_size * page_size) {
        pages_ = address_range{size};
    }
    if (pages_.is_empty()) budget_.use_up_memory();
    return !pages_.is_empty();
}

void* arena::allocate_large(std::size_t size) noexcept {
    if (size > budget_.max_memory()) return budget_.use_up_memory(), nullptr;
    size += sizeof(large_piece);
    if (size >= own_mapping) size = (size + system_page - 1) / system_page * system_page;
    if (!take(size)) return nullptr;
    void* at = size >= own_mapping ? map(size) : std::malloc(size);
    if (at == nullptr) return budget_.use_up_memory(), nullptr;
    large_ = new (at) large_piece{nullptr, large_, size, 0};
    if (large_->after != nullptr) large_->after->before = large_;
    return large_ + 1;
}

void arena::release(void* piece) noexcept {
    if (piece == nullptr) return;
    const auto offset = reinterpret_cast<std::uintptr_t>(piece) - reinterpret_cast<std::uintptr_t>(pages_.begin());
    if (pages_.is_empty() || offset >= class_of_page_.size() * page_size) {
        return release_large(static_cast<large_piece*>(piece) - 1);
    }
    auto& pieces = classes_[class_of_page_[offset / page_size]];
    std::memcpy(piece, &pieces.given_back, sizeof pieces.given_back);
    pieces.given_back = piece;
}

void arena::release_large(large_piece* piece) noexcept {
    if (piece->after != nullptr) piece->after->before = piece->before;
    (piece->before != nullptr ? piece->before->after : large_) = piece->after;
    taken_ -= piece->size;
    budget_.give_back(piece->size);
    if (piece->is_mapped()) {
        ::munmap(piece, piece->size);
    } else {
        std::free(piece);
    }
}

}  // namespace forage::detail
