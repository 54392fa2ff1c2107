#pragma once
#include <stdbool.h>
#include <stddef.h>

// A C face of CLD2, the Compact Language Detector 2, whose tables are built into the library.

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  // CLD2's code of the language ("en", "zh-Hant", "un" for unknown); static lifetime.
  const char *code;
  // Share of the text's letters that are in that language, 0 to 100.
  int percent;
  // How well the text fits the language's own statistics; around 1000 is typical prose.
  double fit;
} ccld2_language;

// The up to three languages of `length` bytes of valid UTF-8, the largest share first. Unused places
// have percent 0. Returns whether CLD2 calls its answer reliable. Safe on any thread.
// A zero byte must follow the text: CLD2 decodes a scalar beyond its end, and crashes on some.
bool ccld2_detect(const char *text, size_t length, ccld2_language languages[3]);

#ifdef __cplusplus
}
#endif
