#include "CMachine.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

void cmachine_return_large_memory(void) {
#ifdef __GLIBC__
  // Fixed bounds: glibc's own for pieces grows to 32 MiB with what was freed; that for the end of the heap is so low
  // that each page of some size would be given back and asked for again, which takes longer than parsing it.
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
#endif
}

static void *wait_for_lock(void *lock) {
  pthread_mutex_lock(lock);
  pthread_mutex_unlock(lock);
  return NULL;
}

int cmachine_try_threads(int count) {
  pthread_t *threads = malloc((size_t)count * sizeof(pthread_t));
  if (threads == NULL)
    return ENOMEM;
  pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  // All of them wait until the last is there.
  pthread_mutex_lock(&lock);
  int started = 0;
  int error = 0;
  while (started < count && error == 0) {
    error = pthread_create(&threads[started], NULL, wait_for_lock, &lock);
    started += error == 0;
  }
  pthread_mutex_unlock(&lock);
  for (int index = 0; index < started; index++)
    pthread_join(threads[index], NULL);
  pthread_mutex_destroy(&lock);
  free(threads);
  return error;
}

int cmachine_try_descriptors(int count) {
  int *descriptors = malloc((size_t)count * sizeof(int));
  if (descriptors == NULL)
    return ENOMEM;
  int opened = 0;
  int error = 0;
  while (opened < count && error == 0) {
    descriptors[opened] = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (descriptors[opened] < 0)
      error = errno;
    else
      opened++;
  }
  for (int index = 0; index < opened; index++)
    close(descriptors[index]);
  free(descriptors);
  return error;
}

void cmachine_keep_standard_descriptors(void) {
  const int modes[] = {O_WRONLY, O_RDONLY, O_RDONLY};
  for (int descriptor = 0; descriptor < 3; descriptor++)
    if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF) {
      // The lowest that is free is this one, since those below are open.
      if (open("/dev/null", modes[descriptor]) < 0)
        return;
    }
}
