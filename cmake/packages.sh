# shellcheck shell=bash
# Sourced by the scripts that build. `forage_packages PURPOSE…` installs the distribution's packages that are missing for
# the purposes library, demo, tests and ci. It asks nothing, and stays off the network when nothing is missing.

forage_system() {
    # shellcheck source=/dev/null
    (. /etc/os-release 2>/dev/null && printf '%s %s\n' "${ID:-unknown}" "${VERSION_ID:-}") || echo unknown
}

forage_package_names() {  # PURPOSE SYSTEM
    local boost=libboost1.81
    [[ $2 == "ubuntu 24.04" ]] && boost=libboost1.83
    case $1 in
    library)
        echo "g++ cmake ninja-build pkg-config $boost-dev libssl-dev zlib1g-dev libbrotli-dev libzstd-dev libpsl-dev" \
            "libc-ares-dev libexpat1-dev libsqlite3-dev libgumbo-dev libicu-dev libuchardet-dev nlohmann-json3-dev libspdlog-dev"
        ;;
    demo) echo "libcli11-dev ca-certificates xz-utils" ;;
    tests)
        echo "libgtest-dev libbenchmark-dev libcmark-gfm-dev libcmark-gfm-extensions-dev nginx-light squid microsocks iproute2 openssl python3"
        # Real pages, many and well-formed. The tests that read them skip where they are not installed.
        if [[ $2 == "debian 12" ]]; then echo "python3-doc libboost1.81-doc postgresql-doc-15"; fi
        ;;
    ci) echo "clang-19 clang-format-19 clang-tidy-19 libclang-rt-19-dev liburing-dev python3 ccache" ;;
    *)
        echo "packages.sh: no such purpose: $1" >&2
        return 2
        ;;
    esac
}

# Runs as root, with the package names as arguments. No service starts while it works, and an nginx that was not there
# before stays off afterwards too: the tests start their own.
# shellcheck disable=SC2016  # expanded by the shell it is given to
forage_install='
set -e
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap "rm -f $policy" EXIT
    printf "#!/bin/sh\nexit 101\n" >"$policy"
    chmod 755 "$policy"
fi
had_nginx=$(dpkg-query -W -f "\${db:Status-Status}" nginx 2>/dev/null || true)
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
apt-get -qq update
# Container images leave out /usr/share/doc, where the documentation the tests read would go.
apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
    -o Dpkg::Options::="--path-include=/usr/share/doc/*" install "$@" </dev/null
if [ "$had_nginx" != installed ]; then rm -f /etc/systemd/system/multi-user.target.wants/nginx.service; fi
'

forage_packages() {  # PURPOSE…
    local system purpose names=() missing=() name tool as_root=()
    system=$(forage_system)
    for purpose in "$@"; do
        # shellcheck disable=SC2207  # package names have no spaces
        names+=($(forage_package_names "$purpose" "$system")) || return 2
    done
    if command -v ccache >/dev/null; then export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache}; fi

    if [[ $system != "debian 12" && $system != "ubuntu 24.04" ]]; then
        for tool in cmake ninja pkg-config c++; do
            if ! command -v "$tool" >/dev/null; then
                echo "forage: this system is $system, and $tool is missing. Install what these packages of Debian 12 are" \
                    "called here, and start again: ${names[*]}" >&2
                return 2
            fi
        done
        echo "forage: this system is $system; what is needed is called on Debian 12: ${names[*]}" >&2
        return 0
    fi

    for name in "${names[@]}"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || missing+=("$name")
    done
    ((${#missing[@]} == 0)) && return 0
    echo "forage: installing ${missing[*]}" >&2
    if ((EUID != 0)); then
        as_root=(sudo)
        [[ -t 0 ]] || as_root=(sudo -n)  # nobody there to type a password
    fi
    if ! "${as_root[@]}" sh -c "$forage_install" sh "${missing[@]}" >&2; then
        echo "forage: that failed; as root: apt-get install ${missing[*]}" >&2
        return 2
    fi
    if command -v ccache >/dev/null; then export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache}; fi
}
