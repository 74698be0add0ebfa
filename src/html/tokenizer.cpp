#include "html/tokenizer.hpp"

#include "text/ascii.hpp"

namespace forage::detail::dom {

tokenizer::tokenizer(tree& into, read_budget& budget)
    : tree_{into}, begin_{into.source().data()}, end_{begin_ + into.source().size()}, at_{begin_},
      kept_attributes_{into.attributes.size()}, seen_{budget}, letters_{budget} {}

token& tokenizer::next() {
    tree_.attributes.set_size(kept_attributes_);
    bool has_token = false;
    while (!has_token) has_token = read_token();
    return token_;
}

bool tokenizer::read_token() {
    token_.source = offset(at_);
    if (at_ == end_) {
        token_.kind = token_kind::end_of_file;
    } else if (mode_ != text_mode::data) {
        return read_text();
    } else if (begins_markup(at_)) {
        return read_markup();
    } else {
        read_data_text();
    }
    return true;
}

// §13.2.5.6 to 13.2.5.7, tag open and end tag open state. There is a character after the '<', and after the "</" too.
bool tokenizer::read_markup() {
    const char* p = at_ + 1;
    if (is_letter(*p)) return read_tag(token_kind::start_tag, p);
    if (*p == '!') return read_declaration();
    if (*p == '?') return read_bogus_comment(p);
    if (is_letter(p[1])) return read_tag(token_kind::end_tag, p + 1);
    if (p[1] != '>') return read_bogus_comment(p + 1);
    at_ = p + 2;  // "</>" is nothing
    return false;
}

}  // namespace forage::detail::dom
