// Streaming decompression of zstd frames, and the codes of its errors.
#include <zstd.h>
#include <zstd_errors.h>
