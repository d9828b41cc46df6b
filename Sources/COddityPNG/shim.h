// Writes PNG through the functions that report errors as values; reading is in COddityPNGReading.
#include <png.h>
