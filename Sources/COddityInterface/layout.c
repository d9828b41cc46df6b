// The sizes of what programs share with the library: a change of any is a new ODDITY_ABI_VERSION.
#include "oddity.h"

_Static_assert(sizeof(void *) != 8 || sizeof(oddity_column) == 56, "oddity_column has changed");
_Static_assert(sizeof(void *) != 8 || sizeof(oddity_table) == 24, "oddity_table has changed");
_Static_assert(sizeof(void *) != 8 || sizeof(oddity_scores) == 48, "oddity_scores has changed");
_Static_assert(sizeof(void *) != 8 || sizeof(oddity_listener) == 24, "oddity_listener has changed");
_Static_assert(sizeof(void *) != 8 || sizeof(oddity_heat_map) == 40, "oddity_heat_map has changed");
_Static_assert(sizeof(void *) != 8 || sizeof(struct ArrowArrayStream) == 40, "ArrowArrayStream has changed");
_Static_assert(
    sizeof(void *) != 8 || sizeof(oddity_judging_listener) == 16, "oddity_judging_listener has changed");
_Static_assert(sizeof(oddity_progress) == 32, "oddity_progress has changed");
