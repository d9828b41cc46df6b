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

// Adds a term to every sum.
ODDITY_INLINE void oddity_add_term(
    const float *a, ptrdiff_t stride, const float *right, oddity_lanes *sums, const int fused,
    const int rows, const int vectors) {
    oddity_lanes b[MOST_VECTORS];
    FOR_VECTORS b[v] = *(const oddity_lanes *)(right + v * LANES);
    FOR_ROWS FOR_VECTORS {
        oddity_lanes *sum = &sums[r * vectors + v];
        const oddity_lanes x = IN_EVERY_LANE(a[r * stride]);
        *sum = fused ? __builtin_elementwise_fma(x, b[v], *sum) : *sum + x * b[v];
    }
}

// Adds some terms. Counted by their place, those of several rows take 28 instructions of AVX2 each, by their number 30; those of one
// row take fewer by their number.
ODDITY_INLINE void oddity_add_terms(
    const float *a, ptrdiff_t stride, const float *right, ptrdiff_t right_stride, ptrdiff_t count,
    oddity_lanes *sums, const int fused, const int rows, const int vectors) {
    if (rows > 1)
        for (const float *end = a + count; a < end; a++, right += right_stride)
            oddity_add_term(a, stride, right, sums, fused, rows, vectors);
    else
        for (ptrdiff_t i = 0; i < count; i++)
            oddity_add_term(a + i, stride, right + i * right_stride, sums, fused, rows, vectors);
}

// Some rows by some vectors of columns; `edge` is 0, or how many columns of a single vector there are. Where a vector would
// reach beyond the right side, from `whole` on, its rows are in `rest`.
ODDITY_INLINE void oddity_block(
    const oddity_slice *s, ptrdiff_t row, ptrdiff_t column, const float *rest, ptrdiff_t whole,
    ptrdiff_t edge, const int fused, const int rows, const int vectors) {
    const float *right = s->right + column;
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
    const ptrdiff_t stride = s->left_stride;
    oddity_add_terms(a, stride, right, s->right_stride, whole, sums, fused, rows, vectors);
    oddity_add_terms(a + whole, stride, rest, LANES, s->depth - whole, sums, fused, rows, vectors);
    FOR_ROWS FOR_VECTORS {
        float *to = edge != 0 ? edges + r * LANES : c + r * s->result_stride + v * LANES;
        *(oddity_lanes *)to = sums[r * vectors + v];
    }
    if (edge != 0)
        for (int r = 0; r < rows; r++)
            for (ptrdiff_t j = 0; j < edge; j++) c[r * s->result_stride + j] = edges[r * LANES + j];
}

// Some columns of rows from `first` to `end`, a vector or some at a time; returns the column behind them.
ODDITY_INLINE ptrdiff_t oddity_columns(
    const oddity_slice *s, ptrdiff_t first, ptrdiff_t end, ptrdiff_t column, ptrdiff_t columns,
    const int fused, const int rows, const int vectors) {
    for (; column + vectors * LANES <= columns; column += vectors * LANES)
        for (ptrdiff_t row = first; row < end; row += rows)
            oddity_block(s, row, column, NULL, s->depth, 0, fused, rows, vectors);
    return column;
}

// All columns of rows from `first` to `end`, whose number is a multiple of `rows`.
ODDITY_INLINE void oddity_rows(
    const oddity_slice *s, ptrdiff_t first, ptrdiff_t end, ptrdiff_t columns, const float *rest,
    ptrdiff_t whole, const int fused, const int rows, const int vectors) {
    if (first == end) return;
    ptrdiff_t column = oddity_columns(s, first, end, 0, columns, fused, rows, vectors);
    // Two sums that wait for one another take the time of one.
    if (vectors > 2) column = oddity_columns(s, first, end, column, columns, fused, rows, 2);
    if (vectors > 1) column = oddity_columns(s, first, end, column, columns, fused, rows, 1);
    if (column < columns)
        for (ptrdiff_t row = first; row < end; row += rows)
            oddity_block(s, row, column, rest, whole, columns - column, fused, rows, 1);
}

// How many rows of the right side hold a whole vector of any column: the last ones may end before it does.
ODDITY_INLINE ptrdiff_t oddity_whole_rows(const oddity_slice *s) {
    const ptrdiff_t last = (LANES - 1 + s->right_stride - 1) / s->right_stride;
    return s->depth > last ? s->depth - last : 0;
}

// The last columns, fewer than a vector, of the rows from `first` on, filled up with zeros.
ODDITY_INLINE void oddity_copy_rest(
    const oddity_slice *s, ptrdiff_t first, ptrdiff_t column, ptrdiff_t count, float *rest) {
    for (ptrdiff_t i = first; i < s->depth; i++)
        for (ptrdiff_t j = 0; j < LANES; j++)
            rest[(i - first) * LANES + j]
                = j < count ? s->right[i * s->right_stride + column + j] : 0.0f;
}

// `fused` says that the CPU rounds a product and its sum once; `rows` by `vectors` is what the registers
// hold; `wide` vectors are for the rows left over.
ODDITY_INLINE void oddity_products(
    const oddity_product *p, const int fused, const int rows, const int vectors, const int wide) {
    float rest[LANES * LANES];
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
        const ptrdiff_t held = over > 0 ? oddity_whole_rows(&slice) : slice.depth;
        if (over > 0) oddity_copy_rest(&slice, held, p->columns - over, over, rest);
        oddity_rows(&slice, 0, whole, p->columns, rest, held, fused, rows, vectors);
        oddity_rows(&slice, whole, p->rows, p->columns, rest, held, fused, 1, wide);
        start += DEPTH;
    } while (start < p->depth);
}

BY_PROCESSOR(oddity_products_here, oddity_product, oddity_products)

void oddity_row_products(const oddity_product *product) { oddity_products_here(product); }
