#include "kernels.h"

typedef uint8_t bytes64 __attribute__((ext_vector_type(64)));
typedef _Bool bits64 __attribute__((ext_vector_type(64)));

// Positions are written eight at a time, needed or not: a loop of as many rounds as there are bits
// would be guessed wrongly once in nearly every block.
ODDITY_CLONES ptrdiff_t oddity_find_separators(
    const uint8_t *bytes, ptrdiff_t start, ptrdiff_t end, uint8_t delimiter, uint32_t *positions) {
    ptrdiff_t count = 0;
    for (ptrdiff_t at = start; at < end; at += 64) {
        bytes64 block;
        if (end - at >= 64) {
            memcpy(&block, bytes + at, sizeof block);
        } else {
            block = (bytes64)(uint8_t)(delimiter == 'x' ? 'y' : 'x');
            memcpy(&block, bytes + at, (size_t)(end - at));
        }
        bits64 is_separator = __builtin_convertvector(
            (block == delimiter) | (block == '\n') | (block == '\r') | (block == '"') | (block == 0),
            bits64);
        uint64_t bits;
        memcpy(&bits, &is_separator, sizeof bits);
        int found = __builtin_popcountll(bits);
        for (int done = 0; done < found; done += 8) {
            for (int k = 0; k < 8; k++) {
                positions[count + done + k] = (uint32_t)at + (uint32_t)(bits ? __builtin_ctzll(bits) : 0);
                bits &= bits - 1;
            }
        }
        count += found;
    }
    return count;
}
