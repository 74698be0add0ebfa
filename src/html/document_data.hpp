// What the public document, node and selector are made of.
#pragma once

#include "html/budget.hpp"
#include "html/link_resolver.hpp"
#include "html/tree.hpp"
#include "text/encoding.hpp"

#include <forage/document.hpp>

#include <memory>
#include <string>

namespace forage::detail {

/// Never moved: the tree refers to the text and the budget, nodes to the tree.
struct document_data {
    explicit document_data(const read_options& options)
        : url{options.base_url}, markdown{options.markdown}, code{options.code}, mode{options.mode},
          max_memory{options.max_memory}, time_limit{options.time_limit}, budget{options}, resolver{options.base_url} {}

    /// The options that reading goes by, now that those of the call are gone.
    [[nodiscard]] read_options options() const {
        return {
            .base_url   = url,
            .markdown   = markdown,
            .code       = code,
            .mode       = mode,
            .max_memory = max_memory,
            .time_limit = time_limit,
        };
    }

    std::string url;
    bool markdown, code;
    extraction_mode mode;
    std::size_t max_memory;
    std::chrono::milliseconds time_limit;
    read_budget budget;
    encoding from = encoding::utf_8;
    std::string text;
    std::unique_ptr<dom::tree> tree;
    link_resolver resolver;
};

/// Between the handles and the tree.
struct node_access {
    [[nodiscard]] static node make(const dom::tree* tree, dom::node_id id) noexcept {
        return id == dom::none ? node{} : node{tree, id};
    }
    [[nodiscard]] static document make(std::unique_ptr<document_data> data) { return document{std::move(data)}; }
    [[nodiscard]] static const dom::tree* tree(const node& n) noexcept { return n.tree_; }
    [[nodiscard]] static dom::node_id id(const node& n) noexcept { return n.id_; }
};

}  // namespace forage::detail
