#!/usr/bin/env bash
# Builds the library for C, shared and static, .build/release/liboddity.so.1 and liboddity.a, of the objects of the release build. Both have
# the Swift runtime inside and show what oddity.h declares, nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."
"${SWIFT:-swift}" build -c release --product OddityC --explicit-target-dependency-import-check error

release=.build/release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
grep -oE '\boddity_[a-z_]+\(' Sources/COddityInterface/include/oddity.h | tr -d '(' | sort -u >"$work/names"
{
    echo '{ global:'
    sed 's/$/;/' "$work/names"
    echo 'local: *; };'
} >"$work/exports"

# Parts of Foundation that static linking does not find by itself.
foundation=(-l_FoundationCollections -l_FoundationCShims)
# gold exports the indirect functions of the kernels whatever the version script says; lld does not.
"${SWIFT:-swift}c" -emit-library -static-stdlib -use-ld=lld -o "$release/liboddity.so.1" \
    "@$release/OddityC.product/Objects.LinkFileList" "${foundation[@]}" \
    -Xlinker "--version-script=$work/exports" -Xlinker -soname=liboddity.so.1 -Xlinker --gc-sections -Xlinker -s -Xlinker -z -Xlinker defs
ln -sf liboddity.so.1 "$release/liboddity.so"

# One object of all, whose other names no program can run into. What tells the runtime of Swift code comes first.
runtime=$("${SWIFT:-swift}c" -static-stdlib -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
swift=(-lFoundationEssentials -lswiftCore -lswift_Concurrency -lswift_StringProcessing -lswift_RegexParser -lswiftSynchronization
    -lswiftGlibc -lswift_Builtin_float -lswift_Volatile -lswiftDispatch -ldispatch -lBlocksRuntime)
"$runtime/../../bin/ld.lld" -r -o "$work/all.o" "$runtime/linux/$(uname -m)/swiftrt.o" \
    "@$release/OddityC.product/Objects.LinkFileList" -L "$runtime/linux" --start-group "${foundation[@]}" "${swift[@]}" --end-group
objcopy --strip-unneeded "--keep-global-symbols=$work/names" "$work/all.o" "$work/oddity.o"
rm -f "$release/liboddity.a"
ar rcs "$release/liboddity.a" "$work/oddity.o"

for library in liboddity.so.1 liboddity.a; do
    echo "library: $release/$library, $(($(stat -c %s "$release/$library") >> 20)) MB"
done
