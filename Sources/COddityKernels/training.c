#include "kernels.h"

#include <float.h>

// Measured: a parameter takes 2.4 ns as a scalar loop and 0.3 ns here. The C library's sqrtf may set
// errno, which keeps the loop scalar; the builtin does not. Moments of parameters without gradient
// fade into denormal numbers, which are slow; they become 0.
ODDITY_CLONES void oddity_adam(
    const oddity_adam_options *options, const float *restrict gradient, float *restrict first,
    float *restrict second, float *restrict parameters, ptrdiff_t count) {
    const oddity_adam_options o = *options;
    const float keep = 1.0f - o.decay;
    for (ptrdiff_t i = 0; i < count; i++) {
        float p = parameters[i];
        float g = gradient[i] * o.gradient_scale + o.l2 * p;
        float m = o.beta1 * first[i] + o.first_weight * g;
        float v = o.beta2 * second[i] + o.second_weight * g * g;
        m = m < FLT_MIN && m > -FLT_MIN ? 0.0f : m;
        v = v < FLT_MIN ? 0.0f : v;
        first[i] = m;
        second[i] = v;
        float root = __builtin_elementwise_sqrt(v) * o.second_correction;
        parameters[i] = p * keep - o.step_size * m / (root + o.epsilon);
    }
}

ODDITY_INLINE double sum_of_lanes(const float *lanes) {
    double sum = 0;
    for (int i = 0; i < 16; i++) sum += lanes[i];
    return sum;
}

// Lanes are emptied into a double every 4,096 elements, so that long sums keep their digits.
enum { block = 4096 };

#define ODDITY_SUM(term)                                                                   \
    double sum = 0;                                                                        \
    for (ptrdiff_t start = 0; start < count; start += block) {                             \
        ptrdiff_t end = start + block < count ? start + block : count;                     \
        float lanes[16] = {0};                                                             \
        ptrdiff_t i = start;                                                               \
        for (; i + 16 <= end; i += 16)                                                     \
            for (int k = 0; k < 16; k++) lanes[k] += term(x[i + k]);                       \
        for (; i < end; i++) lanes[i - start & 15] += term(x[i]);                          \
        sum += sum_of_lanes(lanes);                                                        \
    }                                                                                      \
    return sum;

ODDITY_INLINE float square(float x) { return x * x; }
ODDITY_INLINE float magnitude(float x) { return __builtin_fabsf(x); }

ODDITY_CLONES double oddity_sum_of_squares(const float *x, ptrdiff_t count) { ODDITY_SUM(square) }

ODDITY_CLONES double oddity_sum_of_magnitudes(const float *x, ptrdiff_t count) {
    ODDITY_SUM(magnitude)
}

ODDITY_CLONES void oddity_add_column_sums(
    const float *restrict x, float *restrict sums, ptrdiff_t rows, ptrdiff_t columns) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *row = x + r * columns;
        for (ptrdiff_t j = 0; j < columns; j++) sums[j] += row[j];
    }
}
