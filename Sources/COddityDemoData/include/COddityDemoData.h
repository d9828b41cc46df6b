// The two tables of `oddity demo`, part of the program so that it needs no file beside it.
//
// Why C: #embed takes a file into the program in milliseconds; as a Swift array literal the same
// bytes take the compiler a minute.
#ifndef ODDITY_CDEMODATA_H
#define ODDITY_CDEMODATA_H

// Zero-terminated CSV text.
const char *oddity_demo_training(void);
const char *oddity_demo_patients(void);

#endif
