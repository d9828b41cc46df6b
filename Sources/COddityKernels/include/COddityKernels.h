// Loops that need the widest vectors the CPU has. Everything else is Swift.
//
// Why C: the release baseline of Swift and C is SSE2, and Swift has no function multiversioning.
// With `target_clones` these loops pick AVX-512 or AVX2 at run time: sigmoid takes 0.3 ns an
// element instead of 1.3-3 ns in Swift and 5.6 ns with libm; Adam is four times faster.
//
// Every function works on `count` contiguous floats; `x` and `y` may be the same address.
// NaN goes through: the result for a NaN is a NaN.
#ifndef ODDITY_CKERNELS_H
#define ODDITY_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

// The activations, in the order of `Activation` in NeuralNetworks.
typedef enum {
    ODDITY_IDENTITY = 0,
    ODDITY_RELU = 1,
    ODDITY_LEAKY_RELU = 2,
    ODDITY_ELU = 3,
    ODDITY_GELU = 4,
    ODDITY_SILU = 5,
    ODDITY_TANH = 6,
    ODDITY_SIGMOID = 7,
    ODDITY_SOFTPLUS = 8
} oddity_activation;

// Elementary functions. Largest relative error against double precision, over all normal results:
// exp 2e-7, sigmoid 3e-7, tanh 4e-7, softplus 4e-7, expm1 4e-7 (measured over a dense grid in the tests).
void oddity_exp(const float *x, float *y, ptrdiff_t count);
void oddity_expm1(const float *x, float *y, ptrdiff_t count);
void oddity_sigmoid(const float *x, float *y, ptrdiff_t count);
void oddity_tanh(const float *x, float *y, ptrdiff_t count);
void oddity_softplus(const float *x, float *y, ptrdiff_t count);

// z[r][j] += bias[j] (bias may be NULL), then y[r][j] = activation(z[r][j]).
// z and y may be the same address; then the pre-activation is lost.
// `slope` is the slope below zero of leaky ReLU and the scale of ELU; others ignore it.
void oddity_bias_activation(
    oddity_activation kind, float slope, const float *bias, float *z, float *y,
    ptrdiff_t rows, ptrdiff_t columns);

// gradient[i] *= activation'(z[i]). `y` is the activation's output; `z` its input. Only GELU and
// SiLU read `z`; for the others it may be NULL.
void oddity_activation_gradient(
    oddity_activation kind, float slope, const float *z, const float *y, float *gradient,
    ptrdiff_t count);

// One step of Adam (Kingma & Ba 2015, algorithm 1) on flat buffers.
typedef struct {
    float beta1, beta2, epsilon;
    float first_weight;       // 1 - beta1, rounded once
    float second_weight;      // 1 - beta2, rounded once
    float step_size;          // learning rate / (1 - beta1^t)
    float second_correction;  // 1 / sqrt(1 - beta2^t)
    float l2;                 // added to the gradient as l2 * parameter (Adam's weight decay)
    float decay;              // parameters are first multiplied by 1 - decay (AdamW)
    float gradient_scale;     // gradients are multiplied by this first (clipping)
} oddity_adam_options;
void oddity_adam(
    const oddity_adam_options *options, const float *gradient, float *first, float *second,
    float *parameters, ptrdiff_t count);

// The losses, in the order of `LossFunction` in NeuralNetworks.
typedef enum {
    ODDITY_SQUARED_ERROR = 0,
    ODDITY_ABSOLUTE_ERROR = 1,
    ODDITY_HUBER = 2,                       // delta is where it turns from square to straight
    ODDITY_CROSS_ENTROPY = 3,               // of probabilities; logarithms end at -100
    ODDITY_CROSS_ENTROPY_FROM_LOGITS = 4
} oddity_loss_kind;

// The sum over all elements of the loss of (predicted, expected); gradient = scale * its derivative
// by predicted (gradient may be NULL). Sums are kept in 16 lanes whose order is fixed.
double oddity_loss(
    oddity_loss_kind kind, float delta, const float *predicted, const float *expected,
    float *gradient, float scale, ptrdiff_t count);

// The sum of (log v + (t - m)^2 / v) / 2 over all elements, the negative log-likelihood of a normal
// distribution without its constant. A row of `predicted` holds `columns` means m, then as many
// numbers log v, limited to +-limit; `expected` has `columns` a row. gradient = scale * the
// derivative by `predicted`, 0 by a log v beyond the limit (gradient may be NULL).
double oddity_gaussian_loss(
    float limit, const float *predicted, const float *expected, float *gradient, float scale,
    ptrdiff_t rows, ptrdiff_t columns);

