/* Oddity for programs that are not written in Swift.
 *
 * A model is opened, or fitted to a table, and then scores the rows of other tables:
 *
 *     oddity_error *error = NULL;
 *     oddity_model *model = oddity_model_open("model.safetensors", &error);
 *     if (!model) {
 *         fprintf(stderr, "%s\n", oddity_error_message(error));
 *         oddity_error_free(error);
 *     }
 *
 * Rules that hold throughout:
 *
 * - A function that can fail takes the address of an error as its last argument, which may be NULL. It returns NULL or
 *   false then, and puts an error there that the caller frees; otherwise it leaves the address alone.
 * - Texts are UTF-8 and end with a zero byte. What a function returns as `char *` is freed with oddity_free.
 * - There is no global state. A model never changes, so any number of threads may use one. A process that has used the
 *   library must not go on using it in a child made by fork.
 * - Tables are read and not kept: their memory may be freed when a function has returned.
 * - A higher score is odder. The score of a row or an image depends on nothing but itself and the model, that of a row of a
 *   series on the rows of its series too.
 */
#ifndef ODDITY_H
#define ODDITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Changes when a program that was compiled for another version would not work any more. */
#define ODDITY_ABI_VERSION 3

/* The version of the interface that the library has; compare it with ODDITY_ABI_VERSION. */
int32_t oddity_abi_version(void);

/* The release, such as "oddity 0.1.0"; it is not freed. */
const char *oddity_version(void);

/* Frees a text or bytes that a function returned; NULL is allowed. */
void oddity_free(void *memory);

/* ---- Errors ---- */

/* What went wrong. */
typedef struct oddity_error oddity_error;

/* Who has to act on an error. */
enum {
    /* The caller: a setting or an argument cannot be used. */
    ODDITY_BLAME_CALLER = 1,
    /* Whoever made the data or the model: they cannot be used as they are. */
    ODDITY_BLAME_DATA = 2,
    /* The system: reading, writing or memory failed. */
    ODDITY_BLAME_SYSTEM = 3
};

/* What was wrong, where, and how to fix it, in one line. */
const char *oddity_error_message(const oddity_error *error);

/* The kind of error in one word, such as "missing_columns" or "cancelled". */
const char *oddity_error_code(const oddity_error *error);

/* Who has to act: one of ODDITY_BLAME_…. */
int32_t oddity_error_blame(const oddity_error *error);

/* Frees an error; NULL is allowed. */
void oddity_error_free(oddity_error *error);

/* ---- Tables ---- */

/* How the values of a column, or the numbers of images, lie in memory. */
enum {
    /* `double` */
    ODDITY_FLOAT64 = 1,
    /* `float` */
    ODDITY_FLOAT32 = 2,
    /* `int64_t` */
    ODDITY_INT64 = 3,
    /* Texts end to end, with `int32_t` offsets. */
    ODDITY_UTF8 = 4,
    /* Texts end to end, with `int64_t` offsets. */
    ODDITY_LARGE_UTF8 = 5,
    /* `uint8_t`, of images alone */
    ODDITY_UINT8 = 6,
    /* `uint16_t`, of images alone */
    ODDITY_UINT16 = 7
};

/* What is known of a column beside its values. */
enum {
    /* A fit takes its values for categories, whatever they look like, unless an option speaks of the column. */
    ODDITY_CATEGORIES = 1
};

/* A column of a table.
 *
 * Values are understood as those of a CSV file are: numbers as measurements, as times, identifiers or codes by their
 * range, growth and name; texts as categories, as numbers in some notation, as times, or as identifiers. Times and
 * identifiers are left out, and a note says so. Columns that are all called column1, column2 and so on are those of a
 * matrix, of which all numbers are measurements. */
typedef struct oddity_column {
    const char *name;
    /* One of ODDITY_FLOAT64 and so on. */
    int32_t type;
    /* 0, or ODDITY_CATEGORIES */
    int32_t flags;
    /* The numbers, or the bytes of the texts. */
    const void *values;
    /* The bytes from one number to the next, which may be negative; 0 where they stand side by side. */
    ptrdiff_t stride;
    /* Of texts: where each begins, and where the last one ends; one more than rows. */
    const void *offsets;
    /* Of texts: the bytes that all of them take. */
    size_t text_size;
    /* Bit `row % 8` of byte `row / 8` is 1 where a row has a value; NULL where all have one. NaN is missing too. */
    const uint8_t *validity;
} oddity_column;

/* Columns of equal length. */
typedef struct oddity_table {
    size_t row_count;
    size_t column_count;
    const oddity_column *columns;
} oddity_table;

/* What is said of each row or image. Arrays of as many values that the caller provides; those that are NULL are not filled.
 *
 * NaN, and no anomaly, is a row of a series that has no score, such as the first ones, and an image that was passed over. */
