#pragma once
#include <isa-l.h>
#include <stdlib.h>
#include <string.h>

// The state has more than a hundred kilobytes, and arrays that Swift does not see.
static inline struct inflate_state *winnow_make_inflater(void) { return malloc(sizeof(struct inflate_state)); }

static inline void winnow_free_inflater(struct inflate_state *state) { free(state); }

// Begins a stream. `wrapper` is one of ISAL_DEFLATE, ISAL_GZIP and ISAL_ZLIB.
static inline void winnow_begin_inflating(struct inflate_state *state, uint32_t wrapper) {
  isal_inflate_init(state);
  // Damaged data can make it hand out bytes that it did not write: those of another stream, or of another use of
  // the memory.
  memset(state->tmp_out_buffer, 0, sizeof state->tmp_out_buffer);
  state->crc_flag = wrapper;
}

// After an error: what was decompressed before it and not yet handed out. Returns how many bytes were copied.
static inline uint32_t winnow_take_inflated(struct inflate_state *state, uint8_t *out, uint32_t room) {
  int32_t left = state->tmp_out_valid - state->tmp_out_processed;
  if (left <= 0 || state->tmp_out_valid > (int32_t)sizeof state->tmp_out_buffer)
    return 0;
  uint32_t count = (uint32_t)left < room ? (uint32_t)left : room;
  memcpy(out, state->tmp_out_buffer + state->tmp_out_processed, count);
  state->tmp_out_processed += (int32_t)count;
  return count;
}
