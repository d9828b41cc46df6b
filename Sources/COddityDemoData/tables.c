#include "COddityDemoData.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const char training[] = {
#embed "benign-train.csv"
    , 0};

static const char patients[] = {
#embed "patients.csv"
    , 0};

const char *oddity_demo_training(void) { return training; }
const char *oddity_demo_patients(void) { return patients; }
