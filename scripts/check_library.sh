#!/usr/bin/env bash
# Runs the test of the C interface, compiled under the sanitizers of gcc, against the libraries as `make install-library` installs them.
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
# The static one needs no other library of ours, and with it a program can leave out what it does not use.
read -ra rest < <(pkg-config --static --libs-only-l oddity | sed 's/-loddity//')
gcc -std=c11 -Wall -Wextra -Werror -Wl,--gc-sections "-I$work/include" \
    "$root/Tests/CInterface/abi_test.c" lib/liboddity.a "${rest[@]}" -o abi_test_static 2>linking || {
    cat linking
    exit 1
}
env -u LD_LIBRARY_PATH ./abi_test_static
# The header is C++ too.
echo '#include <oddity.h>' | g++ -std=c++17 -Wall -Wextra -Werror -fsyntax-only -x c++ "${flags[@]}" -
# What the library shows is what the header declares.
diff <(nm -D --defined-only lib/liboddity.so.1 | awk '{ print $3 }' | sort) \
    <(grep -oE '\boddity_[a-z_]+\(' include/oddity.h | tr -d '(' | sort -u)
diff <(nm --defined-only --extern-only lib/liboddity.a | awk 'NF == 3 { print $3 }' | sort) \
    <(grep -oE '\boddity_[a-z_]+\(' include/oddity.h | tr -d '(' | sort -u)
# The example of the article compiles.
awk '/^```c$/ { on = 1; next } /^```/ { on = 0 } on' "$root/Sources/Oddity/Oddity.docc/Python.md" \
    | gcc -std=c11 -Wall -Wextra -Werror -fsyntax-only -x c "${flags[@]}" -
