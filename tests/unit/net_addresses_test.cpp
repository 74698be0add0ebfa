// The order in which addresses are tried, and the names that are asked for.
#include "net/addresses.hpp"
#include "net/search_list.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace forage::detail {
namespace {

using texts = std::vector<std::string>;

texts ordered(const texts& given) {
    addresses found;
    for (const auto& text : given) found.push_back(boost::asio::ip::make_address(text));
    texts order;
    for (const auto& address : in_connect_order(found)) order.push_back(address.to_string());
    return order;
}

TEST(in_connect_order, takes_the_families_in_turn_and_ipv6_first) {
    EXPECT_EQ(
        ordered({"192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1", "2001:db8::2"}),
        (texts{"2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2", "192.0.2.3"})
    );
    EXPECT_EQ(ordered({"192.0.2.2", "192.0.2.1"}), (texts{"192.0.2.2", "192.0.2.1"}));
    EXPECT_EQ(ordered({"2001:db8::1", "2001:db8::2", "192.0.2.1"}), (texts{"2001:db8::1", "192.0.2.1", "2001:db8::2"}));
    EXPECT_TRUE(ordered({}).empty());
}

TEST(search_list, completes_short_names_only) {
    const search_list list{{"corp.test", "test"}, 1};
    EXPECT_EQ(list.names_for("wiki"), (texts{"wiki.corp.test", "wiki.test", "wiki"}));
    EXPECT_EQ(list.names_for("wiki."), (texts{"wiki"}));
    EXPECT_EQ(list.names_for("www.example.org"), (texts{"www.example.org"}));
    const search_list cluster{{"svc.cluster.test"}, 5};
    EXPECT_EQ(cluster.names_for("db.prod"), (texts{"db.prod.svc.cluster.test", "db.prod"}));
    EXPECT_EQ(search_list{}.names_for("wiki"), (texts{"wiki"}));
}

}  // namespace
}  // namespace forage::detail
