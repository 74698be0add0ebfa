// result<T>: a value or an error. Like C++23's std::expected, but the same type in every language mode.
#pragma once

#include <forage/error.hpp>

#include <type_traits>
#include <utility>
#include <variant>

namespace forage {

/// Holds a T or an `error`. Default-constructed it holds `errc::not_run`.
/// Distinct objects may be used from different threads; one object may not.
template <class T>
class [[nodiscard]] result {
    static_assert(!std::is_reference_v<T> && !std::is_same_v<std::remove_cv_t<T>, forage::error>);

    template <class U>
    static constexpr bool not_self =
        !std::is_same_v<std::remove_cvref_t<U>, result> && !std::is_same_v<std::remove_cvref_t<U>, forage::error>;

public:
    using value_type = T;

    result() = default;
    result(forage::error e) : state_{std::in_place_index<0>, std::move(e)} {}
    template <class U = T>
        requires(std::is_constructible_v<T, U &&> && std::is_convertible_v<U &&, T> && not_self<U>)
    result(U&& value) : state_{std::in_place_index<1>, std::forward<U>(value)} {}

    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 1; }
    explicit operator bool() const noexcept { return has_value(); }

    /// The value; throws `forage::exception` if there is none.
    [[nodiscard]] T& value() & {
        check();
        return *std::get_if<1>(&state_);
    }
    [[nodiscard]] const T& value() const& {
        check();
        return *std::get_if<1>(&state_);
    }
    [[nodiscard]] T&& value() && {
        check();
        return std::move(*std::get_if<1>(&state_));
    }

    /// The value; there must be one.
    [[nodiscard]] T& operator*() & noexcept { return *std::get_if<1>(&state_); }
    [[nodiscard]] const T& operator*() const& noexcept { return *std::get_if<1>(&state_); }
    [[nodiscard]] T&& operator*() && noexcept { return std::move(*std::get_if<1>(&state_)); }
    [[nodiscard]] T* operator->() noexcept { return std::get_if<1>(&state_); }
    [[nodiscard]] const T* operator->() const noexcept { return std::get_if<1>(&state_); }

    template <class U>
    [[nodiscard]] T value_or(U&& other) const& {
        return has_value() ? **this : static_cast<T>(std::forward<U>(other));
    }

    /// The error; there must be one.
    [[nodiscard]] const forage::error& error() const& noexcept { return *std::get_if<0>(&state_); }
    [[nodiscard]] forage::error& error() & noexcept { return *std::get_if<0>(&state_); }
    [[nodiscard]] forage::error&& error() && noexcept { return std::move(*std::get_if<0>(&state_)); }

private:
    void check() const {
        if (!has_value()) throw exception{error()};
    }

    std::variant<forage::error, T> state_;
};

/// Success or an `error`. Default-constructed it holds `errc::not_run`; success is `result<void>::success()`.
template <>
class [[nodiscard]] result<void> {
public:
    using value_type = void;

    result() = default;
    result(forage::error e) : error_{std::move(e)} {}
    [[nodiscard]] static result success() {
        result r;
        r.error_.code = errc::ok;
        return r;
    }

    [[nodiscard]] bool has_value() const noexcept { return error_.code == errc::ok; }
    explicit operator bool() const noexcept { return has_value(); }
    void value() const {
        if (!has_value()) throw exception{error_};
    }
    [[nodiscard]] const forage::error& error() const& noexcept { return error_; }
    [[nodiscard]] forage::error& error() & noexcept { return error_; }

private:
    forage::error error_;
};

}  // namespace forage
