#include "kernels.h"

ODDITY_INLINE float identity(float x, float slope) { (void)slope; return x; }
ODDITY_INLINE float relu(float x, float slope) { (void)slope; return x < 0.0f ? 0.0f : x; }
ODDITY_INLINE float leaky_relu(float x, float slope) { return x < 0.0f ? slope * x : x; }
ODDITY_INLINE float elu(float x, float slope) { return x < 0.0f ? slope * oddity_expm1_1(x) : x; }
ODDITY_INLINE float gelu(float x, float slope) { (void)slope; return x * oddity_normal_cdf1(x); }
ODDITY_INLINE float silu(float x, float slope) { (void)slope; return x * oddity_sigmoid1(x); }
ODDITY_INLINE float hyperbolic(float x, float slope) { (void)slope; return oddity_tanh1(x); }
ODDITY_INLINE float logistic(float x, float slope) { (void)slope; return oddity_sigmoid1(x); }
ODDITY_INLINE float soft_plus(float x, float slope) { (void)slope; return oddity_softplus1(x); }

// The derivatives; z is the input, y the output.
ODDITY_INLINE float relu_slope(float z, float y, float slope) {
    (void)z; (void)slope;
    return y > 0.0f ? 1.0f : 0.0f;
}
ODDITY_INLINE float leaky_relu_slope(float z, float y, float slope) {
    (void)z;
    return y < 0.0f ? slope : 1.0f;
}
ODDITY_INLINE float elu_slope(float z, float y, float slope) {
    (void)z;
    return y < 0.0f ? y + slope : 1.0f;
}
ODDITY_INLINE float gelu_slope(float z, float y, float slope) {
    (void)y; (void)slope;
    return oddity_normal_cdf1(z) + z * 0.39894228040143268f * oddity_exp1(-0.5f * z * z);
}
ODDITY_INLINE float silu_slope(float z, float y, float slope) {
    (void)y; (void)slope;
    float s = oddity_sigmoid1(z);
    return s * (1.0f + z * (1.0f - s));
}
ODDITY_INLINE float hyperbolic_slope(float z, float y, float slope) {
    (void)z; (void)slope;
    return 1.0f - y * y;
}
ODDITY_INLINE float logistic_slope(float z, float y, float slope) {
    (void)z; (void)slope;
    return y * (1.0f - y);
}
ODDITY_INLINE float soft_plus_slope(float z, float y, float slope) {
    (void)z; (void)slope;
    return -oddity_expm1_1(-y);  // sigmoid(z), since 1 + e^z = e^y
}

#define ODDITY_BIAS_LOOP(function)                                                         \
    for (ptrdiff_t r = 0; r < rows; r++) {                                                 \
        float *zr = z + r * columns, *yr = y + r * columns;                                \
        for (ptrdiff_t j = 0; j < columns; j++) {                                          \
            float v = zr[j] + bias[j];                                                     \
            zr[j] = v;                                                                     \
            yr[j] = function(v, slope);                                                    \
        }                                                                                  \
    }
#define ODDITY_IN_PLACE_LOOP(function)                                                     \
    for (ptrdiff_t r = 0; r < rows; r++) {                                                 \
        float *yr = y + r * columns;                                                       \
        for (ptrdiff_t j = 0; j < columns; j++) yr[j] = function(yr[j] + bias[j], slope);  \
    }
#define ODDITY_PLAIN_LOOP(function)                                                        \
    for (ptrdiff_t i = 0; i < rows * columns; i++) y[i] = function(z[i], slope);
#define ODDITY_FORWARD(function)                                                           \
    if (bias == NULL) {                                                                    \
        ODDITY_PLAIN_LOOP(function)                                                        \
    } else if (z == y) {                                                                   \
        ODDITY_IN_PLACE_LOOP(function)                                                     \
    } else {                                                                               \
        ODDITY_BIAS_LOOP(function)                                                         \
    }                                                                                      \
    break;

ODDITY_CLONES void oddity_bias_activation(
    oddity_activation kind, float slope, const float *bias, float *z, float *y,
    ptrdiff_t rows, ptrdiff_t columns) {
    switch (kind) {
    case ODDITY_IDENTITY: ODDITY_FORWARD(identity)
    case ODDITY_RELU: ODDITY_FORWARD(relu)
    case ODDITY_LEAKY_RELU: ODDITY_FORWARD(leaky_relu)
    case ODDITY_ELU: ODDITY_FORWARD(elu)
    case ODDITY_GELU: ODDITY_FORWARD(gelu)
    case ODDITY_SILU: ODDITY_FORWARD(silu)
    case ODDITY_TANH: ODDITY_FORWARD(hyperbolic)
    case ODDITY_SIGMOID: ODDITY_FORWARD(logistic)
    case ODDITY_SOFTPLUS: ODDITY_FORWARD(soft_plus)
    }
}

#define ODDITY_BACKWARD(function)                                                          \
    for (ptrdiff_t i = 0; i < count; i++) gradient[i] *= function(0.0f, y[i], slope);      \
    break;
#define ODDITY_BACKWARD_FROM_INPUT(function)                                               \
    for (ptrdiff_t i = 0; i < count; i++) gradient[i] *= function(z[i], y[i], slope);      \
    break;

ODDITY_CLONES void oddity_activation_gradient(
    oddity_activation kind, float slope, const float *z, const float *y, float *gradient,
    ptrdiff_t count) {
    switch (kind) {
    case ODDITY_IDENTITY: break;
    case ODDITY_RELU: ODDITY_BACKWARD(relu_slope)
    case ODDITY_LEAKY_RELU: ODDITY_BACKWARD(leaky_relu_slope)
    case ODDITY_ELU: ODDITY_BACKWARD(elu_slope)
    case ODDITY_GELU: ODDITY_BACKWARD_FROM_INPUT(gelu_slope)
    case ODDITY_SILU: ODDITY_BACKWARD_FROM_INPUT(silu_slope)
    case ODDITY_TANH: ODDITY_BACKWARD(hyperbolic_slope)
    case ODDITY_SIGMOID: ODDITY_BACKWARD(logistic_slope)
    case ODDITY_SOFTPLUS: ODDITY_BACKWARD(soft_plus_slope)
    }
}
