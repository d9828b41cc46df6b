#!/usr/bin/env bash
# Runs the test of the C interface, compiled under the sanitizers of gcc, against the library as `make install-library` installs it.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
make -s -C "$root" install-library PREFIX="$work" SKIP_LIBRARY=1
cd "$work"
export PKG_CONFIG_PATH="$work/lib/pkgconfig" LD_LIBRARY_PATH="$work/lib"
read -ra flags < <(pkg-config --cflags --libs oddity)
gcc -std=c11 -Wall -Wextra -Werror -g -fsanitize=address,undefined -fno-sanitize-recover \
    "$root/Tests/CInterface/abi_test.c" "${flags[@]}" -lm -lpthread -o abi_test
./abi_test
# The header is C++ too.
echo '#include <oddity.h>' | g++ -std=c++17 -Wall -Wextra -Werror -fsyntax-only -x c++ "${flags[@]}" -
# What the library shows is what the header declares.
diff <(nm -D --defined-only lib/liboddity.so.1 | awk '{ print $3 }' | sort) \
    <(grep -oE '\boddity_[a-z_]+\(' include/oddity.h | tr -d '(' | sort -u)
# The example of the article compiles.
awk '/^```c$/ { on = 1; next } /^```/ { on = 0 } on' "$root/Sources/Oddity/Oddity.docc/Python.md" \
    | gcc -std=c11 -Wall -Wextra -Werror -fsyntax-only -x c "${flags[@]}" -
