// function_ref<R(A...)>: a callable passed by reference, as in C++26's std::function_ref, and empty by default.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace forage {

template <class Signature>
class function_ref;

/// Refers to a callable that must outlive every call. Two pointers, trivially destructible.
template <class R, class... Args>
class function_ref<R(Args...)> {
public:
    function_ref() = default;

    template <class F>
        requires(!std::is_same_v<std::remove_cvref_t<F>, function_ref> && std::is_invocable_r_v<R, F&, Args...>)
    function_ref(F&& f) noexcept  // NOLINT(bugprone-forwarding-reference-overload): constrained above
        : object_{const_cast<void*>(static_cast<const void*>(std::addressof(f)))},
          call_{[](void* object, Args... args) -> R {
              return static_cast<R>((*static_cast<std::add_pointer_t<F>>(object))(std::forward<Args>(args)...));
          }} {}

    explicit operator bool() const noexcept { return call_ != nullptr; }
    R operator()(Args... args) const { return call_(object_, std::forward<Args>(args)...); }

private:
    void* object_              = nullptr;
    R (*call_)(void*, Args...) = nullptr;
};

}  // namespace forage
