# The warnings every target of the project is built with.
function(forage_warnings target)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # Two false alarms of GCC 12: it takes Asio's own operator new for another allocator's once it inlines coroutine
        # frames, and sees overlapping copies in std::string at -O3 (GCC bug 105651).
        target_compile_options(${target} PRIVATE -Wno-mismatched-new-delete -Wno-restrict)
    endif()
    if(FORAGE_WERROR)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
    if(FORAGE_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(${target} PRIVATE -Wno-tsan)  # GCC warns about fences in Asio, not about a fault
    endif()
endfunction()
