#include "CCLD2.h"

// CLD2's header uses FILE without including it.
#include <cstdio>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <climits>

bool ccld2_detect(const char *text, size_t length, ccld2_language languages[3]) {
  CLD2::Language language3[3];
  int percent3[3];
  double score3[3];
  int text_bytes = 0;
  bool is_reliable = false;
  const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  // CLD2 counts in int; no text that long passes run.max_document, but nothing here may rely on it.
  const int bytes = length > INT_MAX ? INT_MAX : int(length);
  CLD2::ExtDetectLanguageSummary(text, bytes, true, &hints, 0, language3, percent3, score3, nullptr,
                                 &text_bytes, &is_reliable);
  for (int i = 0; i < 3; i++)
    languages[i] = {CLD2::LanguageCode(language3[i]), percent3[i], score3[i]};
  return is_reliable;
}