// The sum of x[i]^2, in 16 lanes whose order is fixed.
double oddity_sum_of_squares(const float *x, ptrdiff_t count);

// The sum of |x[i]|, in 16 lanes whose order is fixed.
double oddity_sum_of_magnitudes(const float *x, ptrdiff_t count);

// sums[j] += sum over rows of x[r][j].
void oddity_add_column_sums(const float *x, float *sums, ptrdiff_t rows, ptrdiff_t columns);

// The windows of a kernel on an image of channels-last numbers; all steps are in floats.
typedef struct {
    ptrdiff_t columns;                        // windows in a row
    ptrdiff_t row_step, column_step;          // from a window to the one below, to the one beside it
    ptrdiff_t kernel_height, kernel_width;    // taps of a window
    ptrdiff_t tap_row_step, tap_column_step;  // from a tap to the one below, to the one beside it
    ptrdiff_t channels;                       // floats of a tap
} oddity_windows;

// patches[window][tap row][tap column][channel] = the image's number there, for some rows of windows;
// the first patch is that of window (first_row, 0).
void oddity_gather_windows(
    const oddity_windows *windows, const float *image, float *patches, ptrdiff_t first_row,
    ptrdiff_t rows);

// The transpose: each number of the patches is added to the image's number there, window by window.
void oddity_add_windows(
    const oddity_windows *windows, const float *patches, float *image, ptrdiff_t first_row,
    ptrdiff_t rows);

// y[w][c] = the first largest x[points[p] + c] for p from starts[w] to starts[w + 1], at least one p, and
// places[w][c] = where in x it stands. `starts` has windows + 1 numbers.
void oddity_maximum_of_windows(
    const float *x, const ptrdiff_t *points, const ptrdiff_t *starts, ptrdiff_t windows,
    ptrdiff_t channels, float *y, int32_t *places);

// A step of a recurrent layer on `rows` rows of `units` units; what is per unit has `units` columns
// for each gate, one gate after the other.
typedef struct {
    ptrdiff_t rows, units;
    const float *bias;        // of all gates
    float *state;             // h, written
    float *output;            // h once more, or NULL
    ptrdiff_t output_stride;  // floats from a row of `output` to the next
} oddity_recurrent_step;

// The same of its gradient.
typedef struct {
    ptrdiff_t rows, units;
    float *state_gradient;         // by h, from the later steps; changed
    const float *output_gradient;  // by `output`, added to `state_gradient`, or NULL
    ptrdiff_t output_stride;       // floats from a row of `output_gradient` to the next
} oddity_recurrent_gradient;

// A step of an LSTM (gates i, f, g, o): `gates` holds products without bias and becomes the gates;
// c = f c' + i g, where c' is `cell_before`; squashed = tanh(c); h = o tanh(c).
// `cell` and `cell_before` may be the same address.
void oddity_lstm_step(
    const oddity_recurrent_step *step, float *gates, const float *cell_before, float *cell,
    float *squashed);

// `gates` becomes the gradient by what the gates are made of; `cell_gradient`, by c from the later
// steps, becomes that by c'.
void oddity_lstm_step_gradient(
    const oddity_recurrent_gradient *step, float *gates, const float *cell_before,
    const float *squashed, float *cell_gradient);

// A step of a GRU (gates r, z, n): `gates` holds the products of the input and becomes the gates,
// `products` has those of h', which is `state_before`. candidate = the product of n plus the recurrent
// bias; n = tanh(input + r candidate); h = (1 - z) n + z h'. h and h' may be the same address.
void oddity_gru_step(
    const oddity_recurrent_step *step, float *gates, const float *products,
    const float *recurrent_bias, const float *state_before, float *candidate);

// `gates` becomes the gradient by the products of the input, `product_gradient` by those of h', and
// the step's `state_gradient` the part of that by h' which does not go through the products.
void oddity_gru_step_gradient(
    const oddity_recurrent_gradient *step, float *gates, const float *candidate,
    const float *state_before, float *product_gradient);

// result = left right, or result += left right where `adds`, for `rows` x `depth` times `depth` x `columns`;
// strides are the floats from one row to the next. A row's numbers have the same bits whatever `rows` is
// and wherever the row stands.
typedef struct {
    const float *left;
    const float *right;
    float *result;
    ptrdiff_t left_stride, right_stride, result_stride;
    ptrdiff_t rows, columns, depth;
    int adds;
} oddity_product;
void oddity_row_products(const oddity_product *product);

