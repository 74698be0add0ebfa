# The warnings every target of the project is built with.
function(forage_warnings target)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # GCC 12 takes Asio's own operator new for another allocator's once it inlines coroutine frames.
        target_compile_options(${target} PRIVATE -Wno-mismatched-new-delete)
    endif()
    if(FORAGE_WERROR)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
    if(FORAGE_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(${target} PRIVATE -Wno-tsan)  # GCC warns about fences in Asio, not about a fault
    endif()
endfunction()
