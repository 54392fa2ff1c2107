#define _GNU_SOURCE
#include "CProgram.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

extern char **environ;

// As many as threads times stages: more are not looked after.
enum { most_programs = 4096 };

static void close_from(int first, int last) {
#if defined(__linux__) && defined(SYS_close_range)
  if (first > last || syscall(SYS_close_range, first, last, 0) == 0)
    return;
#endif
  long most = sysconf(_SC_OPEN_MAX);
  for (int descriptor = first; descriptor <= last && descriptor < most; descriptor++)
    close(descriptor);
}

// Runs in a process with one thread that was forked from one with many: nothing but system calls.
static void guard(int channel) {
  static int32_t groups[most_programs];
  int count = 0;
  // What a terminal or a service manager sends to a whole group is for the others.
  setsid();
  signal(SIGINT, SIG_IGN);
  signal(SIGTERM, SIG_IGN);
  signal(SIGHUP, SIG_IGN);
  // Above all pipes that somebody else waits to see closed.
  close_from(0, channel - 1);
  close_from(channel + 1, INT32_MAX);
  int32_t word;
  for (;;) {
    // Words are written whole, so they are read whole.
    ssize_t length = read(channel, &word, sizeof word);
    if (length < 0 && errno == EINTR)
      continue;
    if (length != sizeof word)
      break;
    if (word > 0 && count < most_programs)
      groups[count++] = word;
    if (word < 0)
      for (int index = 0; index < count; index++)
        if (groups[index] == -word) {
          groups[index] = groups[--count];
          break;
        }
  }
  for (int index = 0; index < count; index++)
    kill(-groups[index], SIGKILL);
  _exit(0);
}

static int make_pipe(int ends[2]) {
#ifdef __linux__
  // At once: another thread may be starting a program, which must not inherit them.
  return pipe2(ends, O_CLOEXEC) < 0 ? errno : 0;
#else
  if (pipe(ends) < 0)
    return errno;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  return 0;
#endif
}

int cmachine_start_warden(int *warden) {
  int ends[2];
  int error = make_pipe(ends);
  if (error != 0)
    return error;
  pid_t child = fork();
  if (child == 0) {
    // Its parent goes at once, so that nobody has to wait for it.
    if (fork() == 0)
      guard(ends[0]);
    _exit(0);
  }
  error = child < 0 ? errno : 0;
  close(ends[0]);
  if (child > 0)
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
      ;
  if (error != 0)
    close(ends[1]);
  else
    *warden = ends[1];
  return error;
}

static void tell(int warden, pid_t pid) {
  int32_t word = pid;
  while (write(warden, &word, sizeof word) < 0 && errno == EINTR)
    ;
}

// In the child, which shares this process's memory until it becomes another program. Returns an error number.
static int become(const char *path, char *const arguments[], const char *folder, int warden, int input,
                  int output, int errors) {
  setpgid(0, 0);
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  tell(warden, getpid());
  // Descriptors of standard streams could be among them, where this process has none.
  int kept[3] = {fcntl(input, F_DUPFD_CLOEXEC, 3), fcntl(output, F_DUPFD_CLOEXEC, 3),
                 fcntl(errors, F_DUPFD_CLOEXEC, 3)};
  for (int stream = 0; stream < 3; stream++)
    if (kept[stream] < 0 || dup2(kept[stream], stream) < 0)
      return errno;
  close_from(3, INT32_MAX);
  // Ignored signals and the mask outlive `execv`.
  for (int number = 1; number < 32; number++)
    if (number != SIGKILL && number != SIGSTOP)
      signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (chdir(folder) < 0)
    return errno;
  execve(path, arguments, environ);
  return errno;
}

int cmachine_start_program(const char *path, char *const arguments[], const char *folder, int warden,
                           cmachine_program *program) {
  int pipes[3][2];
  for (int index = 0; index < 3; index++) {
    int error = make_pipe(pipes[index]);
    if (error == 0)
      continue;
    while (index-- > 0) {
      close(pipes[index][0]);
      close(pipes[index][1]);
    }
    return error;
  }
  // No handler of this process may run in the child.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  volatile int error = 0;
#ifdef __linux__
  // A fork would copy the page tables of a large process, each time.
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
  pid_t pid = vfork();
#else
  pid_t pid = fork();
#endif
  if (pid == 0) {
    error = become(path, arguments, folder, warden, pipes[0][0], pipes[1][1], pipes[2][1]);
    _exit(127);
  }
  if (pid < 0)
    error = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(pipes[0][0]);
  close(pipes[1][1]);
  close(pipes[2][1]);
  *program = (cmachine_program){
      .pid = pid, .ended = -1, .input = pipes[0][1], .output = pipes[1][0], .errors = pipes[2][0]};
  if (error != 0) {
    int failure = error;
    if (pid > 0) {
      cmachine_end_program(program, warden);
    } else {
      close(program->input);
      close(program->output);
      close(program->errors);
    }
    return failure;
  }
  const int ours[] = {program->input, program->output, program->errors};
  for (int index = 0; index < 3; index++)
    fcntl(ours[index], F_SETFL, fcntl(ours[index], F_GETFL) | O_NONBLOCK);
#ifdef __linux__
  // Fewer turns between the two. Denied where a user has many pipes; then it is slower.
  fcntl(program->input, F_SETPIPE_SZ, 1 << 20);
  fcntl(program->output, F_SETPIPE_SZ, 1 << 20);
#ifdef SYS_pidfd_open
  program->ended = (int)syscall(SYS_pidfd_open, pid, 0);
#endif
#endif
  return 0;
}

int cmachine_program_has_ended(const cmachine_program *program, int *status) {
  siginfo_t info = {0};
  // It stays a zombie, so that its number, which is its group's, is not given to another.
  if (waitid(P_PID, (id_t)program->pid, &info, WEXITED | WNOHANG | WNOWAIT) < 0) {
    *status = 0;
    return errno != EINTR;
  }
  if (info.si_pid == 0)
    return 0;
  *status = info.si_code == CLD_EXITED ? info.si_status : -info.si_status;
  return 1;
}

void cmachine_end_program(cmachine_program *program, int warden) {
  kill(-program->pid, SIGKILL);
  kill(program->pid, SIGKILL);
  tell(warden, -program->pid);
  while (waitpid(program->pid, NULL, 0) < 0 && errno == EINTR)
    ;
  const int ours[] = {program->ended, program->input, program->output, program->errors};
  for (int index = 0; index < 4; index++)
    if (ours[index] >= 0)
      close(ours[index]);
  *program = (cmachine_program){.pid = -1, .ended = -1, .input = -1, .output = -1, .errors = -1};
}
