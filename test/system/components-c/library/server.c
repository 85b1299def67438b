#include <errno.h>
#include <stdlib.h>

#include "parts.h"
#include "tap.h"

#define ENTRY UINT64_C(60)
#define OTHER UINT64_C(61)
#define STRANGER UINT64_C(62)
#define BADGES 4
#define STACKS 2
#define STACK_SIZE 2048

/** What can be asked: the sum of two numbers; to be called once more, deeper; to fault. */
enum { SUM, AGAIN, FAULT };

static uintptr_t stackSeen;

void harmonyServe(const HarmonyRequest *request, HarmonyReply *reply) {
  stackSeen = (uintptr_t)__builtin_frame_address(0);
  uint64_t kind = request->arguments[0];
  if (kind == SUM) {
    errno = ERANGE;
    reply->results[1] = request->arguments[1] + request->arguments[2];
    reply->results[2] = request->badge;
    reply->results[3] = request->token;
  }
  if (kind == AGAIN) {
    uint64_t left = request->arguments[1];
    HarmonyResults inner = harmonyInvocationCall(ENTRY, left == 0 ? SUM : AGAIN, left - 1, 0, 0);
    reply->results[0] = inner.value;
    reply->results[1] = inner.a2;
  }
  if (kind == FAULT) __asm__ volatile("ebreak");
}

static bool makeEntry(uint64_t slot, uint64_t address, uint64_t badge) {
  return harmonyCapabilityTableCreate(
             HARMONY_BOOT_SLOT_TABLE, slot, HARMONY_KIND_INVOCATION, HARMONY_BOOT_SLOT_COMPONENT, address, badge, 0)
             .error == HARMONY_ERROR_OK;
}

void checkServer(void) {
  errno = 0;
  tapCheck(harmonyServerStart(17, 1, STACK_SIZE) == 0 && errno == EINVAL, "a server has at most 16 badges");
  uint64_t address = harmonyServerStart(BADGES, STACKS, STACK_SIZE);
  tapCheck(address != 0, "a server is started");
  tapCheck(makeEntry(ENTRY, address, 3), "an invocation with badge 3 of this component is made");
  tapCheck(makeEntry(OTHER, address, 1), "one with badge 1");
  tapCheck(makeEntry(STRANGER, address, BADGES), "one with a badge without a pool");
  errno = EAGAIN;
  HarmonyResults sum = harmonyInvocationCall(ENTRY, SUM, 40, 2, 0);
  tapCheck(sum.error == HARMONY_ERROR_OK && sum.value == 0 && sum.a2 == 42, "it is called, and answers");
  tapCheck(sum.a3 == 3 && sum.a4 != 0, "it sees badge and token");
  tapCheck(errno == EAGAIN, "its errno is not that of the caller");
  uintptr_t here = (uintptr_t)__builtin_frame_address(0);
  tapCheck(stackSeen + 0x8000 < here || stackSeen > here, "it has run on a stack of its own");
  tapCheck(harmonyServerFreeStacks(3) == STACKS, "which is free again");
  HarmonyResults once = harmonyInvocationCall(OTHER, AGAIN, 0, 0, 0);
  tapCheck(once.value == 0, "a call can lead to another one");
  HarmonyResults deep = harmonyInvocationCall(ENTRY, AGAIN, 1, 0, 0);
  tapCheck(deep.value == HARMONY_REPLY_NO_STACK, "the third stack of a badge is refused");
  HarmonyResults strange = harmonyInvocationCall(STRANGER, SUM, 0, 0, 0);
  tapCheck(strange.value == HARMONY_REPLY_NO_BADGE, "so is a badge without a pool");
  HarmonyResults fault = harmonyInvocationCall(OTHER, FAULT, 0, 0, 0);
  tapCheck(fault.error == HARMONY_ERROR_FAULTED, "a fault inside ends the call");
  tapCheck(harmonyServerFreeStacks(1) == STACKS - 1, "and costs a stack of its own badge");
}
