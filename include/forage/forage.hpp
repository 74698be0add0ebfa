// All of forage.
#pragma once

#include <forage/blocking.hpp>
#include <forage/client.hpp>
#include <forage/document.hpp>
#include <forage/error.hpp>
#include <forage/fan_out.hpp>
#include <forage/feed.hpp>
#include <forage/files.hpp>
#include <forage/html.hpp>
#include <forage/json.hpp>
#include <forage/logger.hpp>
#include <forage/research.hpp>
#include <forage/result.hpp>
#include <forage/retry.hpp>
#include <forage/run.hpp>
#include <forage/scrape.hpp>
#include <forage/search.hpp>
#include <forage/sitemap.hpp>
#include <forage/url.hpp>

#include <boost/asio/awaitable.hpp>
