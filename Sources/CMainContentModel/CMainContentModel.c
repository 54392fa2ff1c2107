#include "CMainContentModel.h"

// The model is part of the program, so that no file has to be found when it runs. `#embed` is C23; Clang
// knows it in the older modes, too, and says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char model[] = {
#embed "main-content.model"
};

const unsigned char *winnow_main_content_model(size_t *count) {
  *count = sizeof model;
  return model;
}
