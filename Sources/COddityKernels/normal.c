#include "kernels.h"

// Cosine and sine of u turns, u in [0, 1): the nearest quarter turn is taken off, Cephes'
// polynomials do the rest (at most an eighth of a turn).
ODDITY_INLINE void cosine_and_sine(float u, float *cosine, float *sine) {
    const float shift = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer
    float quarter = (u * 4.0f + shift) - shift;
    float x = (u - quarter * 0.25f) * 6.28318530717958648f;
    float t = x * x;
    float s = -1.9515295891e-4f;
    s = s * t + 8.3321608736e-3f;
    s = s * t - 1.6666654611e-1f;
    s = s * t * x + x;
    float c = 2.443315711809948e-5f;
    c = c * t - 1.388731625493765e-3f;
    c = c * t + 4.166664568298827e-2f;
    c = c * t * t - 0.5f * t + 1.0f;
    int32_t q = (int32_t)quarter;
    float even = q & 1 ? s : c, odd = q & 1 ? c : s;
    *cosine = (q + 1) & 2 ? -even : even;
    *sine = q & 2 ? -odd : odd;
}

enum { block = 256, half = block / 2 };

// In blocks of 256: the first half of a block's words gives radii, the second half angles, so that
// the loop runs in vectors. Measured: 1.7 ns a number, 1.0 of it for the words; 20 ns with the C
// library's functions.
ODDITY_CLONES void oddity_normal(
    uint32_t key0, uint32_t key1, uint32_t counter1, uint32_t counter2, uint32_t counter3,
    float *y, ptrdiff_t count) {
    uint32_t words[block];
    float values[block];
    for (ptrdiff_t start = 0; start < count; start += block) {
        oddity_philox(
            key0, key1, (uint32_t)(start / 4), counter1, counter2, counter3, words, block / 4);
        for (int i = 0; i < half; i++) {
            // In (0, 1], so that the logarithm is finite.
            float radius_unit = (float)((int32_t)(words[i] >> 8) + 1) * 0x1p-24f;
            float turns = (float)(int32_t)(words[half + i] >> 8) * 0x1p-24f;
            float radius = __builtin_elementwise_sqrt(-2.0f * oddity_log1(radius_unit));
            float cosine, sine;
            cosine_and_sine(turns, &cosine, &sine);
            values[i] = radius * cosine;
            values[half + i] = radius * sine;
        }
        ptrdiff_t n = count - start < block ? count - start : block;
        memcpy(y + start, values, (size_t)n * sizeof(float));
    }
}
