#!/usr/bin/env bash
# Installs the system packages that Oddity builds with, when they are missing, and says what it does.
set -euo pipefail

if [ "$(uname)" != Linux ] || ! command -v apt-get >/dev/null; then
    echo "bootstrap: not a Debian system; see the README for the libraries to install" >&2
    exit 0
fi

packages=(
    libopenblas-dev zlib1g-dev libzstd-dev libsqlite3-dev libexif-dev libpng-dev libturbojpeg0-dev libzip-dev
    tzdata python3 python3-venv librsvg2-bin gcc g++ pkg-config
)
missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    echo "bootstrap: ${packages[*]} are installed"
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
echo "bootstrap: installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
