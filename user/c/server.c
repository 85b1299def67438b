/*
 * A component in C that others call. The entry stub and the pools of stacks are
 * those of the library in TypeScript (user/lib/entry.S, user/lib/server.ts). Here
 * each call gets thread-local data of its own, on its stack: so errno works.
 */
#include <errno.h>
#include <picotls.h>
#include <stdlib.h>

#include "component.h"

#include "user/lib/server.h"

_Static_assert(HARMONY_REPLY_NO_STACK == REPLY_NO_STACK && HARMONY_REPLY_NO_BADGE == REPLY_NO_BADGE,
               "component.h: the numbers of the stub's own answers");

/** What psABI wants of a stack pointer. */
#define STACK_ALIGNMENT 16

/** The size of thread-local data (user/lib/user.ld): the address of this symbol. */
extern char __tls_size[];
/** Its alignment, as user.ld says it. */
#define TLS_ALIGNMENT 64

void serverCall(
    uint64_t first, uint64_t second, uint64_t third, uint64_t fourth, uint64_t badge, uint64_t token, Reply *reply);

/** Entered by the stub, on the stack of the call. */
void serverCall(
    uint64_t first, uint64_t second, uint64_t third, uint64_t fourth, uint64_t badge, uint64_t token, Reply *reply) {
  char *own = __builtin_alloca_with_align((size_t)__tls_size + TLS_ALIGNMENT, TLS_ALIGNMENT * 8);
  _init_tls(own);
  _set_tls(own);
  HarmonyRequest request = {.arguments = {first, second, third, fourth}, .badge = badge, .token = token};
  HarmonyReply answer = {.results = {0}};
  harmonyServe(&request, &answer);
  reply->status = answer.results[0];
  reply->first = answer.results[1];
  reply->second = answer.results[2];
  reply->third = answer.results[3];
}

uint64_t harmonyServerStart(uint64_t badges, uint64_t stacks, uint64_t size) {
  if (badges == 0 || badges > SERVER_BADGES || stacks == 0 || stacks > SERVER_STACKS || size % STACK_ALIGNMENT != 0) {
    errno = EINVAL;
    return 0;
  }
  void *memory = aligned_alloc(STACK_ALIGNMENT, badges * stacks * size);
  if (memory == NULL) return 0;
  return serverStart((uint64_t)memory, badges, stacks, size);
}

uint64_t harmonyServerFreeStacks(uint64_t badge) { return serverFreeStacks(badge); }
