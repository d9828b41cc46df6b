#include "COddityPNGReading.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    const uint8_t *bytes;
    size_t left;
    int truncated;
    png_reading_info *info;
} source;

static void fail(png_structp png, png_const_charp message)
{
    source *from = png_get_error_ptr(png);
    snprintf(from->info->message, sizeof from->info->message, "%s", message);
    png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

static void give(png_structp png, png_bytep target, size_t size)
{
    source *from = png_get_io_ptr(png);
    if (size > from->left) {
        from->truncated = 1;
        png_error(png, "the file ends too early");
    }
    memcpy(target, from->bytes, size);
    from->bytes += size;
    from->left -= size;
}

static void copy_exif(png_structp png, png_infop details, png_reading_info *info)
{
    png_uint_32 size = 0;
    png_bytep exif = NULL;
    info->exif_size = 0;
    if (png_get_eXIf_1(png, details, &size, &exif) != PNG_INFO_eXIf) return;
    info->exif_size = size < sizeof info->exif ? size : sizeof info->exif;
    memcpy(info->exif, exif, info->exif_size);
}

// Whether the bytes have what their chunks claim: libpng makes room for a chunk before it reads it.
//
// The start of a file, which is enough for its sizes, may end in pixels or in a small chunk.
static int has_chunks(const uint8_t *bytes, size_t size, int is_start)
{
    const size_t small = 1 << 23;
    const size_t head = 8; // the length and the name of a chunk; behind its bytes stand 4 of checksum
    size_t place = 8;
    while (place + head <= size) {
        const uint8_t *chunk = bytes + place;
        const size_t length =
            (size_t)chunk[0] << 24 | (size_t)chunk[1] << 16 | (size_t)chunk[2] << 8 | chunk[3];
        const int is_pixels = memcmp(chunk + 4, "IDAT", 4) == 0;
        if (length + 4 > size - place - head) return is_start && (is_pixels || length <= small);
        if (memcmp(chunk + 4, "IEND", 4) == 0) return 1;
        place += head + length + 4;
    }
    return 1;
}

// Everything that libpng may leave with longjmp; no variable is changed between setjmp and a jump that is
// read after it.
static int read_all(png_structp png, png_infop details, source *from, uint8_t *pixels)
{
    if (setjmp(png_jmpbuf(png))) return 1;
    png_set_read_fn(png, from, give);
    // Sizes are checked by the caller, against its own limit, before it makes room for pixels.
    png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
    png_read_info(png, details);
    png_set_expand(png);
    const uint16_t one = 1;
    if (*(const uint8_t *)&one) png_set_swap(png);
    const int passes = png_set_interlace_handling(png);
    png_read_update_info(png, details);
    from->info->width = png_get_image_width(png, details);
    from->info->height = png_get_image_height(png, details);
    from->info->channel_count = png_get_channels(png, details);
    from->info->sample_size = png_get_bit_depth(png, details) == 16 ? 2 : 1;
    copy_exif(png, details, from->info);
    if (!pixels) return 0;
    const size_t row_size = png_get_rowbytes(png, details);
    for (int pass = 0; pass < passes; pass++)
        for (uint32_t y = 0; y < from->info->height; y++)
            png_read_row(png, pixels + y * row_size, NULL);
    png_read_end(png, NULL);
    return 0;
}

png_reading_result png_reading_read(
    const uint8_t *bytes, size_t size, png_reading_info *info, void *pixels)
{
    source from = {.bytes = bytes, .left = size, .truncated = 0, .info = info};
    info->message[0] = 0;
    if (!has_chunks(bytes, size, !pixels)) return png_reading_truncated;
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &from, fail, ignore);
    if (!png) return png_reading_no_memory;
    png_infop details = png_create_info_struct(png);
    if (!details) {
        png_destroy_read_struct(&png, NULL, NULL);
        return png_reading_no_memory;
    }
    const int failed = read_all(png, details, &from, pixels);
    png_destroy_read_struct(&png, &details, NULL);
    if (!failed) return png_reading_ok;
    return from.truncated ? png_reading_truncated : png_reading_damaged;
}
