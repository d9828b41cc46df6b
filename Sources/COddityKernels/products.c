// Products in which a row's result has the same bits wherever the row stands and whatever stands beside it.
//
// Why not BLAS: it promises no order of summation, and its kernels for AVX2 sum rows at the edge of their
// blocks in another order than others, so that a score would depend on the rows beside it.
//
// Here every number of the result is its own chain, s ← s + a b for one term after the other. A block of rows
// by 16 columns is kept in registers; the depth goes in slices, so that a panel of the right side stays in the cache.
#include "lanes.h"

enum { DEPTH = 256, MOST_SUMS = 16, MOST_VECTORS = 4 };

typedef struct {
    const float *left;
    const float *right;
    float *result;
    ptrdiff_t left_stride, right_stride, result_stride;
    ptrdiff_t depth;
    int adds;
} oddity_slice;

// Some rows by some vectors of columns; `edge` is 0, or how many columns of a single vector there are.
ODDITY_INLINE void oddity_block(
    const oddity_slice *s, ptrdiff_t row, ptrdiff_t column, const float *right,
    ptrdiff_t right_stride, ptrdiff_t edge, const int fused, const int rows, const int vectors) {
    const float *a = s->left + row * s->left_stride;
    float *c = s->result + row * s->result_stride + column;
    float edges[MOST_SUMS * LANES];
    oddity_lanes sums[MOST_SUMS];
    if (edge != 0 && s->adds)
        for (int r = 0; r < rows; r++)
            for (ptrdiff_t j = 0; j < edge; j++) edges[r * LANES + j] = c[r * s->result_stride + j];
    FOR_ROWS FOR_VECTORS {
        const float *from = edge != 0 ? edges + r * LANES : c + r * s->result_stride + v * LANES;
        sums[r * vectors + v] = s->adds ? *(const oddity_lanes *)from : (oddity_lanes){0};
    }
    for (ptrdiff_t i = 0; i < s->depth; i++) {
        oddity_lanes b[MOST_VECTORS];
        FOR_VECTORS b[v] = *(const oddity_lanes *)(right + i * right_stride + v * LANES);
        FOR_ROWS FOR_VECTORS {
            oddity_lanes *sum = &sums[r * vectors + v];
            const oddity_lanes x = IN_EVERY_LANE(a[r * s->left_stride + i]);
            *sum = fused ? __builtin_elementwise_fma(x, b[v], *sum) : *sum + x * b[v];
        }
    }
    FOR_ROWS FOR_VECTORS {
        float *to = edge != 0 ? edges + r * LANES : c + r * s->result_stride + v * LANES;
        *(oddity_lanes *)to = sums[r * vectors + v];
    }
    if (edge != 0)
        for (int r = 0; r < rows; r++)
            for (ptrdiff_t j = 0; j < edge; j++) c[r * s->result_stride + j] = edges[r * LANES + j];
}

// All columns of rows from `first` to `end`, whose number is a multiple of `rows`.
ODDITY_INLINE void oddity_rows(
    const oddity_slice *s, ptrdiff_t first, ptrdiff_t end, ptrdiff_t columns, const float *rest,
    const int fused, const int rows, const int vectors) {
    if (first == end) return;
    ptrdiff_t column = 0;
    for (; column + vectors * LANES <= columns; column += vectors * LANES)
        for (ptrdiff_t row = first; row < end; row += rows)
            oddity_block(s, row, column, s->right + column, s->right_stride, 0, fused, rows, vectors);
    for (; column + LANES <= columns; column += LANES)
        for (ptrdiff_t row = first; row < end; row += rows)
            oddity_block(s, row, column, s->right + column, s->right_stride, 0, fused, rows, 1);
    if (column < columns)
        for (ptrdiff_t row = first; row < end; row += rows)
            oddity_block(s, row, column, rest, LANES, columns - column, fused, rows, 1);
}

// The last columns, fewer than a vector, filled up with zeros.
ODDITY_INLINE void oddity_copy_rest(
    const float *right, ptrdiff_t right_stride, ptrdiff_t depth, ptrdiff_t count, float *rest) {
    for (ptrdiff_t i = 0; i < depth; i++)
        for (ptrdiff_t j = 0; j < LANES; j++)
            rest[i * LANES + j] = j < count ? right[i * right_stride + j] : 0.0f;
}

// `fused` says that the CPU rounds a product and its sum once; `rows` by `vectors` is what the registers
// hold; `wide` vectors are for the rows left over.
ODDITY_INLINE void oddity_products(
    const oddity_product *p, const int fused, const int rows, const int vectors, const int wide) {
    float rest[DEPTH * LANES];
    const ptrdiff_t whole = p->rows - p->rows % rows, over = p->columns % LANES;
    ptrdiff_t start = 0;
    do {
        const oddity_slice slice = {
            p->left + start,
            p->right + start * p->right_stride,
            p->result,
            p->left_stride,
            p->right_stride,
            p->result_stride,
            p->depth - start < DEPTH ? p->depth - start : DEPTH,
            p->adds || start > 0,
        };
        if (over > 0)
            oddity_copy_rest(
                slice.right + p->columns - over, slice.right_stride, slice.depth, over, rest);
        oddity_rows(&slice, 0, whole, p->columns, rest, fused, rows, vectors);
        oddity_rows(&slice, whole, p->rows, p->columns, rest, fused, 1, wide);
        start += DEPTH;
    } while (start < p->depth);
}

BY_PROCESSOR(oddity_products_here, oddity_product, oddity_products)

void oddity_row_products(const oddity_product *product) { oddity_products_here(product); }
