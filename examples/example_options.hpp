// Client options from the environment, so that the small programs can be pointed at a web of one's own (miniweb prints
// the variables to set). API keys come from the environment anyway.
#pragma once

#include <forage/client.hpp>

#include <cstdlib>
#include <string>

inline void set_from_environment(const char* name, std::string& option) {
    if (const char* value = std::getenv(name)) option = value;
}

inline forage::client_options options_from_environment() {
    forage::client_options options;
    set_from_environment("FORAGE_CA_FILE", options.ca_file);
    set_from_environment("FORAGE_DNS_SERVER", options.dns_server);
    set_from_environment("FORAGE_GOOGLE_URL", options.google_url);
    set_from_environment("FORAGE_BING_URL", options.bing_url);
    set_from_environment("FORAGE_DUCKDUCKGO_URL", options.duckduckgo_url);
    if (const char* address = std::getenv("FORAGE_ALLOW_ADDRESS")) options.allow_addresses.emplace_back(address);
    return options;
}
