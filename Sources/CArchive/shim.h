#pragma once
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#ifdef __APPLE__
#include <xlocale.h>
#define WINNOW_UTF8 "UTF-8"
#else
#define WINNOW_UTF8 "C.UTF-8"
#endif

// libarchive converts names by the locale of the thread that calls it. A program that sets none has that of C, in
// which names beyond ASCII are lost. Null where there is no such locale.
static inline locale_t winnow_utf8_locale(void) {
  return newlocale(LC_CTYPE_MASK, WINNOW_UTF8, (locale_t)0);
}

// As archive_read_next_header, with `locale`; `name` is the entry's in UTF-8 or as it stands, null where it cannot be
// read.
static inline int winnow_next_header(struct archive *archive, locale_t locale, struct archive_entry **entry,
                                     const char **name) {
  locale_t before = uselocale(locale);
  int code = archive_read_next_header(archive, entry);
  if (code == ARCHIVE_OK || code == ARCHIVE_WARN) {
    *name = archive_entry_pathname_utf8(*entry);
    if (*name == NULL)
      *name = archive_entry_pathname(*entry);
  }
  uselocale(before);
  return code;
}
