#ifndef C_MAIN_CONTENT_MODEL_H
#define C_MAIN_CONTENT_MODEL_H

#include <stddef.h>

/// The bytes of the model file that the program was built with; their number goes to `count`.
const unsigned char *winnow_main_content_model(size_t *count);

#endif
