# forage_precompile(TARGET): the headers that most files include, and that take longest to read, are read once a target.
# Off by default, so that a file that forgets an include is found out; on where the same files are built once more. There
# warnings are no errors: GCC takes those of a precompiled system header for ours.
option(FORAGE_PRECOMPILE "Precompile headers: builds faster, and hides missing includes" OFF)

function(forage_precompile target)
    if(FORAGE_PRECOMPILE)
        target_precompile_headers(${target} PRIVATE
            <boost/asio/any_io_executor.hpp> <boost/asio/as_tuple.hpp> <boost/asio/awaitable.hpp>
            <boost/asio/co_spawn.hpp> <boost/asio/deferred.hpp> <boost/asio/experimental/parallel_group.hpp>
            <boost/asio/io_context.hpp> <boost/asio/ip/tcp.hpp> <boost/asio/steady_timer.hpp> <boost/asio/strand.hpp>
            <boost/asio/use_awaitable.hpp> <algorithm> <chrono> <functional> <map> <memory> <optional> <string>
            <unordered_map> <vector> ${ARGN})
    endif()
endfunction()
