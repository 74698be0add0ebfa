// secret: a string that does not print. API keys live in nothing else.
#pragma once

#include <string>
#include <utility>

namespace forage {

/// Has no stream operator and no conversion: a secret reaches a log or an error only if code asks for `reveal()`.
class secret {
public:
    secret() = default;
    secret(std::string text) : text_{std::move(text)} {}  // NOLINT(google-explicit-constructor): {.google_key = "…"}
    secret(const char* text) : text_{text} {}             // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
    [[nodiscard]] const std::string& reveal() const noexcept { return text_; }

private:
    std::string text_;
};

}  // namespace forage
