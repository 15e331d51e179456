# shellcheck shell=sh
# Sourced by run, test and soak: makes .venv from uv.lock with the Python of this machine.
# usage: make_environment user|developer
# A stamp beside the environment spares the work, and the network, where nothing changed.

uv_version=0.13.9

die() {
    printf '%s\n' "$*" >&2
    exit 2
}

find_python() {
    for candidate in python3.11 python3.12 python3; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))'; then
            command -v "$candidate"
            return
        fi
    done
    die "planwatch needs Python 3.11 or 3.12; none was found. Install python3.11 and its venv module."
}

make_environment() {
    case $1 in
    user) groups="--no-dev --extra fast" ;;
    developer) groups="--all-extras" ;;
    esac
    stamp=".venv/planwatch-$1-$(cat uv.lock pyproject.toml | cksum | tr ' ' '-')"
    if [ -x .venv/bin/planwatch ] && [ -e "$stamp" ]; then
        return
    fi
    python=$(find_python)
    if command -v uv >/dev/null 2>&1 && [ "$(uv --version | cut -d' ' -f2)" = "$uv_version" ]; then
        uv=uv
    else
        [ -x .tools/bin/uv ] || {
            "$python" -m venv .tools ||
                die "Could not make a virtual environment with $python; on Debian install python3-venv."
            .tools/bin/python -m pip install --quiet --disable-pip-version-check "uv==$uv_version" ||
                die "Could not install uv from the Python package registry. Is it reachable from here?"
        }
        uv=.tools/bin/uv
    fi
    # --inexact: a user's run after a developer's test leaves the developer's packages alone.
    # shellcheck disable=SC2086
    "$uv" sync --quiet --frozen --inexact --python "$python" $groups ||
        die "Could not install the packages of uv.lock; the lines above say why."
    rm -f .venv/planwatch-"$1"-*
    : >"$stamp"
}
