/*
 * The standard streams of C. stdout and stderr share the console: bytes are
 * gathered until a register is full or a line ends. There is no input.
 */
#include <errno.h>
#include <stdio.h>

#include "support.h"

/** Bytes that a register holds. */
#define REGISTER_BYTES 8

/** Bytes that wait to be written, the first one in the lowest bits. */
static uint64_t gathered;
/** How many they are: 0 to 7. */
static unsigned gatheredCount;

/** Writes what waits. What the console refuses is lost, and the stream says so. */
static int consoleFlush(FILE *stream) {
  (void)stream;
  if (gatheredCount == 0) return 0;
  HarmonyOutcome outcome = harmonyConsoleWrite(HARMONY_BOOT_SLOT_CONSOLE, gathered, gatheredCount);
  gathered = 0;
  gatheredCount = 0;
  if (outcome.error == HARMONY_ERROR_OK) return 0;
  errno = EIO;
  return EOF;
}

static int consolePut(char byte, FILE *stream) {
  gathered |= (uint64_t)(unsigned char)byte << (8 * gatheredCount);
  gatheredCount++;
  if ((gatheredCount == REGISTER_BYTES || byte == '\n') && consoleFlush(stream) == EOF) return EOF;
  return (unsigned char)byte;
}

static int noInput(FILE *stream) {
  (void)stream;
  return _FDEV_EOF;
}

static FILE output = FDEV_SETUP_STREAM(consolePut, NULL, consoleFlush, _FDEV_SETUP_WRITE);
static FILE input = FDEV_SETUP_STREAM(NULL, noInput, NULL, _FDEV_SETUP_READ);

FILE *const stdin = &input;
FILE *const stdout = &output;
FILE *const stderr = &output;

void harmonyConsoleFlush(void) { (void)consoleFlush(&output); }
