// A small face for nlohmann/json, which only json.cpp includes. Reading never throws: what is absent or of another type
// reads as empty. Strings written are made valid UTF-8: U+FFFD for each maximal invalid part.
#pragma once

#include <forage/function_ref.hpp>
#include <forage/result.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace forage::detail {

/// A position in a parsed document. Valid while its document lives.
class json_view {
public:
    json_view() = default;

    [[nodiscard]] bool exists() const noexcept { return node_ != nullptr; }
    [[nodiscard]] bool is_object() const noexcept;
    [[nodiscard]] bool is_array() const noexcept;
    [[nodiscard]] bool is_null() const noexcept;
    [[nodiscard]] bool is_string() const noexcept;
    [[nodiscard]] std::size_t size() const noexcept;  ///< of an array, else 0
    [[nodiscard]] json_view operator[](std::string_view key) const noexcept;
    [[nodiscard]] json_view operator[](std::size_t index) const noexcept;
    [[nodiscard]] std::string_view string() const noexcept;
    [[nodiscard]] std::optional<bool> boolean() const noexcept;
    /// A number, or a string that is one.
    [[nodiscard]] std::optional<std::int64_t> integer() const noexcept;
    /// Calls `take` with each member of an object, in the order of their names.
    void for_each_member(function_ref<void(std::string_view name, json_view value)> take) const;
    /// It as JSON; what is no UTF-8 becomes U+FFFD.
    [[nodiscard]] std::string text() const;

private:
    friend class json_document;
    explicit json_view(const void* node) noexcept : node_{node} {}
    const void* node_ = nullptr;
};

class json_document {
public:
    /// Parses at most 4 MiB of at most 250,000 values, nested at most 64 deep. Of two members with one name the last
    /// counts. Errors: bad_response, too_large.
    [[nodiscard]] static result<json_document> parse(std::string_view text);
    /// The top value; absent in a default-constructed document.
    [[nodiscard]] json_view root() const noexcept { return json_view{tree_.get()}; }

private:
    std::shared_ptr<const void> tree_;
};

/// Builds JSON text, all on one line, in the order of the calls. Numbers that JSON cannot write become null.
class json_writer {
public:
    using sink = function_ref<void(std::string_view)>;

    json_writer() = default;
    /// Gives the text away in parts of about 64 KiB, cut between characters; `take` returns the last of them.
    explicit json_writer(sink parts) : parts_{parts} {}

    json_writer& begin_object();
    json_writer& end_object();
    json_writer& begin_array();
    json_writer& end_array();
    json_writer& key(std::string_view name);
    json_writer& value(std::string_view text);
    json_writer& value(const char* text) { return value(std::string_view{text}); }
    json_writer& value(int number) { return value(std::int64_t{number}); }
    json_writer& value(std::int64_t number);
    json_writer& value(std::uint64_t number);
    json_writer& value(double number);
    json_writer& value(bool flag);
    json_writer& null();
    /// A value that is JSON already.
    json_writer& json(std::string_view text);
    /// `key(name)` and `value(v)`.
    template <class V>
    json_writer& field(std::string_view name, const V& v) {
        key(name);
        return value(v);
    }

    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    void separate();
    void append_string(std::string_view text);
    void hand_on();

    std::string out_;
    sink parts_;
    bool needs_comma_ = false;
};

}  // namespace forage::detail
