#include "kernels.h"

// Two passes, both vectors: the largest value, then where it stands. One pass that keeps the index
// takes ten times as long.
ODDITY_CLONES ptrdiff_t oddity_index_of_largest_difference(
    const float *products, const float *offsets, ptrdiff_t count) {
    float lanes[16];
    for (int k = 0; k < 16; k++) lanes[k] = products[0] - offsets[0];
    ptrdiff_t i = 0;
    for (; i + 16 <= count; i += 16) {
        for (int k = 0; k < 16; k++) {
            float d = products[i + k] - offsets[i + k];
            lanes[k] = d > lanes[k] ? d : lanes[k];
        }
    }
    float largest = lanes[0];
    for (int k = 1; k < 16; k++) largest = lanes[k] > largest ? lanes[k] : largest;
    for (; i < count; i++) {
        float d = products[i] - offsets[i];
        largest = d > largest ? d : largest;
    }
    for (i = 0; i < count; i++) {
        if (products[i] - offsets[i] == largest) return i;
    }
    return 0;
}
