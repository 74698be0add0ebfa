# FORAGE_SANITIZE builds everything in this tree with the named sanitizers.
if(FORAGE_SANITIZE)
    add_compile_options(-fsanitize=${FORAGE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${FORAGE_SANITIZE})
endif()
