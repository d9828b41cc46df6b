#include "kernels.h"

#define ODDITY_MAP(name, function)                                                         \
    ODDITY_CLONES void name(const float *x, float *y, ptrdiff_t count) {                   \
        for (ptrdiff_t i = 0; i < count; i++) y[i] = function(x[i]);                       \
    }

ODDITY_MAP(oddity_exp, oddity_exp1)
ODDITY_MAP(oddity_expm1, oddity_expm1_1)
ODDITY_MAP(oddity_sigmoid, oddity_sigmoid1)
ODDITY_MAP(oddity_tanh, oddity_tanh1)
ODDITY_MAP(oddity_softplus, oddity_softplus1)
