// Dates of machines and of people, and what is none.
#include "html/date_text.hpp"

#include <gtest/gtest.h>

namespace {

using namespace forage::detail;

std::string machine(std::string_view text) { return machine_date(text, day_order::day_first); }
std::string found(std::string_view text, day_order order = day_order::day_first) { return find_date(text, order).date; }

TEST(html_date_text, iso_keeps_time_and_zone) {
    EXPECT_EQ(machine("2023-05-17"), "2023-05-17");
    EXPECT_EQ(machine(" 2023-05-17T08:30:00Z "), "2023-05-17T08:30:00Z");
    EXPECT_EQ(machine("2023-05-17T08:30:15.123+02:00"), "2023-05-17T08:30:15+02:00");
    EXPECT_EQ(machine("2023-05-17 08:30:00 -0500"), "2023-05-17T08:30:00-05:00");
    EXPECT_EQ(machine("2023-05-17T08:30"), "2023-05-17T08:30:00");
    EXPECT_EQ(machine("2018-11-28CET11:59:00+0100"), "2018-11-28T11:59:00+01:00");
    EXPECT_EQ(machine("2022-5-3T23:57:00"), "2022-05-03T23:57:00");
    EXPECT_EQ(machine("20230517"), "2023-05-17");
}

TEST(html_date_text, less_than_a_day_is_kept_as_it_is) {
    EXPECT_EQ(machine("2023-05"), "2023-05");
    EXPECT_EQ(machine("2023"), "2023");
    EXPECT_EQ(machine("2023-13"), "");
}

TEST(html_date_text, rfc_5322_and_scripts) {
    EXPECT_EQ(machine("Wed, 17 May 2023 08:30:00 GMT"), "2023-05-17T08:30:00Z");
    EXPECT_EQ(machine("Wed, 17 May 2023 08:30:00 +0200"), "2023-05-17T08:30:00+02:00");
    EXPECT_EQ(machine("Wed May 17 08:30:00 CEST 2023"), "2023-05-17");
    EXPECT_EQ(machine("May 17, 2023 1:05 pm"), "2023-05-17T13:05:00");
}

TEST(html_date_text, no_such_day) {
    EXPECT_EQ(machine("2023-02-29"), "");
    EXPECT_EQ(machine("2024-02-29"), "2024-02-29");
    EXPECT_EQ(machine("0000-00-00"), "");
    EXPECT_EQ(machine("1970-01-01T00:00:00Z"), "");
    EXPECT_EQ(machine("2023-05-17T25:61:00"), "2023-05-17");
    EXPECT_EQ(machine("yesterday"), "");
    EXPECT_EQ(machine(""), "");
}

TEST(html_date_text, zones_have_offsets_or_names) {
    EXPECT_EQ(machine("2023-05-17T08:30:00 EST"), "2023-05-17T08:30:00-05:00");
    EXPECT_EQ(machine("2023-05-17T08:30:00+02"), "2023-05-17T08:30:00+02:00");
    EXPECT_EQ(machine("2023-05-17T08:30:00+2000"), "2023-05-17T08:30:00");
}

TEST(html_date_text, months_by_name) {
    EXPECT_EQ(found("Posted on May 17th, 2023 by Jane"), "2023-05-17");
    EXPECT_EQ(found("17. M\u00E4rz 2023"), "2023-03-17");
    EXPECT_EQ(found("17 M\u00C4RZ 2023"), "2023-03-17");
    EXPECT_EQ(found("1er ao\u00FBt 2023"), "2023-08-01");
    EXPECT_EQ(found("17 de mayo de 2023"), "2023-05-17");
    EXPECT_EQ(found("17 \u041C\u0410\u042F 2023"), "2023-05-17");
    EXPECT_EQ(found("17-Sep-2023"), "2023-09-17");
    EXPECT_EQ(found("2023\u5E745\u670817\u65E5"), "2023-05-17");
}

TEST(html_date_text, numbers) {
    EXPECT_EQ(found("Stand: 17.05.2023, 8 Uhr"), "2023-05-17");
    EXPECT_EQ(found("17.05.23"), "2023-05-17");
    EXPECT_EQ(found("3/4/2023"), "2023-04-03");
    EXPECT_EQ(found("3/4/2023", day_order::month_first), "2023-03-04");
    EXPECT_EQ(found("17/4/2023", day_order::month_first), "2023-04-17");
    EXPECT_EQ(found("4/17/2023"), "2023-04-17");
    EXPECT_EQ(found("version 10.12.14.1"), "");
    EXPECT_EQ(found("call 0123 2023-4"), "");
}

TEST(html_date_text, order_by_language) {
    EXPECT_EQ(order_in("en-US"), day_order::month_first);
    EXPECT_EQ(order_in("en"), day_order::month_first);
    EXPECT_EQ(order_in("en-GB"), day_order::day_first);
    EXPECT_EQ(order_in("de"), day_order::day_first);
    EXPECT_EQ(order_in(""), day_order::day_first);
}

TEST(html_date_text, path_of_a_url) {
    EXPECT_EQ(date_in_path("/2023/05/17/title"), "2023-05-17");
    EXPECT_EQ(date_in_path("/news/2023-05-17-title.html"), "2023-05-17");
    EXPECT_EQ(date_in_path("/a/20230517/b"), "2023-05-17");
    EXPECT_EQ(date_in_path("/2023/05/title"), "");
    EXPECT_EQ(date_in_path("/id/120230517"), "");
    EXPECT_EQ(date_in_path("/"), "");
}

}  // namespace
