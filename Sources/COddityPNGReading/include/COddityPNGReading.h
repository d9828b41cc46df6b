// Reads PNG with libpng.
//
// libpng reports errors with longjmp, which must not cross Swift frames, so reading is in C. Its simplified
// functions need no longjmp, but convert 16-bit samples and those of files with a gamma; here samples come
// out as they are stored.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef enum {
    png_reading_ok = 0,
    png_reading_truncated = 1,
    png_reading_damaged = 2,
    png_reading_no_memory = 3,
} png_reading_result;

typedef struct {
    uint32_t width;
    uint32_t height;
    // 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA; palettes and fewer than 8 bits are expanded.
    int32_t channel_count;
    // 1, or 2 in the machine's byte order.
    int32_t sample_size;
    // The start of the EXIF data, where the orientation stands; 0 bytes without any.
    uint32_t exif_size;
    uint8_t exif[1024];
    // What is wrong, where the result is an error.
    char message[128];
} png_reading_info;

// Reads what a PNG file says before its pixels, and the pixels if `pixels` is not null; then it has room for
// width × height × channel_count × sample_size bytes of the same info.
png_reading_result png_reading_read(
    const uint8_t *bytes, size_t size, png_reading_info *info, void *pixels);
