#include "kernels.h"

// Blocks are independent, so the compiler runs one per lane.
ODDITY_CLONES void oddity_philox(
    uint32_t key0, uint32_t key1, uint32_t first_block, uint32_t counter1, uint32_t counter2,
    uint32_t counter3, uint32_t *words, ptrdiff_t blocks) {
    for (ptrdiff_t b = 0; b < blocks; b++) {
        uint32_t c0 = first_block + (uint32_t)b, c1 = counter1, c2 = counter2, c3 = counter3;
        uint32_t k0 = key0, k1 = key1;
        for (int round = 0; round < 10; round++) {
            uint64_t p0 = (uint64_t)0xD2511F53u * c0;
            uint64_t p1 = (uint64_t)0xCD9E8D57u * c2;
            uint32_t n0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
            uint32_t n2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
            c1 = (uint32_t)p1;
            c3 = (uint32_t)p0;
            c0 = n0;
            c2 = n2;
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }
        words[4 * b] = c0;
        words[4 * b + 1] = c1;
        words[4 * b + 2] = c2;
        words[4 * b + 3] = c3;
    }
}
