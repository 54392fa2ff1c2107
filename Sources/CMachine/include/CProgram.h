#pragma once
#include <sys/types.h>

// Other programs that work for this one, and end with it.

// A running program. The descriptors are this process's ends of pipes, which do not block.
typedef struct {
  pid_t pid;
  // Becomes readable when the program ends; -1 where the system has no such thing.
  int ended;
  // Its standard input, to be written; output and errors, to be read. -1 once closed.
  int input;
  int output;
  int errors;
} cmachine_program;

// Starts a process that waits for the end of this one, however it comes, and then kills the process groups of
// the programs that are still running. Sets the descriptor by which it is told of them. Returns 0 or an error
// number.
int cmachine_start_warden(int *warden);

// Starts a program, at the head of a process group of its own, and tells the warden. Returns 0 or an error
// number: that of `chdir` into the folder, or that of `execv`.
int cmachine_start_program(const char *path, char *const arguments[], const char *folder, int warden,
                           cmachine_program *program);

// Whether the program has ended; then `status` is its exit code, or less than zero: a signal's number.
int cmachine_program_has_ended(const cmachine_program *program, int *status);

// Ends the program and everything in its process group, and closes the descriptors.
void cmachine_end_program(cmachine_program *program, int warden);
