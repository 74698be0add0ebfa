// XML as events, by expat, which xml_reader.cpp alone includes: no DTD, no entities, bounded depth.
#pragma once

#include "feed/xml_names.hpp"
#include "html/budget.hpp"

#include <forage/result.hpp>

#include <span>
#include <string>
#include <string_view>

namespace forage::detail {

struct xml_attribute {
    xml_name name;
    std::string_view value;
};

/// Takes events. Views are valid during the call. What it throws ends the reading and comes out of `read_xml`.
class xml_handler {
public:
    /// False: enough is known, and the reading ends.
    [[nodiscard]] virtual bool begin(const xml_name& name, std::span<const xml_attribute> attributes) = 0;
    [[nodiscard]] virtual bool end(const xml_name& name)                                              = 0;
    virtual void text(std::string_view part)                                                          = 0;

protected:
    ~xml_handler() = default;
};

inline constexpr std::size_t max_xml_depth = 256;  // no feed comes near; pages within entries reach some dozens

/// Reads `text`, valid UTF-8, repaired (feed/xml_repair.hpp), until its root element ends or the handler has enough.
/// Memory, counted in `budget`: the repaired text and what expat takes. Linear; expat does not recurse over depth.
/// Errors: parse_failed (broken, with line and column; too deep; the budget), cancelled.
[[nodiscard]] result<void> read_xml(std::string_view text, xml_handler& handler, read_budget& budget);

/// The value of the attribute of that name; empty if there is none.
[[nodiscard]] std::string_view
find_attribute(std::span<const xml_attribute> attributes, std::string_view local, vocabulary from = vocabulary::none);

}  // namespace forage::detail
