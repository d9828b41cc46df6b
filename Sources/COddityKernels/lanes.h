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

#endif
