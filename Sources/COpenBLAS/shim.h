// The system's BLAS (single-precision products) and its thread setting.
#include <cblas.h>
