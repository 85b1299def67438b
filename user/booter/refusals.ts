/** Tries what is forbidden, and shows that and why the kernel refuses it. */

import {
  BOOT_SLOT_CONSOLE,
  BOOT_SLOT_FRAMES,
  BOOT_SLOT_SYSTEM,
  BOOT_SLOT_TABLE,
} from '../../kernel-src/abi/boot-info.ts';
import {
  ERROR_BAD_ARGUMENT,
  ERROR_BAD_OPERATION,
  ERROR_EMPTY,
  ERROR_NO_CAPABILITY,
  ERROR_OUT_OF_RANGE,
  ERROR_WRONG_KIND,
} from '../../kernel-src/abi/errors.ts';
import { IDENTIFIER_ITSELF } from '../../kernel-src/abi/identifiers.ts';
import { KIND_CONSOLE, KIND_ITSELF } from '../../kernel-src/abi/kinds.ts';
import { INSPECT_KIND } from '../../kernel-src/abi/capability-table-operations.ts';
import { frameRangeLength } from '../lib/frames.ts';
import {
  capabilityTableInspect,
  consoleWrite,
  framesInspect,
  systemReboot,
  systemShutdown,
} from '../lib/generated/operations.ts';
import { invoke } from '../lib/invoke.ts';
import { reportRefusal, reportTitle } from './report.ts';

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
/** What the look-up refuses, whatever the operation. */
function refusalsOfLookUp(): void {
  const unknown = invoke(0n, 0n, 0n, 0n, 0n, 0n, 9999n, CONSOLE);
  reportRefusal('operation 9999 of the console', unknown, ERROR_BAD_OPERATION, 9999n);
  reportRefusal('Console.Write to an empty slot', consoleWrite(EMPTY_SLOT, 0n, 1n), ERROR_NO_CAPABILITY, 0n);
  reportRefusal('Console.Write to a slot of no table', consoleWrite(DEEPER, 0n, 1n), ERROR_NO_CAPABILITY, 1n);
  const stray = consoleWrite(DEEPER_STRAY, 0n, 1n);
  reportRefusal('Console.Write to an id with a stray bit', stray, ERROR_BAD_ARGUMENT, 7n);
  const itself = consoleWrite(IDENTIFIER_ITSELF, 0n, 1n);
  reportRefusal('Console.Write to the calling thread', itself, ERROR_WRONG_KIND, KIND_ITSELF);
  reportRefusal('System.Reboot of the console', systemReboot(CONSOLE), ERROR_WRONG_KIND, KIND_CONSOLE);
}

/** What the operations refuse. */
function refusalsOfOperations(): void {
  const count = frameRangeLength(FRAMES);
  reportRefusal('Console.Write of 9 bytes', consoleWrite(CONSOLE, 0n, 9n), ERROR_OUT_OF_RANGE, 9n);
  reportRefusal('Console.Write of 1 byte, 2 given', consoleWrite(CONSOLE, 0x4142n, 1n), ERROR_BAD_ARGUMENT, 0n);
  reportRefusal('Inspect of the frame after the last one', framesInspect(FRAMES, count), ERROR_OUT_OF_RANGE, count);
  const stray = framesInspect(FRAMES, 0x8000_0000_0000_0000n);
  reportRefusal('Inspect of frame 2^63', stray, ERROR_OUT_OF_RANGE, count);
  const empty = capabilityTableInspect(TABLE, EMPTY_SLOT, INSPECT_KIND);
  reportRefusal('Inspect of an empty slot', empty, ERROR_EMPTY, 0n);
  const outside = capabilityTableInspect(TABLE, 64n, INSPECT_KIND);
  reportRefusal('Inspect of slot 64', outside, ERROR_OUT_OF_RANGE, 64n);
  reportRefusal('Shutdown with exit code 256', systemShutdown(SYSTEM, 256n), ERROR_OUT_OF_RANGE, 256n);
}

/** Everything that is refused before any object is made. */
export function showRefusals(): void {
  reportTitle('Refused');
  refusalsOfLookUp();
  refusalsOfOperations();
}
