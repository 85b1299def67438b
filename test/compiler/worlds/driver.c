/* Makes the stated calls and prints TAP; a failed check of the program jumps back here. */
#include "driver.h"
#include "jump.h"

enum { TEXT_SIZE = 128 };

static char outcome[TEXT_SIZE];
static u32 outcomeLength;
static JumpState beforeCall;

static void add(char character) {
  if (outcomeLength + 1 < TEXT_SIZE) outcome[outcomeLength++] = character;
}
static void addText(const char *text) {
  while (*text != 0) add(*text++);
}
static void addNumber(u64 value) {
  char digits[20];
  u32 count = 0;
  do {
    digits[count++] = (char)('0' + value % 10);
    value /= 10;
  } while (value != 0);
  while (count > 0) add(digits[--count]);
}

void acceptReportBoolean(bool value) { addText(value ? "true" : "false"); }
void acceptReportUnsigned(u32 value) { addNumber(value); }
void acceptReportUnsigned64(u64 value) {
  addNumber(value);
  add('n');
}
void acceptReportSigned(i32 value) {
  if (value < 0) add('-');
  addNumber(value < 0 ? 0u - (u64)value : (u64)value);
}
void acceptReportSigned64(i64 value) {
  if (value < 0) add('-');
  acceptReportUnsigned64(value < 0 ? 0u - (u64)value : (u64)value);
}

static void print(const char *text) {
  while (*text != 0) machinePut(*text++);
}

/** A failed check: the call ends here. */
void harmonyTrap(Text site) {
  outcomeLength = 0;
  addText("traps ");
  for (u32 i = 0; i < site.length; i++) add((char)site.bytes[i]);
  jumpBack(&beforeCall);
}

/* What the accept sources declare. */
_Noreturn void acceptStop(u32 code);
u64 acceptFence(u64 value);
u32 acceptTwice(u32 value);
_Noreturn void acceptStop(u32 code) {
  (void)code;
  harmonyTrap(TEXT("acceptStop"));
}
u64 acceptFence(u64 value) {
  __sync_synchronize();
  return value;
}
u32 acceptTwice(u32 value) { return value * 2; }

/** "traps" stands for a trap at any site. */
static bool isExpected(const char *expected) {
  const char *found = outcome;
  while (*expected != 0 && *expected == *found) {
    expected++;
    found++;
  }
  return *expected == 0 && (*found == 0 || *found == ' ');
}

u32 acceptRun(void) {
  static u32 failures;
  static u32 number;
  print("TAP version 13\n1..");
  outcomeLength = 0;
  addNumber(acceptCallCount);
  add(0);
  print(outcome);
  print("\n");
  for (failures = 0, number = 0; number < acceptCallCount; number++) {
    outcomeLength = 0;
    if (jumpMark(&beforeCall) == 0) acceptCalls[number].make();
    outcome[outcomeLength] = 0;
    const bool right = isExpected(acceptCalls[number].expected);
    if (!right) failures++;
    print(right ? "ok - " : "not ok - ");
    print(acceptCalls[number].text);
    print(" = ");
    print(outcome);
    print("\n");
  }
  return failures;
}
