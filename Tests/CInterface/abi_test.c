// The C interface as a program in C sees it: `make test-library` compiles this with gcc under the address and the
// undefined-behaviour sanitizers.
#include <math.h>
#include <oddity.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;

#define EXPECT(condition)                                                                              \
    do {                                                                                               \
        if (!(condition)) {                                                                            \
            fprintf(stderr, "%s:%d: expected %s\n", __FILE__, __LINE__, #condition);                   \
            failures++;                                                                                \
        }                                                                                              \
    } while (0)

// Expects an error of a code, with a text in its message, and frees it.
static void expect_error(int line, oddity_error *error, const char *code, int32_t blame, const char *part) {
    if (!error) {
        fprintf(stderr, "line %d: expected the error %s, and there is none\n", line, code);
        failures++;
        return;
    }
    if (strcmp(oddity_error_code(error), code) || oddity_error_blame(error) != blame
        || !strstr(oddity_error_message(error), part)) {
        fprintf(stderr, "line %d: expected %s with \"%s\", found %s (%d): %s\n", line, code, part,
                oddity_error_code(error), oddity_error_blame(error), oddity_error_message(error));
        failures++;
    }
    oddity_error_free(error);
}

#define EXPECT_ERROR(error, code, blame, part) expect_error(__LINE__, error, code, blame, part)

// Fails with the message of an error that should not be.
static void expect_none(int line, oddity_error *error) {
    if (!error) return;
    fprintf(stderr, "line %d: unexpected error: %s\n", line, oddity_error_message(error));
    oddity_error_free(error);
    exit(1);
}

enum { ROWS = 240 };

// A table of two numbers side by side, a whole number, and a text; values are missing here and there.
struct sample {
    double pairs[ROWS][2];
    int64_t counts[ROWS];
    char texts[ROWS * 4];
    int32_t offsets[ROWS + 1];
    uint8_t validity[(ROWS + 7) / 8];
    oddity_column columns[4];
    oddity_table table;
};

static void fill(struct sample *sample) {
    static const char *levels[] = {"red", "blue", "tan"};
    uint32_t state = 1;
    int32_t end = 0;
    memset(sample, 0, sizeof *sample);
    memset(sample->validity, 0xFF, sizeof sample->validity);
    for (int row = 0; row < ROWS; row++) {
        double sum = 0;
        for (int i = 0; i < 12; i++) {
            state = state * 1664525u + 1013904223u;
            sum += state / 4294967296.0;
        }
        sample->pairs[row][0] = sum - 6;
        sample->pairs[row][1] = 2 * (sum - 6) + row % 7 * 0.01;
        sample->counts[row] = row % 11;
        const char *level = levels[row % 3];
        memcpy(sample->texts + end, level, strlen(level));
        sample->offsets[row] = end;
        end += (int32_t)strlen(level);
    }
    sample->offsets[ROWS] = end;
    sample->pairs[5][0] = NAN;
    sample->validity[7 >> 3] &= (uint8_t) ~(1u << (7 & 7));
    sample->columns[0] = (oddity_column){
        .name = "a", .type = ODDITY_FLOAT64, .values = &sample->pairs[0][0], .stride = 16};
    sample->columns[1] = (oddity_column){
        .name = "b", .type = ODDITY_FLOAT64, .values = &sample->pairs[0][1], .stride = 16};
    sample->columns[2] = (oddity_column){
        .name = "count", .type = ODDITY_INT64, .values = sample->counts, .validity = sample->validity};
    sample->columns[3] = (oddity_column){.name = "level", .type = ODDITY_UTF8, .values = sample->texts,
        .offsets = sample->offsets, .text_size = (size_t)end, .validity = sample->validity};
    sample->table = (oddity_table){.row_count = ROWS, .column_count = 4, .columns = sample->columns};
}

static const char *quick = "{\"epochs\": 5, \"threads\": 1, \"seed\": 3}";

struct news {
    int calls, notes, limit;
};

static bool count_epochs(void *context, const oddity_progress *progress) {
    struct news *news = context;
    EXPECT(progress->member >= 0 && progress->member < progress->member_count);
    EXPECT(progress->epoch >= 1 && progress->epoch <= progress->epoch_count);
    return ++news->calls != news->limit;
}

static void count_notes(void *context, const char *text) {
    EXPECT(text[0] != 0);
    ((struct news *)context)->notes++;
}

static void test_fit_score_save(const struct sample *sample) {
    oddity_error *error = NULL;
    double found_score[ROWS], score[ROWS], p_value[ROWS], tail[ROWS], row_error[ROWS];
    uint8_t anomaly[ROWS];
    struct news news = {0};
    oddity_listener listener = {.context = &news, .progress = count_epochs, .note = count_notes};
    oddity_scores found = {.score = found_score};
    oddity_model *model = oddity_fit(&sample->table, quick, &listener, &found, &error);
    expect_none(__LINE__, error);
    EXPECT(news.calls == 20);
    for (int row = 0; row < ROWS; row++) EXPECT(isfinite(found_score[row]));

    double judged[ROWS];
    oddity_scores scores = {score, p_value, tail, row_error, anomaly, judged};
    EXPECT(oddity_model_score(model, &sample->table, 1, &scores, &error));
    expect_none(__LINE__, error);
    for (int row = 0; row < ROWS; row++) {
        EXPECT(p_value[row] > 0 && p_value[row] <= 1 && row_error[row] >= 0);
        EXPECT(anomaly[row] == (p_value[row] <= 0.01));
        EXPECT(judged[row] == score[row]);
    }

    // Bytes and file hold the same model, which scores the same on any number of threads.
    size_t size = 0;
    void *bytes = oddity_model_encode(model, &size, &error);
    expect_none(__LINE__, error);
    oddity_model *copy = oddity_model_decode(bytes, size, &error);
    expect_none(__LINE__, error);
    EXPECT(oddity_model_save(model, "abi_test.safetensors", &error));
    expect_none(__LINE__, error);
    oddity_model *opened = oddity_model_open("abi_test.safetensors", &error);
    expect_none(__LINE__, error);
    double again[ROWS];
    oddity_scores other = {.score = again};
    EXPECT(oddity_model_score(copy, &sample->table, 2, &other, &error));
    EXPECT(!memcmp(score, again, sizeof score));
    EXPECT(oddity_model_score(opened, &sample->table, 0, &other, &error));
    EXPECT(!memcmp(score, again, sizeof score));

    // A row alone has the score that it has among others.
    oddity_column alone[4];
    memcpy(alone, sample->columns, sizeof alone);
    for (int column = 0; column < 2; column++) alone[column].values = &sample->pairs[17][column];
    alone[2].values = &sample->counts[17];
    alone[3].offsets = &sample->offsets[17];
    alone[2].validity = alone[3].validity = NULL;
    oddity_table row = {.row_count = 1, .column_count = 4, .columns = alone};
    EXPECT(oddity_model_score(model, &row, 1, &other, &error));
    EXPECT(again[0] == score[17]);

    char *lines = oddity_model_explain(model, &row, 2, 1, NULL, &error);
    expect_none(__LINE__, error);
    EXPECT(!strncmp(lines, "{\"row\":1,\"score\":", 17) && strstr(lines, "\"reasons\":["));
    oddity_free(lines);

    char *description = oddity_model_description(model, &error);
    expect_none(__LINE__, error);
    EXPECT(strstr(description, "\"kind\":\"table\"") && strstr(description, "\"categorical\""));
    oddity_free(description);

    // A threshold makes another model, and leaves the first as it was.
    oddity_model *strict = oddity_model_with_threshold(model, "score=0.5", NULL, NULL, 0, &error);
    expect_none(__LINE__, error);
    EXPECT(oddity_model_score(strict, &sample->table, 1, &scores, &error));
    for (int i = 0; i < ROWS; i++) EXPECT(anomaly[i] == (score[i] >= 0.5));
    uint8_t labels[ROWS];
    for (int i = 0; i < ROWS; i++) labels[i] = score[i] >= 0.5;
    oddity_model *best = oddity_model_with_threshold(model, "youden", &scores, labels, ROWS, &error);
    expect_none(__LINE__, error);
    EXPECT(oddity_model_score(best, &sample->table, 1, &scores, &error));
    for (int i = 0; i < ROWS; i++) EXPECT(anomaly[i] == labels[i]);

    char *columns = oddity_inspect(&sample->table, NULL, &error);
    expect_none(__LINE__, error);
    EXPECT(strstr(columns, "\"categorical\""));
    oddity_free(columns);

    oddity_model_free(best);
    oddity_model_free(strict);
    oddity_model_free(opened);
    oddity_model_free(copy);
    oddity_free(bytes);
    remove("abi_test.safetensors");

    // No number of bytes crashes the reader.
    for (size_t part = 0; part < 300; part++) {
        void *start = oddity_model_encode(model, &size, &error);
        oddity_model *none = oddity_model_decode(start, part, &error);
        EXPECT(!none && error);
        oddity_error_free(error);
        error = NULL;
        oddity_free(start);
    }
    oddity_model_free(model);
}

static void test_errors(struct sample *sample) {
    oddity_error *error = NULL;
    EXPECT(!oddity_model_open("no such file", &error));
    EXPECT_ERROR(error, "input_output", ODDITY_BLAME_SYSTEM, "no such file");
    error = NULL;
    EXPECT(!oddity_model_open(NULL, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "NULL");
    error = NULL;
    EXPECT(!oddity_model_decode("not a model, but long enough", 28, &error));
    EXPECT_ERROR(error, "header_length", ODDITY_BLAME_DATA, "");
    error = NULL;
    EXPECT(!oddity_model_score(NULL, &sample->table, 1, NULL, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "model is NULL");
    // Who does not want the error need not take it.
    EXPECT(!oddity_model_open("no such file", NULL));

    static const struct {
        const char *configuration, *code, *part;
    } wrong[] = {
        {"{\"epoch\": 5}", "invalid_argument", "did you mean \"epochs\""},
        {"{\"epochs\": \"many\"}", "invalid_argument", "epochs takes a whole number"},
        {"{\"activation\": \"rellu\"}", "invalid_argument", "activation takes one of"},
        {"{\"false_alarm_rate\": 2}", "invalid_argument", "above 0 and below 1"},
        {"{\"contamination\": 0.7}", "invalid_argument", "below 0.5"},
        {"{\"dropout\": 2}", "invalid_setting", "dropout"},
        {"{\"noise\": \"swap\"}", "invalid_argument", "belongs to variant \"denoising\""},
        {"[1]", "invalid_argument", "no JSON object"},
        {"{", "invalid_argument", "no JSON object"},
        {"{\"ignore\": [\"lefel\"]}", "unknown_column", "did you mean \"level\""},
        {"{\"categorical\": [\"a\"], \"numeric\": [\"a\"]}", "conflicting_options", "choose one"},
        {"{\"threads\": -1}", "invalid_argument", "threads"},
        {"{\"memory\": 1000}", "memory_error", "memory"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        error = NULL;
        EXPECT(!oddity_fit(&sample->table, wrong[i].configuration, NULL, NULL, &error));
        int32_t blame = strcmp(wrong[i].code, "memory_error") ? ODDITY_BLAME_CALLER : ODDITY_BLAME_DATA;
        expect_error(__LINE__, error, wrong[i].code, blame, wrong[i].part);
    }

    // A listener stops a fit.
    struct news news = {.limit = 3};
    oddity_listener listener = {.context = &news, .progress = count_epochs};
    error = NULL;
    EXPECT(!oddity_fit(&sample->table, quick, &listener, NULL, &error));
    EXPECT_ERROR(error, "cancelled", ODDITY_BLAME_CALLER, "cancelled");

    // Columns that cannot be read.
    oddity_column columns[4];
    oddity_table table = {.row_count = ROWS, .column_count = 4, .columns = columns};
#define CHANGED(change, code, blame, part)                                                             \
    do {                                                                                               \
        memcpy(columns, sample->columns, sizeof columns);                                              \
        change;                                                                                        \
        error = NULL;                                                                                  \
        EXPECT(!oddity_fit(&table, quick, NULL, NULL, &error));                                        \
        EXPECT_ERROR(error, code, blame, part);                                                        \
    } while (0)
    CHANGED(columns[0].name = NULL, "invalid_argument", ODDITY_BLAME_CALLER, "name of column 1");
    CHANGED(columns[0].name = "b", "duplicate_column", ODDITY_BLAME_DATA, "\"b\"");
    CHANGED(columns[0].name = "\xFF", "invalid_argument", ODDITY_BLAME_CALLER, "UTF-8");
    CHANGED(columns[0].type = 99, "invalid_argument", ODDITY_BLAME_CALLER, "type is 99");
    CHANGED(columns[0].values = NULL, "invalid_argument", ODDITY_BLAME_CALLER, "NULL");
    CHANGED(columns[3].values = NULL, "invalid_argument", ODDITY_BLAME_CALLER, "NULL");
    CHANGED(columns[3].offsets = NULL, "invalid_argument", ODDITY_BLAME_CALLER, "offsets");
    CHANGED(columns[3].text_size = 10, "unequal_columns", ODDITY_BLAME_DATA, "offset");
    int32_t falling[ROWS + 1] = {0, 3, 1};
    CHANGED(columns[3].offsets = falling, "unequal_columns", ODDITY_BLAME_DATA, "must not fall");
    double infinite[ROWS] = {0, INFINITY};
    CHANGED((columns[0].values = infinite, columns[0].stride = 0), "infinite_number", ODDITY_BLAME_DATA,
            "row 2: column \"a\"");
    memcpy(columns, sample->columns, sizeof columns);
    table.row_count = 0;
    error = NULL;
    EXPECT(!oddity_fit(&table, quick, NULL, NULL, &error));
    EXPECT_ERROR(error, "no_rows", ODDITY_BLAME_DATA, "no rows");
    table.row_count = 1;
    error = NULL;
    EXPECT(!oddity_fit(&table, quick, NULL, NULL, &error));
    EXPECT_ERROR(error, "too_few_rows", ODDITY_BLAME_DATA, "too few");

    // Rows without a column, or with text in the place of numbers.
    error = NULL;
    oddity_model *model = oddity_fit(&sample->table, quick, NULL, NULL, &error);
    expect_none(__LINE__, error);
    table.row_count = ROWS;
    table.column_count = 3;
    EXPECT(!oddity_model_score(model, &table, 1, NULL, &error));
    EXPECT_ERROR(error, "missing_columns", ODDITY_BLAME_DATA, "\"level\"");
    table.column_count = 4;
    columns[0] = sample->columns[3];
    columns[0].name = "a";
    error = NULL;
    EXPECT(!oddity_model_score(model, &table, 1, NULL, &error));
    EXPECT_ERROR(error, "not_a_number", ODDITY_BLAME_DATA, "column \"a\"");
    error = NULL;
    EXPECT(!oddity_model_with_threshold(model, "sharp", NULL, NULL, 0, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "no rule");
    error = NULL;
    EXPECT(!oddity_model_with_threshold(model, "youden", NULL, NULL, 0, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "labelled rows");
    error = NULL;
    EXPECT(!oddity_model_save(model, "no/such/folder/model", &error));
    EXPECT_ERROR(error, "input_output", ODDITY_BLAME_SYSTEM, "no/such/folder");
    // No row is no error where rows are scored.
    table.row_count = 0;
    memcpy(columns, sample->columns, sizeof columns);
    error = NULL;
    EXPECT(oddity_model_score(model, &table, 1, NULL, &error));
    expect_none(__LINE__, error);
    oddity_model_free(model);
}

// Two parts of a batch and an empty one, one after the other; counts what is released.
struct parts {
    struct ArrowSchema *schema;
    struct ArrowArray *batch;
    int next, schemas, batches;
    bool fails;
};

static void release_schema(struct ArrowSchema *schema) {
    ((struct parts *)schema->private_data)->schemas++;
    schema->release = NULL;
}

static void release_batch(struct ArrowArray *batch) {
    ((struct parts *)batch->private_data)->batches++;
    batch->release = NULL;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *schema) {
    struct parts *parts = stream->private_data;
    *schema = *parts->schema;
    schema->release = release_schema;
    schema->private_data = parts;
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *batch) {
    static const int64_t ends[] = {0, 0, 101, ROWS - 3};
    struct parts *parts = stream->private_data;
    if (parts->fails) return 5;
    if (parts->next == 3) {
        batch->release = NULL;
        return 0;
    }
    *batch = *parts->batch;
    batch->offset += ends[parts->next];
    batch->length = ends[parts->next + 1] - ends[parts->next];
    batch->release = release_batch;
    batch->private_data = parts;
    parts->next++;
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
    return ((struct parts *)stream->private_data)->fails ? "the wire is cut" : NULL;
}

static void release_stream(struct ArrowArrayStream *stream) { stream->release = NULL; }

static void test_stream(struct ArrowSchema *schema, struct ArrowArray *batch, const oddity_model *model, const double *expected) {
    oddity_error *error = NULL;
    struct parts parts = {.schema = schema, .batch = batch};
    struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, release_stream, &parts};
    double score[ROWS];
    size_t row = 0;
    oddity_arrow *next;
    while ((next = oddity_arrow_next(&stream, &error))) {
        const oddity_table *table = oddity_arrow_table(next);
        oddity_scores scores = {.score = score + row};
        EXPECT(oddity_model_score(model, table, 1, &scores, &error));
        row += table->row_count;
        oddity_arrow_free(next);
    }
    expect_none(__LINE__, error);
    EXPECT(row == ROWS - 3 && !memcmp(score, expected, row * sizeof *score));
    EXPECT(parts.batches == 3 && parts.schemas == 4);

    parts = (struct parts){.schema = schema, .batch = batch};
    oddity_arrow *all = oddity_arrow_read(&stream, &error);
    expect_none(__LINE__, error);
    EXPECT(oddity_arrow_table(all)->row_count == ROWS - 3);
    oddity_scores scores = {.score = score};
    EXPECT(oddity_model_score(model, oddity_arrow_table(all), 1, &scores, &error));
    EXPECT(!memcmp(score, expected, (ROWS - 3) * sizeof *score));
    oddity_arrow_free(all);
    EXPECT(parts.batches == 3 && parts.schemas == 1);

    parts = (struct parts){.schema = schema, .batch = batch, .fails = true};
    EXPECT(!oddity_arrow_read(&stream, &error));
    EXPECT_ERROR(error, "arrow_stream_failure", ODDITY_BLAME_DATA, "the wire is cut");
    error = NULL;
    stream.release(&stream);
    EXPECT(!oddity_arrow_next(&stream, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "NULL or released");
}

// A batch of Arrow, from its third row on, has the scores of the table's rows.
static void test_arrow(const struct sample *sample) {
    oddity_error *error = NULL;
    oddity_model *model = oddity_fit(&sample->table, quick, NULL, NULL, &error);
    expect_none(__LINE__, error);
    double expected[ROWS], score[ROWS], first[ROWS], second[ROWS];
    oddity_scores scores = {.score = expected};
    EXPECT(oddity_model_score(model, &sample->table, 1, &scores, NULL));
    for (int row = 0; row < ROWS; row++) {
        first[row] = sample->pairs[row][0];
        second[row] = sample->pairs[row][1];
    }
    const char *formats[] = {"g", "g", "l", "u"}, *names[] = {"a", "b", "count", "level"};
    const void *buffers[][3] = {{NULL, first}, {NULL, second}, {sample->validity, sample->counts},
        {sample->validity, sample->offsets, sample->texts}};
    struct ArrowSchema types[4] = {{0}}, *type_addresses[4];
    struct ArrowArray arrays[4] = {{0}}, *array_addresses[4];
    for (int i = 0; i < 4; i++) {
        types[i] = (struct ArrowSchema){.format = formats[i], .name = names[i]};
        arrays[i] = (struct ArrowArray){
            .length = ROWS, .null_count = -1, .n_buffers = i == 3 ? 3 : 2, .buffers = buffers[i]};
        type_addresses[i] = &types[i];
        array_addresses[i] = &arrays[i];
    }
    struct ArrowSchema schema = {.format = "+s", .n_children = 4, .children = type_addresses};
    struct ArrowArray batch = {.length = ROWS - 3, .offset = 3, .n_children = 4, .children = array_addresses};
    oddity_arrow *arrow = oddity_arrow_import(&schema, &batch, &error);
    expect_none(__LINE__, error);
    scores.score = score;
    EXPECT(oddity_model_score(model, oddity_arrow_table(arrow), 1, &scores, &error));
    expect_none(__LINE__, error);
    EXPECT(!memcmp(score, expected + 3, (ROWS - 3) * sizeof *score));
    oddity_arrow_free(arrow);
    oddity_arrow_free(NULL);

    test_stream(&schema, &batch, model, score);

    types[2].format = "+l";
    EXPECT(!oddity_arrow_import(&schema, &batch, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "column \"count\"");
    error = NULL;
    types[2].format = "l";
    batch.length = ROWS;
    EXPECT(!oddity_arrow_import(&schema, &batch, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "fewer rows");
    error = NULL;
    schema.format = "g";
    EXPECT(!oddity_arrow_import(&schema, &batch, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "record batch");
    oddity_model_free(model);
}

static bool keep_count(void *context, size_t row_count) {
    *(size_t *)context = row_count;
    return true;
}

static bool stop(void *context, size_t row_count) {
    (void)context;
    (void)row_count;
    return false;
}

// Rows of a series are judged by those before them, and the first ones are not.
static void test_series(void) {
    enum { STEPS = 600 };
    static double waves[STEPS], score[STEPS], judged[STEPS], again[STEPS], found[STEPS];
    static uint8_t anomaly[STEPS];
    static char texts[STEPS * 20];
    static int32_t offsets[STEPS + 1];
    for (int step = 0; step < STEPS; step++) {
        waves[step] = sin(step / 7.0) + (step % 13) / 50.0;
        // One a minute, from the first of January 2024 on.
        int length = snprintf(texts + offsets[step], 20, "2024-01-01T%02d:%02d:00", step / 60, step % 60);
        offsets[step + 1] = offsets[step] + length;
    }
    oddity_column columns[] = {
        {.name = "time", .type = ODDITY_UTF8, .values = texts, .offsets = offsets, .text_size = (size_t)offsets[STEPS]},
        {.name = "wave", .type = ODDITY_FLOAT64, .values = waves},
    };
    oddity_table table = {.row_count = STEPS, .column_count = 2, .columns = columns};
    const char *configuration = "{\"time\": \"time\", \"window\": 16, \"epochs\": 2, \"threads\": 1}";
    struct news news = {0};
    oddity_listener listener = {.context = &news, .progress = count_epochs};
    oddity_scores judging = {.score = found};
    oddity_error *error = NULL;
    oddity_model *model = oddity_fit(&table, configuration, &listener, &judging, &error);
    expect_none(__LINE__, error);
    EXPECT(news.calls > 0 && isnan(found[0]) && isfinite(found[STEPS - 1]));
    char *description = oddity_model_description(model, &error);
    EXPECT(strstr(description, "\"kind\":\"series\"") && strstr(description, "\"wave\""));
    oddity_free(description);

    waves[400] = 4;
    oddity_scores scores = {.score = score, .anomaly = anomaly, .judged = judged};
    EXPECT(oddity_model_score_series(model, &table, NULL, 1, NULL, &scores, &error));
    expect_none(__LINE__, error);
    EXPECT(isnan(score[15]) && isfinite(score[16]) && !anomaly[15] && anomaly[400]);
    scores.score = again;
    EXPECT(oddity_model_score_series(model, &table, "{\"delay\": 0}", 2, NULL, &scores, &error));
    expect_none(__LINE__, error);
    EXPECT(score[400] != again[400]);
    char *lines = oddity_model_explain_series(model, &table, NULL, 1, 1, NULL, NULL, &error);
    expect_none(__LINE__, error);
    EXPECT(!strncmp(lines, "{\"row\":1,\"time\":\"2024-01-01", 27) && strstr(lines, "\"state\":\"warm-up\""));
    oddity_free(lines);

    // A listener hears of the rows, and may stop.
    size_t judged_count = 0;
    oddity_judging_listener counting = {.context = &judged_count, .judged = keep_count};
    EXPECT(oddity_model_score_series(model, &table, NULL, 1, &counting, &scores, &error));
    expect_none(__LINE__, error);
    EXPECT(judged_count == STEPS);
    counting.judged = stop;
    EXPECT(!oddity_model_score_series(model, &table, NULL, 1, &counting, &scores, &error));
    EXPECT_ERROR(error, "cancelled", ODDITY_BLAME_CALLER, "the scoring was cancelled");
    error = NULL;

    // What is for another kind is refused.
    EXPECT(!oddity_model_score(model, &table, 1, &scores, &error));
    EXPECT_ERROR(error, "wrong_kind", ODDITY_BLAME_DATA, "this is a model of series, and one of tables is needed");
    error = NULL;
    EXPECT(!oddity_model_score_series(model, &table, "{\"adapt\": \"often\"}", 1, NULL, &scores, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "option adapt takes one of off, slow, fast");
    error = NULL;
    EXPECT(!oddity_model_score_series(model, &table, "{\"delays\": 1}", 1, NULL, &scores, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "did you mean \"delay\"");
    error = NULL;
    EXPECT(!oddity_fit(&table, "{\"series\": true, \"sort\": true}", NULL, NULL, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "option sort needs time");
    error = NULL;
    EXPECT(!oddity_fit(&table, "{\"window\": 8}", NULL, NULL, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "option window is for series");
    error = NULL;
    news = (struct news){.limit = 2};
    EXPECT(!oddity_fit(&table, configuration, &listener, NULL, &error));
    EXPECT_ERROR(error, "cancelled", ODDITY_BLAME_CALLER, "cancelled");
    oddity_model_free(model);
}

/* Images of one piece are held out together: what is found differs from what was found without groups, and not with a group for each. */
static void test_groups(oddity_images *images, const double *plain, int count) {
    oddity_error *error = NULL;
    double found[24];
    oddity_scores judging = {.score = found};
    const char *alike[] = {
        "{\"image_measures\": \"pixels\", \"group\": [0,0,0,0,1,1,1,1,2,2,2,2,3,3,3,3,4,4,4,4,5,5,5,5]}",
        "{\"image_measures\": \"pixels\", \"group\": [\"a\",\"a\",\"a\",\"a\",\"b\",\"b\",\"b\",\"b\",2,2,2,2,3,3,3,3,4,4,4,4,5,5,5,5]}",
        "{\"image_measures\": \"pixels\", \"group\": [null,null,null,null,null,null,null,null,null,null,null,null,"
        "null,null,null,null,null,null,null,null,null,null,null,\"a\"]}",
    };
    double first[24];
    for (int i = 0; i < 3; i++) {
        oddity_model *model = oddity_fit_images(images, alike[i], NULL, &judging, &error);
        expect_none(__LINE__, error);
        oddity_model_free(model);
        if (i == 0) memcpy(first, found, sizeof found);
        EXPECT(!memcmp(found, i < 2 ? first : plain, count * sizeof *found));
    }
    EXPECT(memcmp(first, plain, count * sizeof *plain));
    EXPECT(!oddity_fit_images(images, "{\"group\": \"piece([0-9]+)\"}", NULL, NULL, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER,
                 "option group takes a list of a text, a number or null for each image");
    error = NULL;
    EXPECT(!oddity_fit_images(images, "{\"group\": [1, 2]}", NULL, NULL, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "a group for each of the 24 images, and has 2");
    error = NULL;
    EXPECT(!oddity_fit_images(images, "{\"group\": [[1], 2]}", NULL, NULL, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER,
                 "option group takes a list of a text, a number or null for each image");
}

static void test_images(void) {
    enum { COUNT = 24, SIDE = 12 };
    static uint8_t pixels[COUNT][SIDE][SIDE];
    uint32_t state = 1;
    for (size_t i = 0; i < sizeof pixels; i++) {
        state = state * 1664525u + 1013904223u;
        pixels[i / (SIDE * SIDE)][i / SIDE % SIDE][i % SIDE] = (uint8_t)(state >> 26) + (uint8_t)(i % SIDE * 12);
    }
    size_t shape[] = {COUNT, SIDE, SIDE};
    oddity_error *error = NULL;
    oddity_images *images = oddity_images_of_array(pixels, ODDITY_UINT8, shape, 3, &error);
    expect_none(__LINE__, error);
    EXPECT(oddity_images_count(images) == COUNT);
    char *name = oddity_images_name(images, 3, &error);
    EXPECT(!strcmp(name, "images in memory[3]"));
    oddity_free(name);

    struct news news = {0};
    oddity_listener listener = {.context = &news, .progress = count_epochs, .note = count_notes};
    double found[COUNT], score[COUNT], alone[1], judged[COUNT];
    oddity_scores judging = {.score = found};
    oddity_model *model =
        oddity_fit_images(images, "{\"image_measures\": \"pixels\", \"threads\": 1}", &listener, &judging, &error);
    expect_none(__LINE__, error);
    EXPECT(news.calls > 0);
    for (int i = 0; i < COUNT; i++) EXPECT(isfinite(found[i]));
    test_groups(images, found, COUNT);
    memset(&pixels[7][4], 255, 4 * SIDE);
    oddity_scores scores = {.score = score, .judged = judged};
    EXPECT(oddity_model_score_images(model, images, 0, COUNT, 1, &scores, &error));
    expect_none(__LINE__, error);
    EXPECT(!memcmp(score, judged, sizeof score));
    for (int i = 0; i < COUNT; i++) EXPECT(i == 7 || score[i] < score[7]);
    scores = (oddity_scores){.score = alone};
    EXPECT(oddity_model_score_images(model, images, 7, 1, 2, &scores, &error));
    EXPECT(alone[0] == score[7]);
    oddity_heat_map map;
    EXPECT(oddity_model_map_image(model, images, 7, 1, &map, &error));
    expect_none(__LINE__, error);
    EXPECT(map.height == SIDE && map.width == SIDE && map.channels == 1);
    EXPECT(map.heat[5 * SIDE + 1] > map.heat[SIDE - 1] && map.expected[5 * SIDE] < 0.9f);
    oddity_heat_map_free(&map);
    oddity_heat_map_free(&map);
    oddity_heat_map_free(NULL);

    EXPECT(!oddity_model_score_images(model, images, 20, 5, 1, &scores, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "5 images from 20 on are asked for, and there are 24");
    error = NULL;
    EXPECT(!oddity_model_map_image(model, images, COUNT, 1, &map, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "image 24 is asked for");
    error = NULL;
    EXPECT(!oddity_fit_images(images, "{\"epochs\": 3}", NULL, NULL, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "option epochs is for tables");
    error = NULL;
    EXPECT(!oddity_fit_images(NULL, NULL, NULL, NULL, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "images are NULL");
    error = NULL;
    EXPECT(!oddity_images_of_array(pixels, ODDITY_UTF8, shape, 3, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "type of the numbers is 4");
    error = NULL;
    EXPECT(!oddity_images_of_array(pixels, ODDITY_UINT8, shape, 2, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "2 dimensions");
    error = NULL;
    size_t huge[] = {(size_t)1 << 40, (size_t)1 << 40, 3, 1};
    EXPECT(!oddity_images_of_array(pixels, ODDITY_UINT8, huge, 4, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "more numbers than any memory holds");
    error = NULL;
    const char *paths[] = {"no such folder", NULL};
    EXPECT(!oddity_images_open(paths, 1, false, &error));
    EXPECT_ERROR(error, "not_found", ODDITY_BLAME_SYSTEM, "no such folder");
    error = NULL;
    EXPECT(!oddity_images_open(paths, 2, false, &error));
    EXPECT_ERROR(error, "invalid_argument", ODDITY_BLAME_CALLER, "path 2 is NULL");
    oddity_images_free(images);
    oddity_images_free(NULL);
    oddity_model_free(model);
}

struct work {
    const oddity_model *model;
    const oddity_table *table;
    double scores[ROWS];
};

static void *score(void *argument) {
    struct work *work = argument;
    oddity_scores scores = {.score = work->scores};
    for (int i = 0; i < 20; i++) EXPECT(oddity_model_score(work->model, work->table, 1, &scores, NULL));
    return NULL;
}

static void test_threads(const struct sample *sample) {
    oddity_model *model = oddity_fit(&sample->table, quick, NULL, NULL, NULL);
    static struct work work[4];
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        work[i] = (struct work){.model = model, .table = &sample->table};
        pthread_create(&threads[i], NULL, score, &work[i]);
    }
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    for (int i = 1; i < 4; i++) EXPECT(!memcmp(work[0].scores, work[i].scores, sizeof work[0].scores));
    oddity_model_free(model);
}

int main(void) {
    static struct sample sample;
    fill(&sample);
    EXPECT(oddity_abi_version() == ODDITY_ABI_VERSION);
    EXPECT(!strncmp(oddity_version(), "oddity ", 7));
    oddity_free(NULL);
    oddity_error_free(NULL);
    oddity_model_free(NULL);
    test_fit_score_save(&sample);
    test_errors(&sample);
    test_arrow(&sample);
    test_series();
    test_images();
    test_threads(&sample);
    if (!failures) puts("c interface: all expectations hold");
    return failures != 0;
}
