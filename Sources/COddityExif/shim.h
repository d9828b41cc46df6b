// Reads EXIF data, of which Images uses the orientation.
#include <libexif/exif-data.h>
