// Writes PNG through the functions that report errors as values; reading is in CPNGReading.
#include <png.h>
