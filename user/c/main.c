/* From the start file to `main`, and from its end to that of the machine. */
/* getpid and kill are not part of C11. */
#define _DEFAULT_SOURCE

#include <errno.h>
#include <picolibc.h>
#include <picotls.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "component.h"
#include "support.h"

/** Largest exit code of the machine. */
#define EXIT_CODE_MAXIMUM 255
/** What a signal that ends a program adds to its number for the exit code, as shells have it. */
#define EXIT_CODE_SIGNAL 128
/** The number of the only process that there is. */
#define PROCESS 1

/** The thread-local data of the first thread (user/lib/user.ld). */
extern char __tls_base[];
void __libc_init_array(void);
int main(void);
_Noreturn void componentMain(const HarmonyBootInfo *info);

const HarmonyBootInfo *harmonyBootInfo;

/** Entered by the start file. */
void componentMain(const HarmonyBootInfo *info) {
  /* First: errno, which everything may set, is thread-local. */
  _init_tls(__tls_base);
  _set_tls(__tls_base);
  harmonyBootInfo = info;
  harmonyMemoryStart(info);
  __libc_init_array();
  exit(main());
}

/** The end of the machine. A code that it cannot have becomes 255, so that no failure looks like success. */
void _exit(int code) {
  harmonyConsoleFlush();
  uint64_t status = code < 0 || code > EXIT_CODE_MAXIMUM ? EXIT_CODE_MAXIMUM : (uint64_t)code;
  harmonySystemShutdown(HARMONY_BOOT_SLOT_SYSTEM, status);
  /* The component may not do that. It can still end itself, and whoever runs the thread is told: Exited. */
  harmonyItselfReturn(status, 0, 0, 0);
  for (;;) __asm__ volatile("ebreak");
}

/* What `abort` and `raise` are made of. */
pid_t getpid(void) { return PROCESS; }

int kill(pid_t process, int signal) {
  if (process == PROCESS) _exit(EXIT_CODE_SIGNAL + signal);
  errno = ESRCH;
  return -1;
}
