// What kernels share that keep a block of rows by vectors of columns in registers.
#ifndef ODDITY_LANES_H
#define ODDITY_LANES_H

#include "kernels.h"

// Sixteen numbers at any address of floats.
typedef float oddity_lanes __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t oddity_places __attribute__((vector_size(64), aligned(4), may_alias));
enum { LANES = 16 };

#define UNROLLED _Pragma("clang loop unroll(full)") for
#define FOR_ROWS UNROLLED(int r = 0; r < rows; r++)
#define FOR_VECTORS UNROLLED(int v = 0; v < vectors; v++)

// The number in every lane: taking zeros away changes none, not even -0.
#define IN_EVERY_LANE(x) ((x) - (oddity_lanes){0})

// Defines `name`, which calls `tile` with its argument and with what this processor has: whether it rounds a product and its sum
// once, and how many rows and vectors its registers hold, `wide` vectors for the rows left over.
#if defined(__x86_64__)
// The compiler takes half of AVX-512's registers unless told that they are wanted.
#define BY_PROCESSOR(name, type, tile)                                                              \
    __attribute__((target("arch=x86-64-v4"), min_vector_width(512))) static void name##_v4(         \
        const type *x) { tile(x, 1, 8, 2, 4); }                                                     \
    __attribute__((target("arch=x86-64-v3"))) static void name##_v3(const type *x) {                \
        tile(x, 1, 6, 1, 4);                                                                        \
    }                                                                                               \
    static void name##_baseline(const type *x) { tile(x, 0, 2, 1, 2); }                             \
    static void name(const type *x) {                                                               \
        if (__builtin_cpu_supports("x86-64-v4"))                                                    \
            name##_v4(x);                                                                           \
        else if (__builtin_cpu_supports("x86-64-v3"))                                               \
            name##_v3(x);                                                                           \
        else                                                                                        \
            name##_baseline(x);                                                                     \
    }
#elif defined(__ARM_FEATURE_FMA)
#define BY_PROCESSOR(name, type, tile) static void name(const type *x) { tile(x, 1, 4, 1, 4); }
#else
#define BY_PROCESSOR(name, type, tile) static void name(const type *x) { tile(x, 0, 4, 1, 4); }
#endif

#endif
