// Comparing rows with references, sixteen at a time.
#ifndef ODDITY_NEAREST_H
#define ODDITY_NEAREST_H

#include "lanes.h"

enum { MOST_ROWS = 8, MOST_SUMS = 16, MOST_VECTORS = 4 };

// The best of every sixteenth reference, and in which panel it stands.
typedef struct {
    oddity_lanes merits;
    oddity_places panels;
} oddity_best;

// What is not a number is no better.
#define COMPARE(best, found, panel) \
    do { \
        const oddity_places better = (found) > (best).merits; \
        (best).merits = (oddity_lanes)(((oddity_places)(found) & better) \
                                       | ((oddity_places)(best).merits & ~better)); \
        (best).panels = (((oddity_places){0} + (int32_t)(panel)) & better) \
                        | ((best).panels & ~better); \
    } while (0)

// Of equal references the first: so is that of each lane.
ODDITY_INLINE int32_t oddity_first_of_best(const oddity_best *best) {
    float largest = best->merits[0];
    for (int k = 1; k < LANES; k++)
        largest = best->merits[k] > largest ? best->merits[k] : largest;
    int32_t first = INT32_MAX;
    for (int k = 0; k < LANES; k++) {
        const int32_t place = best->panels[k] * LANES + k;
        first = best->merits[k] == largest && place < first ? place : first;
    }
    return first;
}

// Some rows, with some panels at a time.
ODDITY_INLINE void oddity_search_rows(
    const oddity_search *s, ptrdiff_t row, const int fused, const int rows, const int vectors) {
    const ptrdiff_t size = s->depth * LANES, panels = s->count / LANES;
    const float *a = s->rows + row * s->depth;
    oddity_best best[MOST_ROWS];
    FOR_ROWS best[r] = (oddity_best){IN_EVERY_LANE(-INFINITY), {0}};
    for (ptrdiff_t panel = 0; panel < panels; panel += vectors) {
        const float *b = s->panels + panel * size;
        oddity_lanes sums[MOST_SUMS];
        FOR_ROWS FOR_VECTORS sums[r * vectors + v] = (oddity_lanes){0};
        for (ptrdiff_t i = 0; i < s->depth; i++) {
            oddity_lanes y[MOST_VECTORS];
            FOR_VECTORS y[v] = *(const oddity_lanes *)(b + v * size + i * LANES);
            FOR_ROWS FOR_VECTORS {
                oddity_lanes *sum = &sums[r * vectors + v];
                const oddity_lanes x = IN_EVERY_LANE(a[r * s->depth + i]);
                *sum = fused ? __builtin_elementwise_fma(x, y[v], *sum) : *sum + x * y[v];
            }
        }
        FOR_ROWS FOR_VECTORS {
            const float *offsets = s->offsets + (panel + v) * LANES;
            oddity_lanes merits = sums[r * vectors + v] - *(const oddity_lanes *)offsets;
            if (s->excluded && s->excluded[row + r] >> 4 == panel + v)
                merits[s->excluded[row + r] & 15] = -INFINITY;
            COMPARE(best[r], merits, panel + v);
        }
    }
    for (int r = 0; r < rows; r++) s->nearest[row + r] = oddity_first_of_best(&best[r]);
}

#if defined(__x86_64__)
// `nearest_bytes.c`.
void oddity_search_by_bytes(const oddity_search *search);
#endif

#endif
