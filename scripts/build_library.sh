#!/usr/bin/env bash
# Builds the shared library for C, .build/release/liboddity.so.1, of the objects of the release build. It has the Swift runtime inside and
# shows what oddity.h declares, nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."
"${SWIFT:-swift}" build -c release --product OddityC --explicit-target-dependency-import-check error

release=.build/release
exports=$(mktemp)
trap 'rm -f "$exports"' EXIT
{
    echo '{ global:'
    grep -oE '\boddity_[a-z_]+\(' Sources/COddityInterface/include/oddity.h | sort -u | sed 's/($/;/'
    echo 'local: *; };'
} >"$exports"

# Parts of Foundation that static linking does not find by itself.
foundation=(-l_FoundationCollections -l_FoundationCShims)
# gold exports the indirect functions of the kernels whatever the version script says; lld does not.
"${SWIFT:-swift}c" -emit-library -static-stdlib -use-ld=lld -o "$release/liboddity.so.1" \
    "@$release/OddityC.product/Objects.LinkFileList" "${foundation[@]}" \
    -Xlinker "--version-script=$exports" -Xlinker -soname=liboddity.so.1 -Xlinker --gc-sections -Xlinker -s -Xlinker -z -Xlinker defs
ln -sf liboddity.so.1 "$release/liboddity.so"
echo "library: $release/liboddity.so.1, $(($(stat -c %s "$release/liboddity.so.1") >> 20)) MB"
