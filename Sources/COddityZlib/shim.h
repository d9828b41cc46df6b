// zlib reads plain files and gzip files through the same calls.
#include <zlib.h>
