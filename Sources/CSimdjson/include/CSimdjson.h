#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A C face of simdjson's DOM parser: one call parses one JSON text and lays the tree out as a flat
// array in document order, which Swift walks without a call per value.

#ifdef __cplusplus
extern "C" {
#endif

enum {
  csimdjson_null,
  csimdjson_false,
  csimdjson_true,
  csimdjson_integer,
  csimdjson_number,
  // A number that neither int64_t nor double holds: its text is in `string`.
  csimdjson_digits,
  csimdjson_string,
  csimdjson_array,
  csimdjson_object,
};

typedef struct {
  // The member's name; NULL for elements of arrays and for the root. UTF-8, not terminated.
  const char *key;
  size_t key_length;
  // csimdjson_string and csimdjson_digits only. UTF-8, not terminated.
  const char *string;
  size_t length;
  int64_t integer;
  double number;
  // Index of the first node after this value and everything in it.
  uint32_t next;
  // One of the kinds above.
  uint8_t kind;
} csimdjson_node;

typedef struct csimdjson_parser csimdjson_parser;

// NULL when memory is short.
csimdjson_parser *csimdjson_make(void);
void csimdjson_free(csimdjson_parser *parser);

// Whether the bytes are well-formed UTF-8.
bool csimdjson_is_utf8(const uint8_t *bytes, size_t length);

// Whether a JSON text holds more than `limit` values, an upper bound of them being counted: one for each
// comma and opening bracket outside strings. Needs no memory, and no bytes after the text.
bool csimdjson_exceeds(const uint8_t *bytes, size_t length, size_t limit);

// Bytes after a text that must be readable, whatever they hold.
size_t csimdjson_padding(void);

// Parses `length` bytes, after which csimdjson_padding() more are readable. Returns NULL and sets the
// nodes, valid until the next call with this parser, or returns a message with static lifetime.
const char *csimdjson_parse(csimdjson_parser *parser, const uint8_t *bytes, size_t length,
                            const csimdjson_node **nodes);

// Gives back the memory that a large text took. Its nodes are gone.
void csimdjson_shrink(csimdjson_parser *parser);

#ifdef __cplusplus
}
#endif