typedef struct oddity_scores {
    /* -log10 of the p-value, continued beyond the held-out rows. */
    double *score;
    /* The share of normal rows that look at least as odd. */
    double *p_value;
    /* Beyond all held-out rows the p-value that their tail suggests; NaN elsewhere. */
    double *tail_p_value;
    /* The reconstruction error. */
    double *error;
    /* 1 where the model calls the row an anomaly, else 0. */
    uint8_t *anomaly;
    /* The score that the verdict is about: that of above, but of rows of series, which rank by what follows them too. */
    double *judged;
} oddity_scores;

/* What would be understood of the columns of a table, as JSON: what `oddity inspect --json` prints.
 *
 * `configuration` is that of oddity_fit; NULL for all defaults. */
char *oddity_inspect(const oddity_table *table, const char *configuration, oddity_error **error);

/* ---- Arrow ---- */

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

/* The type of an array, as Arrow's C data interface defines it. */
struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

/* The values of an array, as Arrow's C data interface defines it. */
struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

/* Arrays one after the other, as Arrow's C stream interface defines it. */
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

#endif

/* A table that lies in Arrow's memory. */
typedef struct oddity_arrow oddity_arrow;

/* Looks at a record batch, an array of structs, as a table.
 *
 * Numbers of type double, float and int64, and texts of utf8 and large_utf8, are used where they are. Other integers, half
 * floats, decimals, and durations, in seconds, become double; string views, dates, times and timestamps become texts, and
 * so do booleans, "True" and "False". Dictionaries become texts that are categories. Other types are refused by name. The
 * batch is not released, and has to stay until the table is freed. */
oddity_arrow *oddity_arrow_import(const struct ArrowSchema *schema, const struct ArrowArray *batch, oddity_error **error);

/* The next record batch of a stream as a table, and NULL without an error at the end.
 *
 * The batch is released with the table; the stream is not. */
oddity_arrow *oddity_arrow_next(struct ArrowArrayStream *stream, oddity_error **error);

/* The record batches that are left of a stream as one table, to fit to. One batch is used where it is, several are copied. */
oddity_arrow *oddity_arrow_read(struct ArrowArrayStream *stream, oddity_error **error);

/* The table, which lives as long as what it was imported as. */
const oddity_table *oddity_arrow_table(const oddity_arrow *arrow);

/* Frees a table, and the batches that came from a stream; NULL is allowed. */
void oddity_arrow_free(oddity_arrow *arrow);

/* ---- Models ---- */

/* What was learned from normal data. */
typedef struct oddity_model oddity_model;

/* Opens a model file, checks all of it, and checks that it reproduces its reference scores. */
oddity_model *oddity_model_open(const char *path, oddity_error **error);

/* Opens a model from the bytes of its file. */
oddity_model *oddity_model_decode(const void *bytes, size_t size, oddity_error **error);

/* Frees a model; NULL is allowed. */
void oddity_model_free(oddity_model *model);

/* Writes a model to a file, completely or not at all. */
bool oddity_model_save(const oddity_model *model, const char *path, oddity_error **error);

/* The bytes of the model's file; the same model gives the same bytes. */
void *oddity_model_encode(const oddity_model *model, size_t *size, oddity_error **error);

/* What the model is, as a JSON object:
 *
 *     kind       "table", "images" or "series"
 *     threshold  the least score, or error, that is an anomaly; null where no row can be one
 *     measure    what the threshold is on, "score" or "error"
 *     columns    of a table or series, each with name and kind, "numeric", "categorical" or "time"
 *     card       what a person wants to know, one fact a line
 *     summary    what `oddity inspect --json` prints */
char *oddity_model_description(const oddity_model *model, oddity_error **error);

/* Scores the rows of a table by a model of tables.
 *
 * Columns are found by name; others are ignored. `thread_count` 0 is one for each core; no score depends on it. */
bool oddity_model_score(const oddity_model *model, const oddity_table *table, int32_t thread_count,
                        const oddity_scores *scores, oddity_error **error);

/* Scores the rows of a table and says why they are odd: a JSON object a line, as `oddity score --format ndjson` prints.
 *
 * At most `reason_count` columns are named for a row. `scores` may be NULL. */
char *oddity_model_explain(const oddity_model *model, const oddity_table *table, int32_t reason_count,
                           int32_t thread_count, const oddity_scores *scores, oddity_error **error);

/* What is told while rows of series are judged; the function is called by the thread of the caller. */
typedef struct oddity_judging_listener {
    void *context;
    /* Gets the number of rows that were judged so far, some thousands at a time. Returns whether to go on; false cancels the
     * rest, and the call fails with the code "cancelled". */
    bool (*judged)(void *context, size_t row_count);
} oddity_judging_listener;

/* Scores the rows of series, in their order, by a model of series.
 *
 * `listener` may be NULL.
 *
 * `configuration` is a JSON object of options of `oddity score`, or NULL: "adapt", how quickly verdicts follow a series that
 * moves, "fast", "slow" or "off"; "delay", by how many of the rows that follow a row is ranked; and "smoothing", how their
 * scores become one, "weighted", "mean", "median" or "last". */
bool oddity_model_score_series(const oddity_model *model, const oddity_table *table, const char *configuration,
                               int32_t thread_count, const oddity_judging_listener *listener, const oddity_scores *scores,
                               oddity_error **error);

