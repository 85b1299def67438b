/** Tries what is forbidden, and shows that and why the kernel refuses it. */

import {
  BOOT_SLOT_CONSOLE,
  BOOT_SLOT_FRAMES,
  BOOT_SLOT_SYSTEM,
  BOOT_SLOT_TABLE,
  BootInfo,
} from '../../kernel-src/abi/boot-info.ts';
import {
  ERROR_BAD_ARGUMENT,
  ERROR_BAD_OPERATION,
  ERROR_EMPTY,
  ERROR_NO_CAPABILITY,
  ERROR_OK,
  ERROR_OUT_OF_RANGE,
  ERROR_WRONG_KIND,
} from '../../kernel-src/abi/errors.ts';
import { IDENTIFIER_ITSELF } from '../../kernel-src/abi/identifiers.ts';
import { KIND_CONSOLE, KIND_ITSELF } from '../../kernel-src/abi/kinds.ts';
import { INSPECT_COUNT, INSPECT_KIND } from '../../kernel-src/abi/capability-table-operations.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { printAnswer } from '../lib/answers.ts';
import { printLine, printTab, printText } from '../lib/console.ts';
import {
  capabilityTableInspect,
  consoleWrite,
  framesInspect,
  systemReboot,
  systemShutdown,
} from '../lib/generated/operations.ts';
import { invoke } from '../lib/invoke.ts';
import { printTitle } from './machine.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const CONSOLE: u64 = u64(BOOT_SLOT_CONSOLE);
const SYSTEM: u64 = u64(BOOT_SLOT_SYSTEM);
const FRAMES: u64 = u64(BOOT_SLOT_FRAMES);
/** A slot that boot leaves empty. */
const EMPTY_SLOT: u64 = 7n;
/** An id with one further level: slot 5 of the table linked below the first slot, where there is none. */
const DEEPER: u64 = 0x100_0140n;
/** The same with a bit that no id has. */
const DEEPER_STRAY: u64 = 0x1100_0140n;
/** Where the answer begins. */
const ANSWER_BEGIN: u32 = 48;

/** Shows an answer. True if it is the expected refusal. */
function refused(what: Text, outcome: Outcome, error: u64, detail: u64): boolean {
  printText('  ');
  printText(what);
  printTab(ANSWER_BEGIN);
  printAnswer(outcome);
  const expected = outcome.error === error && outcome.value === detail;
  if (!expected) {
    printText('; expected ');
    printAnswer({ error: error, value: detail });
  }
  printLine();
  return expected;
}

/** What the look-up refuses, whatever the operation. */
function refusalsOfLookUp(): boolean {
  let sound = refused(
    'operation 9999 of the console',
    invoke(0n, 0n, 0n, 0n, 0n, 0n, 9999n, CONSOLE),
    ERROR_BAD_OPERATION,
    9999n,
  );
  if (!refused('Console.Write to an empty slot', consoleWrite(EMPTY_SLOT, 0n, 1n), ERROR_NO_CAPABILITY, 0n))
    sound = false;
  if (!refused('Console.Write to a slot of no table', consoleWrite(DEEPER, 0n, 1n), ERROR_NO_CAPABILITY, 1n))
    sound = false;
  if (!refused('Console.Write to an id with a stray bit', consoleWrite(DEEPER_STRAY, 0n, 1n), ERROR_BAD_ARGUMENT, 7n))
    sound = false;
  if (
    !refused(
      'Console.Write to the calling thread',
      consoleWrite(IDENTIFIER_ITSELF, 0n, 1n),
      ERROR_WRONG_KIND,
      KIND_ITSELF,
    )
  )
    sound = false;
  if (!refused('System.Reboot of the console', systemReboot(CONSOLE), ERROR_WRONG_KIND, KIND_CONSOLE)) sound = false;
  return sound;
}

/** What the operations refuse. */
function refusalsOfOperations(): boolean {
  const frames = capabilityTableInspect(TABLE, FRAMES, INSPECT_COUNT);
  if (frames.error !== ERROR_OK) return refused('Inspect of the frames', frames, ERROR_OK, 0n);
  const count = frames.value;
  let sound = refused('Console.Write of 9 bytes', consoleWrite(CONSOLE, 0n, 9n), ERROR_OUT_OF_RANGE, 9n);
  if (!refused('Console.Write of 1 byte, 2 given', consoleWrite(CONSOLE, 0x4142n, 1n), ERROR_BAD_ARGUMENT, 0n))
    sound = false;
  if (!refused('Inspect of the frame after the last one', framesInspect(FRAMES, count), ERROR_OUT_OF_RANGE, count))
    sound = false;
  if (!refused('Inspect of frame 2^63', framesInspect(FRAMES, 0x8000_0000_0000_0000n), ERROR_OUT_OF_RANGE, count))
    sound = false;
  if (!refused('Inspect of an empty slot', capabilityTableInspect(TABLE, EMPTY_SLOT, INSPECT_KIND), ERROR_EMPTY, 0n))
    sound = false;
  if (!refused('Inspect of slot 64', capabilityTableInspect(TABLE, 64n, INSPECT_KIND), ERROR_OUT_OF_RANGE, 64n))
    sound = false;
  if (!refused('Shutdown with exit code 256', systemShutdown(SYSTEM, 256n), ERROR_OUT_OF_RANGE, 256n)) sound = false;
  return sound;
}

/** Everything that is refused. False if an answer was not the expected one. */
export function showRefusals(_info: BootInfo): boolean {
  printTitle('Refused');
  let sound = refusalsOfLookUp();
  if (!refusalsOfOperations()) sound = false;
  return sound;
}
