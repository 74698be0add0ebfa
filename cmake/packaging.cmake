# Installing: library, headers, a CMake package (find_package(forage)) and a pkg-config file. A project that has this one as
# a subdirectory installs nothing of it unless it says -D FORAGE_INSTALL=ON.
option(FORAGE_INSTALL "Install the library, its headers and its package files" ${PROJECT_IS_TOP_LEVEL})
if(NOT FORAGE_INSTALL)
    return()
endif()

include(CMakePackageConfigHelpers)
set(forage_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/forage)

install(TARGETS forage EXPORT forage-targets FILE_SET HEADERS)
install(EXPORT forage-targets NAMESPACE forage:: DESTINATION ${forage_package_dir})

# A static library leaves the linking of what it uses to its users; a shared one has done it.
get_target_property(forage_type forage TYPE)
if(forage_type STREQUAL "STATIC_LIBRARY")
    set(forage_is_static ON)
else()
    set(forage_is_static OFF)
endif()
configure_package_config_file(cmake/forage-config.cmake.in forage-config.cmake INSTALL_DESTINATION ${forage_package_dir})
# Before 1.0 a minor version may break users.
write_basic_package_version_file(forage-config-version.cmake COMPATIBILITY SameMinorVersion)
install(
    FILES ${CMAKE_CURRENT_BINARY_DIR}/forage-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/forage-config-version.cmake
    DESTINATION ${forage_package_dir})

# pkg-config. Paths are relative to the file, so that the installed tree may be moved. For a static library the private
# dependencies stand in Requires, not Requires.private: there is no way to link without them, and `--static` would ask for
# static forms of the system's libraries as well, which distributions leave out.
set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
set(pkgconfig_prefix ${CMAKE_INSTALL_PREFIX})
if(NOT IS_ABSOLUTE ${CMAKE_INSTALL_LIBDIR})
    cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX}/${pkgconfig_dir}
               OUTPUT_VARIABLE up)
    set(pkgconfig_prefix "\${pcfiledir}/${up}")
endif()
cmake_path(APPEND pkgconfig_libdir "\${prefix}" ${CMAKE_INSTALL_LIBDIR})
cmake_path(APPEND pkgconfig_includedir "\${prefix}" ${CMAKE_INSTALL_INCLUDEDIR})
set(pkgconfig_requires "")
set(pkgconfig_cflags "")
if(forage_is_static)
    list(APPEND pkgconfig_requires openssl zlib expat sqlite3 libbrotlidec libzstd libpsl libcares icu-uc uchardet spdlog)
    if(FORAGE_GUMBO)
        list(APPEND pkgconfig_requires gumbo)
    endif()
endif()
if(FORAGE_IO_URING)
    list(APPEND pkgconfig_requires liburing)
    string(APPEND pkgconfig_cflags " -DBOOST_ASIO_HAS_IO_URING")
endif()
list(JOIN pkgconfig_requires ", " pkgconfig_requires)
configure_file(cmake/forage.pc.in forage.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/forage.pc DESTINATION ${pkgconfig_dir})
