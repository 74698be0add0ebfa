// From what the parts of a page say of it to what it is taken to say: which of several titles, authors and dates.
#pragma once

#include "html/budget.hpp"
#include "html/credits.hpp"
#include "html/document_head.hpp"
#include "html/json_ld.hpp"
#include "html/link_resolver.hpp"

#include <forage/function_ref.hpp>
#include <forage/html.hpp>

namespace forage::detail {

/// What was found; the views in it must live.
struct metadata_parts {
    const document_head& head;
    const json_ld_facts& json_ld;
    /// Asked at most once, and only if machines are not told who wrote the page and when: it takes longer than all
    /// else.
    function_ref<page_credits()> credits;
    const link_resolver& links;
};

/// Fills `page.metadata` of a page whose other members, the headings included, are there. Takes a bounded amount of
/// memory.
void fill_metadata(const metadata_parts& parts, page_content& page);

/// Bytes that its strings and lists take.
[[nodiscard]] std::size_t memory_of(const page_metadata& m);

}  // namespace forage::detail
