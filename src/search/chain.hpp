// Several providers in turn, until one gives hits.
#pragma once

#include "search/pager.hpp"

#include <memory>
#include <vector>

namespace forage::detail {

class client_impl;

/// The body of `search`: see there. An empty `chain` means all. A page token asks only the
/// provider it is from. Runs on the client's strand. Cancellation unwinds.
awaitable<result<search_results>>
search_chain(shared_search_context context, search_call call, std::vector<provider> chain);

/// The context of real searches; it keeps `web` alive. Call it on the client's strand.
[[nodiscard]] shared_search_context search_context_of(std::shared_ptr<client_impl> web);

}  // namespace forage::detail
