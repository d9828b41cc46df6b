#include "COddityFuzzer.h"
