// What the kernels share: the dispatch attribute and the elementary functions, written so that
// the compiler turns a loop over them into vectors.
#ifndef ODDITY_KERNELS_H
#define ODDITY_KERNELS_H

#include "COddityKernels.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define ODDITY_THREAD_SANITIZER 1
#endif
#endif

// The resolvers of target_clones run before the thread sanitizer is ready, hence the guard.
#if defined(__x86_64__) && defined(__linux__) && !defined(ODDITY_THREAD_SANITIZER)
#define ODDITY_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define ODDITY_CLONES
#endif

#define ODDITY_INLINE static inline __attribute__((always_inline))

// A product and the sum it goes into are rounded once, in vectors and in the numbers left over alike.
#pragma clang fp contract(on)

ODDITY_INLINE float oddity_power_of_two(float n) {
    int32_t bits = ((int32_t)n + 127) << 23;
    float result;
    memcpy(&result, &bits, sizeof result);
    return result;
}

// e^x = 2^n e^r with n = round(x / ln 2), |r| <= ln(2) / 2. Two factors of 2^(n/2) reach the
// whole range; below -103 the result is 0, above 88.73 infinity.
ODDITY_INLINE float oddity_exp1(float x) {
    x = x < -104.0f ? -104.0f : x;
    x = x > 89.0f ? 89.0f : x;
    const float shift = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer
    float n = (x * 1.44269504088896341f + shift) - shift;
    float r = x - n * 0.693359375f;
    r = r + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    float safe = n == n ? n : 0.0f;
    float half = (safe * 0.5f + shift) - shift;
    return p * oddity_power_of_two(half) * oddity_power_of_two(safe - half);
}

// e^x - 1: a Taylor polynomial near zero, where the difference would cancel.
ODDITY_INLINE float oddity_expm1_1(float x) {
    float p = 1.0f / 5040.0f;
    p = p * x + 1.0f / 720.0f;
    p = p * x + 1.0f / 120.0f;
    p = p * x + 1.0f / 24.0f;
    p = p * x + 1.0f / 6.0f;
    p = p * x + 0.5f;
    p = p * x * x + x;
    float far = oddity_exp1(x) - 1.0f;
    return (x < 0.4f && x > -0.4f) ? p : far;
}

ODDITY_INLINE float oddity_sigmoid1(float x) { return 1.0f / (1.0f + oddity_exp1(-x)); }

// tanh: Cephes' polynomial below 0.625, 1 - 2 / (e^2|x| + 1) beyond.
ODDITY_INLINE float oddity_tanh1(float x) {
    float a = x < 0.0f ? -x : x;
    float s = x * x;
    float p = -5.70498872745e-3f;
    p = p * s + 2.06390887954e-2f;
    p = p * s - 5.37397155531e-2f;
    p = p * s + 1.33314422036e-1f;
    p = p * s - 3.33332819422e-1f;
    p = p * s * x + x;
    float far = 1.0f - 2.0f / (oddity_exp1(2.0f * a) + 1.0f);
    far = x < 0.0f ? -far : far;
    return a < 0.625f ? p : far;
}

// log(1 + e) for e in [0, 1] as 2 atanh(e / (2 + e)).
ODDITY_INLINE float oddity_log1p_unit(float e) {
    float s = e / (2.0f + e);
    float t = s * s;
    float p = 1.0f / 15.0f;
    p = p * t + 1.0f / 13.0f;
    p = p * t + 1.0f / 11.0f;
    p = p * t + 1.0f / 9.0f;
    p = p * t + 1.0f / 7.0f;
    p = p * t + 0.2f;
    p = p * t + 1.0f / 3.0f;
    p = p * t * s + s;
    return 2.0f * p;
}

ODDITY_INLINE float oddity_softplus1(float x) {
    float a = x < 0.0f ? -x : x;
    float positive = x > 0.0f ? x : 0.0f;
    return positive + oddity_log1p_unit(oddity_exp1(-a));
}

// log x: x = 2^n m with m in [sqrt(1/2), sqrt(2)), log m as 2 atanh((m - 1) / (m + 1)).
// Zero gives -infinity, numbers below zero NaN.
ODDITY_INLINE float oddity_log1(float x) {
    int tiny = x < 1.17549435e-38f;
    float scaled = tiny ? x * 8388608.0f : x;  // 2^23: denormal numbers become normal
    int32_t bits;
    memcpy(&bits, &scaled, sizeof bits);
    int32_t n = (int32_t)((uint32_t)bits - 0x3F3504F3u) >> 23;
    bits = (int32_t)((uint32_t)bits - (uint32_t)n * 0x800000u);
    float m;
    memcpy(&m, &bits, sizeof m);
    float s = (m - 1.0f) / (m + 1.0f);
    float t = s * s;
    float p = 1.0f / 9.0f;
    p = p * t + 1.0f / 7.0f;
    p = p * t + 0.2f;
    p = p * t + 1.0f / 3.0f;
    p = p * t * s + s;
    float power = (float)n - (tiny ? 23.0f : 0.0f);
    float result = power * 0.693359375f + (2.0f * p - power * 2.12194440e-4f);
    result = x == 0.0f ? -INFINITY : result;
    return x >= 0.0f ? (x > 3.4028235e38f ? x : result) : NAN;
}

// The normal distribution's CDF from erfc's Chebyshev fit (Press et al., Numerical Recipes 6.2:
// fractional error below 1.2e-7).
ODDITY_INLINE float oddity_normal_cdf1(float x) {
    float a = (x < 0.0f ? -x : x) * 0.70710678118654752f;
    float t = 1.0f / (1.0f + 0.5f * a);
    float p = 0.17087277f;
    p = p * t - 0.82215223f;
    p = p * t + 1.48851587f;
    p = p * t - 1.13520398f;
    p = p * t + 0.27886807f;
    p = p * t - 0.18628806f;
    p = p * t + 0.09678418f;
    p = p * t + 0.37409196f;
    p = p * t + 1.00002368f;
    p = p * t - 1.26551223f;
    float tail = 0.5f * t * oddity_exp1(-a * a + p);
    return x < 0.0f ? tail : 1.0f - tail;
}

#endif
