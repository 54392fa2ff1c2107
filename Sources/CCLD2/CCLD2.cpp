#include "CCLD2.h"

// CLD2's header uses FILE without including it.
#include <cstdio>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <climits>

// The full tables lie in a library of their own and take the place of the small ones, which libcld2 holds
// beside the code. Nothing else refers to that library, and a linker would leave it out.
namespace CLD2 {
struct CLD2TableSummary;
extern const CLD2TableSummary kQuad_obj;
}  // namespace CLD2
[[gnu::used]] static const void *const full_tables = &CLD2::kQuad_obj;

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
