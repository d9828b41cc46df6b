// Opens .npz files, which are zip archives.
#include <zip.h>
