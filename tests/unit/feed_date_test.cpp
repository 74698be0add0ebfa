// Dates as ISO 8601, from what feeds write.
#include "feed/iso_date.hpp"

#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace {

using forage::detail::iso_date;

void expect_dates(std::initializer_list<std::pair<std::string_view, std::string_view>> cases) {
    for (const auto& [text, expected] : cases) EXPECT_EQ(iso_date(text), expected) << text;
}

TEST(feed_date, rfc_822_and_its_kin) {
    expect_dates({
        {"Wed, 02 Oct 2002 13:00:00 GMT", "2002-10-02T13:00:00Z"},
        {"Wed, 02 Oct 2002 15:00:00 +0200", "2002-10-02T15:00:00+02:00"},
        {"Wed, 2 Oct 2002 8:00:00 EST", "2002-10-02T08:00:00-05:00"},
        {"02 Oct 02 13:00 UT", "2002-10-02T13:00:00Z"},
        {"02 Oct 94 13:00 PDT", "1994-10-02T13:00:00-07:00"},
        {"Wednesday, 02-Oct-2002 13:00:00 GMT", "2002-10-02T13:00:00Z"},
        {"Sept 3, 2002 1:02:03 -0330", "2002-09-03T01:02:03-03:30"},
        {"Wed, 02 October 2002 13:00:00 A", "2002-10-02T13:00:00-00:00"},
        {"Wed, 02 Oct 2002 13:00:00", "2002-10-02T13:00:00"},
        {"02 Oct 2002", "2002-10-02"},
        {"Wed Oct  2 13:00:00 2002", "2002-10-02T13:00:00"},
        {" \n Wed,02 Oct 2002 13:00:00 GMT ", "2002-10-02T13:00:00Z"},
        {"29 Feb 2004 00:00:60 Z", "2004-02-29T00:00:60Z"},
        {"Oct 2, 2002 1:00 PM", "2002-10-02T13:00:00"},
        {"Oct 2, 2002 12:30 am EST", "2002-10-02T00:30:00-05:00"},
        {"mar, 08 oct 2002", "2002-10-08"},  // a Tuesday in Spanish
        {"2. Oktober 2002", "2002-10-02"},
    });
}

TEST(feed_date, iso_8601_as_exact_as_it_is) {
    expect_dates({
        {"2002", "2002"},
        {"2002-10", "2002-10"},
        {"2002-10-02", "2002-10-02"},
        {"2002-10-02T13:00Z", "2002-10-02T13:00:00Z"},
        {"2002-10-02T13:00:01.250+01:00", "2002-10-02T13:00:01.250+01:00"},
        {"2002-10-02T13:00:00-0500", "2002-10-02T13:00:00-05:00"},
        {"2002-10-02 13:00:00 UTC", "2002-10-02T13:00:00Z"},
        {"2002-10-02t13:00:00z", "2002-10-02T13:00:00Z"},
        {"2002-10-02T13:00:00", "2002-10-02T13:00:00"},
        {"2002-10-02T24:00:00Z", "2002-10-02T24:00:00Z"},
    });
}

TEST(feed_date, what_is_no_date_is_nothing) {
    for (const std::string_view text :
         {"",
          "yesterday",
          "2002-13-01",
          "2002-02-30",
          "2002-10-02T25:00:00Z",
          "2002-10-02T13:60Z",
          "0000-01-01",
          "31 Feb 2002 00:00 GMT",
          "Oct 2002",
          "2 2002",
          "2002-10-02T13:00:00+99:00",
          "2002-10-02T",
          "20021002",
          "2002-10-02T13:00:00.Z",
          "1 1 1 1 1",
          "99 Oct 2002"}) {
        EXPECT_EQ(iso_date(text), "") << text;
    }
    EXPECT_EQ(iso_date("02 Oct 2002" + std::string(100, ' ') + "x"), "") << "longer than any date";
}

}  // namespace