/* Scores the rows of series and says why they are odd, as oddity_model_explain does for rows that stand alone. */
char *oddity_model_explain_series(const oddity_model *model, const oddity_table *table, const char *configuration,
                                  int32_t reason_count, int32_t thread_count, const oddity_judging_listener *listener,
                                  const oddity_scores *scores, oddity_error **error);

/* The same model with another threshold.
 *
 * `rule` is that of `oddity threshold --set`: "conformal=0.05", "quantile=0.99", "score=2.5" and so on. A rule that needs
 * labelled rows, such as "youden" or "f-beta=2", takes their scores (of series those that are judged) and labels, 1 for an
 * anomaly; for other rules these are NULL and 0. */
oddity_model *oddity_model_with_threshold(const oddity_model *model, const char *rule, const oddity_scores *labelled,
                                          const uint8_t *labels, size_t label_count, oddity_error **error);

/* ---- Images ---- */

/* Images that lie in files or in memory, and are decoded when they are asked for. */
typedef struct oddity_images oddity_images;

/* Opens images: those of a folder and its sub-folders, those of an array (.npy, .npz, IDX), one file, or several files.
 *
 * A folder with a sub-folder "good", "ok" or "normal" tells kinds: a fit learns from the good ones alone. `skips_broken` passes
 * over images that cannot be read; they have no score. */
oddity_images *oddity_images_open(const char *const *paths, size_t path_count, bool skips_broken, oddity_error **error);

/* Looks at an array (count, height, width[, channels]), its numbers side by side, as images.
 *
 * ODDITY_UINT8 and ODDITY_INT64 are white at 255, ODDITY_UINT16 at 65535, and numbers with a point at 1. The array has to stay
 * until the images are freed. */
oddity_images *oddity_images_of_array(const void *values, int32_t type, const size_t *shape, size_t dimension_count,
                                      oddity_error **error);

/* The number of images. */
size_t oddity_images_count(const oddity_images *images);

/* What an image is called, counted from 0: its path below the folder, or the array and its number in brackets. */
char *oddity_images_name(const oddity_images *images, size_t index, oddity_error **error);

/* Frees images; NULL is allowed. */
void oddity_images_free(oddity_images *images);

/* Scores `count` images from `first` on, counted from 0, by a model of images; `scores` begins with the first of them. */
bool oddity_model_score_images(const oddity_model *model, const oddity_images *images, size_t first, size_t count,
                               int32_t thread_count, const oddity_scores *scores, oddity_error **error);

/* Where an image is odd. */
typedef struct oddity_heat_map {
    size_t height, width, channels;
    /* For each pixel, row after row, how odd its surroundings are, in standard deviations of normal images. */
    float *heat;
    /* For each pixel and channel what was expected, from 0 to 1. */
    float *expected;
} oddity_heat_map;

/* Shows where an image is odd, at the size that the model looks at; oddity_heat_map_free frees what `map` gets. */
bool oddity_model_map_image(const oddity_model *model, const oddity_images *images, size_t index, int32_t thread_count,
                            oddity_heat_map *map, oddity_error **error);

/* Frees the numbers of a map; NULL is allowed. */
void oddity_heat_map_free(oddity_heat_map *map);

/* ---- Fitting ---- */

/* News of a fit: a member has finished an epoch. */
typedef struct oddity_progress {
    int32_t member, member_count;
    int32_t epoch, epoch_count;
    double training_loss, held_out_loss;
} oddity_progress;

/* What is told while a model is fitted. Any of the functions may be NULL, and may be called by any thread. */
typedef struct oddity_listener {
    void *context;
    /* Returns whether to go on; false cancels the fit, which fails with the code "cancelled". */
    bool (*progress)(void *context, const oddity_progress *progress);
    /* Something that a person should know. */
    void (*note)(void *context, const char *text);
} oddity_listener;

/* Fits a detector to the rows of a table, without labels.
 *
 * `configuration` is a JSON object of the options of `oddity fit`, with underscores: {"hidden": [64, 8], "epochs": 100}.
 * NULL is all defaults. With "time", the name of a column, "entity", or "series": true the rows are those of series, and the
 * model is one of series. "schema" is what oddity_inspect returns. `found` gets what `oddity find` says of the fitted rows: each is judged by networks that did not
 * see it. It may be NULL, and has to be with "folds": 1, "label" or "alarms_per_day". */
oddity_model *oddity_fit(const oddity_table *table, const char *configuration, const oddity_listener *listener,
                         const oddity_scores *found, oddity_error **error);

/* Fits a detector to images of normal things.
 *
 * `configuration` is a JSON object of the options of `oddity fit` for images. "group", which images show one piece, is a pattern
 * of their paths, or a list of a text, a number or null for each, of which null is a piece of its own. `found` gets what `oddity find` says of each image
 * that was learned from, judged by networks that did not see it; of others nothing. It may be NULL. */
oddity_model *oddity_fit_images(const oddity_images *images, const char *configuration, const oddity_listener *listener,
                                const oddity_scores *found, oddity_error **error);

#ifdef __cplusplus
}
#endif

#endif
