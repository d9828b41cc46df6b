// Decodes JPEG, and loads BMP and PNM.
#include <turbojpeg.h>
