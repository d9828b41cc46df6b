#include "kernels.h"

// Measured on 32 rows of 64 units: a unit takes an LSTM 3.1 ns forward and 0.3 ns backward, a GRU 2.0 ns
// forward; compiled for the baseline, 13.7, 0.6 and 8.5 ns.
// Pointers may be equal, but never overlap otherwise.
#define ODDITY_UNITS _Pragma("clang loop vectorize(assume_safety)") for (ptrdiff_t j = 0; j < n; j++)

ODDITY_CLONES void oddity_lstm_step(
    const oddity_recurrent_step *step, float *gates, const float *cell_before, float *cell,
    float *squashed) {
    const ptrdiff_t n = step->units;
    const float *bias = step->bias;
    for (ptrdiff_t r = 0; r < step->rows; r++) {
        float *z = gates + 4 * r * n;
        const float *before = cell_before + r * n;
        float *c = cell + r * n, *t = squashed + r * n, *h = step->state + r * n;
        ODDITY_UNITS {
            float i = oddity_sigmoid1(z[j] + bias[j]);
            float f = oddity_sigmoid1(z[n + j] + bias[n + j]);
            float g = oddity_tanh1(z[2 * n + j] + bias[2 * n + j]);
            float o = oddity_sigmoid1(z[3 * n + j] + bias[3 * n + j]);
            float next = f * before[j] + i * g;
            float tanh = oddity_tanh1(next);
            z[j] = i;
            z[n + j] = f;
            z[2 * n + j] = g;
            z[3 * n + j] = o;
            c[j] = next;
            t[j] = tanh;
            h[j] = o * tanh;
        }
        if (step->output != NULL) memcpy(step->output + r * step->output_stride, h, n * sizeof *h);
    }
}

ODDITY_CLONES void oddity_lstm_step_gradient(
    const oddity_recurrent_gradient *step, float *gates, const float *cell_before,
    const float *squashed, float *cell_gradient) {
    const ptrdiff_t n = step->units;
    for (ptrdiff_t r = 0; r < step->rows; r++) {
        float *z = gates + 4 * r * n;
        const float *before = cell_before + r * n, *t = squashed + r * n;
        float *dh = step->state_gradient + r * n, *dc = cell_gradient + r * n;
        if (step->output_gradient != NULL) {
            const float *dy = step->output_gradient + r * step->output_stride;
            ODDITY_UNITS dh[j] += dy[j];
        }
        ODDITY_UNITS {
            float i = z[j], f = z[n + j], g = z[2 * n + j], o = z[3 * n + j];
            float d = dc[j] + dh[j] * o * (1.0f - t[j] * t[j]);
            z[j] = d * g * i * (1.0f - i);
            z[n + j] = d * before[j] * f * (1.0f - f);
            z[2 * n + j] = d * i * (1.0f - g * g);
            z[3 * n + j] = dh[j] * t[j] * o * (1.0f - o);
            dc[j] = d * f;
        }
    }
}

ODDITY_CLONES void oddity_gru_step(
    const oddity_recurrent_step *step, float *gates, const float *products,
    const float *recurrent_bias, const float *state_before, float *candidate) {
    const ptrdiff_t n = step->units;
    const float *bias = step->bias;
    for (ptrdiff_t r = 0; r < step->rows; r++) {
        float *z = gates + 3 * r * n;
        const float *p = products + 3 * r * n, *before = state_before + r * n;
        float *q = candidate + r * n, *h = step->state + r * n;
        ODDITY_UNITS {
            float reset = oddity_sigmoid1(z[j] + p[j] + bias[j]);
            float update = oddity_sigmoid1(z[n + j] + p[n + j] + bias[n + j]);
            float inner = p[2 * n + j] + recurrent_bias[j];
            float new = oddity_tanh1(z[2 * n + j] + bias[2 * n + j] + reset * inner);
            z[j] = reset;
            z[n + j] = update;
            z[2 * n + j] = new;
            q[j] = inner;
            h[j] = (1.0f - update) * new + update * before[j];
        }
        if (step->output != NULL) memcpy(step->output + r * step->output_stride, h, n * sizeof *h);
    }
}

ODDITY_CLONES void oddity_gru_step_gradient(
    const oddity_recurrent_gradient *step, float *gates, const float *candidate,
    const float *state_before, float *product_gradient) {
    const ptrdiff_t n = step->units;
    for (ptrdiff_t r = 0; r < step->rows; r++) {
        float *z = gates + 3 * r * n, *p = product_gradient + 3 * r * n;
        const float *q = candidate + r * n, *before = state_before + r * n;
        float *dh = step->state_gradient + r * n;
        if (step->output_gradient != NULL) {
            const float *dy = step->output_gradient + r * step->output_stride;
            ODDITY_UNITS dh[j] += dy[j];
        }
        ODDITY_UNITS {
            float reset = z[j], update = z[n + j], new = z[2 * n + j];
            float inner = dh[j] * (1.0f - update) * (1.0f - new * new);
            float by_reset = inner * q[j] * reset * (1.0f - reset);
            float by_update = dh[j] * (before[j] - new) * update * (1.0f - update);
            z[j] = by_reset;
            z[n + j] = by_update;
            z[2 * n + j] = inner;
            p[j] = by_reset;
            p[n + j] = by_update;
            p[2 * n + j] = inner * reset;
            dh[j] *= update;
        }
    }
}
