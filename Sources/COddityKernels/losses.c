#include "kernels.h"

ODDITY_INLINE float squared(float p, float t, float delta) {
    (void)delta;
    return (p - t) * (p - t);
}
ODDITY_INLINE float squared_slope(float p, float t, float delta) {
    (void)delta;
    return 2.0f * (p - t);
}
ODDITY_INLINE float absolute(float p, float t, float delta) {
    (void)delta;
    return fabsf(p - t);
}
ODDITY_INLINE float absolute_slope(float p, float t, float delta) {
    (void)delta;
    return p > t ? 1.0f : (p < t ? -1.0f : 0.0f);
}
ODDITY_INLINE float huber(float p, float t, float delta) {
    float a = fabsf(p - t);
    return a < delta ? 0.5f * a * a : delta * (a - 0.5f * delta);
}
ODDITY_INLINE float huber_slope(float p, float t, float delta) {
    float d = p - t;
    return d > delta ? delta : (d < -delta ? -delta : d);
}
ODDITY_INLINE float limited_log(float x) {
    float y = oddity_log1(x);
    return y < -100.0f ? -100.0f : y;
}
ODDITY_INLINE float cross_entropy(float p, float t, float delta) {
    (void)delta;
    return -(t * limited_log(p) + (1.0f - t) * limited_log(1.0f - p));
}
ODDITY_INLINE float cross_entropy_slope(float p, float t, float delta) {
    (void)delta;
    float spread = p * (1.0f - p);
    return (p - t) / (spread < 1e-12f ? 1e-12f : spread);
}
ODDITY_INLINE float logit_cross_entropy(float z, float t, float delta) {
    (void)delta;
    return oddity_softplus1(z) - t * z;
}
ODDITY_INLINE float logit_cross_entropy_slope(float z, float t, float delta) {
    (void)delta;
    return oddity_sigmoid1(z) - t;
}

// The losses of a block are stored and then summed in lanes: the first loop then vectorises
// whatever the loss, and the order of the sum is fixed.
enum { block = 256 };

ODDITY_INLINE double sum_of_block(const float *x, ptrdiff_t count) {
    float lanes[16] = {0};
    ptrdiff_t i = 0;
    for (; i + 16 <= count; i += 16)
        for (int k = 0; k < 16; k++) lanes[k] += x[i + k];
    for (; i < count; i++) lanes[i & 15] += x[i];
    double sum = 0;
    for (int k = 0; k < 16; k++) sum += lanes[k];
    return sum;
}

#define ODDITY_LOSS(value, slope)                                                          \
    for (ptrdiff_t start = 0; start < count; start += block) {                             \
        const float *restrict p = predicted + start, *restrict t = expected + start;       \
        ptrdiff_t n = count - start < block ? count - start : block;                       \
        float losses[block];                                                               \
        if (gradient == NULL) {                                                            \
            for (ptrdiff_t i = 0; i < n; i++) losses[i] = value(p[i], t[i], delta);        \
        } else {                                                                           \
            float *restrict g = gradient + start;                                          \
            for (ptrdiff_t i = 0; i < n; i++) {                                            \
                float predicted_i = p[i], expected_i = t[i];                               \
                losses[i] = value(predicted_i, expected_i, delta);                         \
                g[i] = scale * slope(predicted_i, expected_i, delta);                      \
            }                                                                              \
        }                                                                                  \
        sum += sum_of_block(losses, n);                                                    \
    }                                                                                      \
    break;

ODDITY_CLONES double oddity_loss(
    oddity_loss_kind kind, float delta, const float *predicted, const float *expected,
    float *gradient, float scale, ptrdiff_t count) {
    double sum = 0;
    switch (kind) {
    case ODDITY_SQUARED_ERROR: ODDITY_LOSS(squared, squared_slope)
    case ODDITY_ABSOLUTE_ERROR: ODDITY_LOSS(absolute, absolute_slope)
    case ODDITY_HUBER: ODDITY_LOSS(huber, huber_slope)
    case ODDITY_CROSS_ENTROPY: ODDITY_LOSS(cross_entropy, cross_entropy_slope)
    case ODDITY_CROSS_ENTROPY_FROM_LOGITS:
        ODDITY_LOSS(logit_cross_entropy, logit_cross_entropy_slope)
    }
    return sum;
}

// One row at a time, in pieces of a block: 1 / v is computed once for the loss and both gradients.
ODDITY_CLONES double oddity_gaussian_loss(
    float limit, const float *predicted, const float *expected, float *gradient, float scale,
    ptrdiff_t rows, ptrdiff_t columns) {
    double sum = 0;
    for (ptrdiff_t r = 0; r < rows; r++) {
        for (ptrdiff_t start = 0; start < columns; start += block) {
            const float *restrict m = predicted + 2 * r * columns + start;
            const float *restrict v = m + columns;
            const float *restrict t = expected + r * columns + start;
            ptrdiff_t n = columns - start < block ? columns - start : block;
            float losses[block], mean_slopes[block], variance_slopes[block];
            for (ptrdiff_t i = 0; i < n; i++) {
                float z = v[i];
                float inside = z >= -limit && z <= limit ? 0.5f : 0.0f;
                z = z < -limit ? -limit : z;
                z = z > limit ? limit : z;
                float precision = oddity_exp1(-z), d = m[i] - t[i];
                float weighted = d * precision;
                losses[i] = 0.5f * (z + d * weighted);
                mean_slopes[i] = scale * weighted;
                variance_slopes[i] = scale * inside * (1.0f - d * weighted);
            }
            if (gradient != NULL) {
                float *g = gradient + 2 * r * columns + start;
                memcpy(g, mean_slopes, (size_t)n * sizeof(float));
                memcpy(g + columns, variance_slopes, (size_t)n * sizeof(float));
            }
            sum += sum_of_block(losses, n);
        }
    }
    return sum;
}
