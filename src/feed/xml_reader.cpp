#include "feed/xml_reader.hpp"

#include "feed/counted_memory.hpp"
#include "feed/xml_repair.hpp"

#include <exception>
#include <expat.h>
#include <limits>
#include <memory>
#include <new>
#include <vector>

namespace forage::detail {
namespace {

constexpr unsigned events_between_clocks = 64;

enum class ending : std::uint8_t { none, enough, too_deep, declares, spent, threw };

/// What expat calls back. Its callbacks must not throw.
class reading {
public:
    reading(xml_handler& handler, read_budget& budget) : handler_{handler}, budget_{budget}, memory_{budget} {
        constexpr XML_Memory_Handling_Suite memory{
            counted_memory::allocate, counted_memory::reallocate, counted_memory::release
        };
        parser_.reset(XML_ParserCreate_MM("UTF-8", &memory, nullptr));  // which the text is, whatever it declares
        if (parser_ == nullptr) return;
        XML_SetUserData(parser_.get(), this);
        XML_SetElementHandler(parser_.get(), on_begin, on_end);
        XML_SetCharacterDataHandler(parser_.get(), on_text);
        XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
    }

    result<void> run(std::string_view text) {
        if (parser_ == nullptr) return out_of_memory();
        // In one piece: given in many, expat 2.5 scans a long token again with each.
        const auto status = XML_Parse(parser_.get(), text.data(), static_cast<int>(text.size()), XML_TRUE);
        if (thrown_) std::rethrow_exception(thrown_);
        if (status == XML_STATUS_OK || why_ == ending::enough) return result<void>::success();
        return what_happened();
    }

private:
    struct freer {
        void operator()(XML_Parser parser) const noexcept { XML_ParserFree(parser); }
    };

    static reading& self(void* data) noexcept { return *static_cast<reading*>(data); }

    static void on_begin(void* data, const XML_Char* name, const XML_Char** attributes) noexcept {
        self(data).guarded([&](reading& r) { r.begin(name, attributes); });
    }
    static void on_end(void* data, const XML_Char* name) noexcept {
        self(data).guarded([&](reading& r) { r.end(name); });
    }
    static void on_text(void* data, const XML_Char* text, int size) noexcept {
        self(data).guarded([&](reading& r) { r.handler_.text({text, static_cast<std::size_t>(size)}); });
    }
    // Repairing has taken them out. Should one get through, nothing that it declares is read.
    static void on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) noexcept {
        self(data).stop(ending::declares);
    }

    void guarded(auto&& event) noexcept {
        if (why_ != ending::none) return;  // one more may come after stopping
        try {
            event(*this);
        } catch (...) {
            thrown_ = std::current_exception();
            stop(ending::threw);
        }
    }

    void begin(std::string_view name, const XML_Char** attributes) {
        if (++events_ % events_between_clocks == 0 && budget_.is_spent()) return stop(ending::spent);
        if (++depth_ > max_xml_depth) return stop(ending::too_deep);
        for (const auto* each = attributes; *each != nullptr; each += 2) names_.declare(depth_, each[0], each[1]);
        attributes_.clear();
        for (const auto* each = attributes; *each != nullptr; each += 2) {
            attributes_.push_back({names_.attribute(each[0]), each[1]});
        }
        if (!handler_.begin(names_.element(name), attributes_)) stop(ending::enough);
    }

    void end(std::string_view name) {
        const bool goes_on = handler_.end(names_.element(name));
        names_.end(depth_);
        if (--depth_ == 0 || !goes_on) stop(ending::enough);  // what is behind the root does not matter
    }

    void stop(ending why) noexcept {
        if (why_ == ending::none) why_ = why;
        XML_StopParser(parser_.get(), XML_FALSE);
    }

    error out_of_memory() {
        if (budget_.why() == overrun::none) throw std::bad_alloc{};
        return budget_.to_error();
    }

    error what_happened() {
        const auto code = XML_GetErrorCode(parser_.get());
        if (why_ == ending::spent) return budget_.to_error();
        if (why_ == ending::none && code == XML_ERROR_NO_MEMORY) return out_of_memory();
        const std::string_view what = why_ == ending::too_deep   ? "nested too deep"
                                      : why_ == ending::declares ? "a document type declaration"
                                                                 : XML_ErrorString(code);
        return error{
            errc::parse_failed,
            "broken XML at line " + std::to_string(XML_GetCurrentLineNumber(parser_.get())) + ", column " +
                std::to_string(XML_GetCurrentColumnNumber(parser_.get()) + 1) + ": " + std::string{what}
        }.at(phase::read);
    }

    xml_handler& handler_;
    read_budget& budget_;
    counted_memory memory_;
    std::unique_ptr<std::remove_pointer_t<XML_Parser>, freer> parser_;
    namespace_bindings names_;
    std::vector<xml_attribute> attributes_;
    std::size_t depth_ = 0;
    unsigned events_   = 0;
    ending why_        = ending::none;
    std::exception_ptr thrown_;
};

}  // namespace

result<void> read_xml(std::string_view text, xml_handler& handler, read_budget& budget) {
    const auto most = most_repaired(text);
    budget_share held{budget};
    if (most > std::numeric_limits<int>::max() / 2 || !held.may_hold(most)) {
        budget.use_up_memory();
        return budget.to_error();
    }
    const auto repaired = repaired_xml(text);
    if (budget.is_spent()) return budget.to_error();
    return reading{handler, budget}.run(repaired);
}

std::string_view find_attribute(std::span<const xml_attribute> attributes, std::string_view local, vocabulary from) {
    for (const auto& each : attributes) {
        if (each.name.is(from, local)) return each.value;
    }
    return {};
}

}  // namespace forage::detail