// References in bytes, for a processor that multiplies them: see `nearest_bytes.c`.
typedef struct {
    const uint8_t *references;  // 128 + number / step, rounded, in panels of 16: four columns of each reference in turn
    const float *bounds;        // in panels of 16: half the squared norms, rounded down, and the norms of the bytes
    const float *steps;         // one for each column
    float most_rest;            // the largest norm of what rounding left out of a reference
    float usual_norm;           // the mean of the norms of the bytes
} oddity_bytes;

// Writes references in bytes: `bytes` has room for all columns, filled up to a multiple of 4, of all references, filled up
// to a multiple of 64, and holds 128 everywhere; `bounds` has room for two numbers of each, and holds infinity everywhere. Returns 0 where
// this processor, or the numbers, do not allow it.
int oddity_write_reference_bytes(
    const float *references, ptrdiff_t count, ptrdiff_t depth, uint8_t *bytes, float *bounds,
    float *steps, oddity_bytes *result);

// For each row the first reference of the largest merit: the product of both less the reference's offset. A merit that is
// not a number counts as none; without any the result is 0.
typedef struct {
    const float *rows;        // row_count x depth
    const float *panels;      // of sixteen references each, depth x 16
    const float *offsets;     // one for each reference; infinity for one that only fills up
    const int32_t *excluded;  // for each row a reference that does not count, or -1; NULL for none
    int32_t *nearest;         // one for each row
    ptrdiff_t row_count, depth;
    ptrdiff_t count;          // of references, a multiple of 64
    const oddity_bytes *bytes;  // the references again; NULL where they are not in bytes
} oddity_search;
void oddity_nearest_references(const oddity_search *search);

// For each row the squared distance from the reference at its place: the sum of squared differences, one after the other.
void oddity_squared_distances(
    const float *rows, const float *references, const int32_t *places, ptrdiff_t row_count,
    ptrdiff_t depth, float *squares);

// A function that is straight between knots, and beyond them rises by 1 / scale.
typedef struct {
    const float *values;   // strictly ascending
    const float *results;  // those at the values
    ptrdiff_t count;       // of the knots, at least 1
    float scale;
} oddity_knots;

// The function at `count` numbers that are `stride` apart, in x and in y.
void oddity_interpolate(
    const oddity_knots *knots, const float *x, float *y, ptrdiff_t count, ptrdiff_t stride);

// The smallest index at which products[i] - offsets[i] is largest; count is at least 1.
ptrdiff_t oddity_index_of_largest_difference(
    const float *products, const float *offsets, ptrdiff_t count);

// How many of ascending numbers are below a limit.
ptrdiff_t oddity_count_below(const double *values, ptrdiff_t count, double limit);

// How many of eight numbers are below a limit.
ptrdiff_t oddity_count_below_of_eight(const double *values, double limit);

// The smallest index at which products[i] - offsets[i] is above the bound, or count if none is.
ptrdiff_t oddity_index_of_first_difference_above(
    float bound, const float *products, const float *offsets, ptrdiff_t count);

// y = x where |x| is among the k largest of its row, else 0; of equal magnitudes the first ones are
// kept. 1 <= k <= columns.
void oddity_top_k(const float *x, float *y, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t k);

// The positions, in order, of the bytes from start to end that may end a field of delimited text or open a quoted
// one: delimiters, LF, CR, quotes and zeros. There must be room for end - start + 8 positions; what lies behind
// those that are counted is not defined.
ptrdiff_t oddity_find_separators(
    const uint8_t *bytes, ptrdiff_t start, ptrdiff_t end, uint8_t delimiter, uint32_t *positions);

// Philox4x32-10 (Salmon et al. 2011): words[4 * b ... 4 * b + 3] are the block at counter
// (first_block + b, counter1, counter2, counter3) under the key.
void oddity_philox(
    uint32_t key0, uint32_t key1, uint32_t first_block, uint32_t counter1, uint32_t counter2,
    uint32_t counter3, uint32_t *words, ptrdiff_t blocks);

// Normal numbers (Box & Muller 1958) from the words of Philox blocks 0, 1, ... under the key and
// the other counters. Of every 256 words, the first 128 give radii, the others angles; number i of
// 256 is radius * cosine, number 128 + i radius * sine. A number does not depend on `count`.
void oddity_normal(
    uint32_t key0, uint32_t key1, uint32_t counter1, uint32_t counter2, uint32_t counter3,
    float *y, ptrdiff_t count);

#endif
