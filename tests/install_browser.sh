#!/bin/sh
# Sees to it that the browser tests have Debian's Chromium, with a font that has æ, ø and å.
# Without a browser those tests are skipped; where CI is "true" that is a failure.
set -eu

has_browser() {
    for name in chromium chromium-browser google-chrome chrome; do
        command -v "$name" >/dev/null 2>&1 && return
    done
    return 1
}

install_browser() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core >/dev/null
}

has_browser || install_browser || true
if ! has_browser; then
    echo "Chromium was not found and cannot be installed here: the browser tests are skipped."
    [ "${CI:-}" != true ]
fi
