// The JSON form of what a page says of itself. docs/json.md
#pragma once

#include "core/json.hpp"

#include <forage/metadata.hpp>

namespace forage::detail {

void write(json_writer& out, const page_metadata& m);

}  // namespace forage::detail
