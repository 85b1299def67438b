#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "parts.h"
#include "tap.h"

static _Thread_local int initialised = 42;
static _Thread_local uint64_t zero;
static _Thread_local _Alignas(64) char aligned[100];
extern char __tls_base[];
extern char __tls_size[];

static void checkThreadLocal(void) {
  uintptr_t base = (uintptr_t)__tls_base;
  uintptr_t end = base + (uintptr_t)__tls_size;
  uintptr_t places[] = {(uintptr_t)&initialised, (uintptr_t)&zero, (uintptr_t)aligned, (uintptr_t)&errno};
  bool inside = true;
  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) inside = inside && places[i] >= base && places[i] < end;
  tapCheck(inside, "thread-local data lies in the copy of the first thread");
  tapCheck(initialised == 42 && zero == 0 && aligned[99] == 0, "it has its first values");
  tapCheck((uintptr_t)aligned % 64 == 0, "it is aligned as it asks for");
  initialised = 7;
  memset(aligned, 'x', sizeof aligned);
  errno = EAGAIN;
  tapCheck(initialised == 7 && zero == 0 && errno == EAGAIN, "its parts do not overlap");
  errno = 0;
}

void checkStart(void) {
  const HarmonyBootInfo *info = harmonyBootInfo;
  tapCheck(info->magic == HARMONY_BOOT_INFO_MAGIC, "BootInfo begins with its magic number");
  tapCheck(info->abiVersion == HARMONY_ABI_VERSION, "the kernel has the version of the header");
  tapCheck(info->size == sizeof *info, "BootInfo is as large as its structure");
  tapCheck(info->ramCount >= 1 && info->hartCount >= 1 && info->memoryCount >= 4, "it counts memory and harts");
  uint64_t before = 0;
  bool ordered = true;
  bool free = false;
  for (uint32_t i = 0; i < info->memoryCount; i++) {
    ordered = ordered && info->memory[i].base >= before && info->memory[i].size % HARMONY_FRAME_SIZE == 0;
    before = info->memory[i].base + info->memory[i].size;
    free = free || info->memory[i].use == HARMONY_MEMORY_FREE;
  }
  tapCheck(ordered && free, "the memory map is in order and has free parts");
  bool named = info->deviceCount > 0;
  for (uint32_t i = 0; i < info->deviceCount; i++) named = named && info->devices[i].name[0] != 0;
  tapCheck(named, "each device has a name");
  checkThreadLocal();
}
