#pragma once
#include <stdbool.h>

#include "CProgram.h"

// Requests to the operating system before a run that Swift cannot express.

// Makes the allocator give large pieces of memory back as soon as they are free, instead of keeping them
// for the thread that had them. Does nothing where the allocator is another than glibc's.
void cmachine_return_large_memory(void);

// Whether so many threads can be started beside each other. Returns 0, or the error number of the first
// that could not.
int cmachine_try_threads(int count);

// Whether so many descriptors are left. Returns 0, or an error number.
int cmachine_try_descriptors(int count);

// Puts something that can neither be read nor written where standard input, output and error are closed: a
// file that is opened later would take their place, and be read or written for them.
void cmachine_keep_standard_descriptors(void);
