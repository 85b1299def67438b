/**
 * The system calls, as functions: the capability first, then the arguments.
 *
 * Generated from `kernel-src/abi` by `make docs`; `make check` finds it stale after a change there.
 */

import {
  OPERATION_CONSOLE_WRITE,
  OPERATION_SYSTEM_SHUTDOWN,
  OPERATION_SYSTEM_REBOOT,
  OPERATION_FRAMES_INSPECT,
  OPERATION_CAPABILITY_TABLE_INSPECT,
} from '../../../kernel-src/abi/operations.ts';
import { type Outcome } from '../../../kernel-src/abi/outcome.ts';
import { invoke } from '../invoke.ts';

/**
 * Writes up to 8 bytes to the console of the firmware. For bring-up: the time that the firmware takes is outside
 * every promise.
 *
 * `bytes`: The bytes; the first one is in the lowest 8 bits.
 * `count`: How many bytes: 1 to 8.
 * Result: How many bytes were written.
 * BadArgument: A byte after the first `count` ones is not zero. Detail: 0.
 * OutOfRange: `count` is 0, or above 8. Detail: 9.
 */
export function consoleWrite(console: u64, bytes: u64, count: u64): Outcome {
  return invoke(bytes, count, 0n, 0n, 0n, 0n, OPERATION_CONSOLE_WRITE, console);
}

/**
 * Switches the machine off, with an exit code where the machine has one. Does not return.
 *
 * `code`: The exit code: 0 to 255; 0 says that all went well.
 * OutOfRange: `code` is above 255. Detail: 256.
 */
export function systemShutdown(system: u64, code: u64): Outcome {
  return invoke(code, 0n, 0n, 0n, 0n, 0n, OPERATION_SYSTEM_SHUTDOWN, system);
}

/** Starts the machine again. Does not return. */
export function systemReboot(system: u64): Outcome {
  return invoke(0n, 0n, 0n, 0n, 0n, 0n, OPERATION_SYSTEM_REBOOT, system);
}

/**
 * Tells the type, the reference count and the incarnation of a frame.
 *
 * `index`: Which frame of the range, from 0.
 * Result: The frame's word: reference count in bits 0 to 23, type in bits 24 to 31, incarnation in bits 32 to 63.
 * OutOfRange: `index` is not in the range. Detail: how many frames the range has.
 * Busy: The capability was being changed. Detail: 0.
 */
export function framesInspect(frames: u64, index: u64): Outcome {
  return invoke(index, 0n, 0n, 0n, 0n, 0n, OPERATION_FRAMES_INSPECT, frames);
}

/**
 * Tells what a slot of the table holds. Slots can be changed by others between two calls: each call is one consistent
 * look.
 *
 * `slot`: Which slot: 0 to 63.
 * `field`: What to tell: one of the `INSPECT` fields.
 * Result: The field.
 * OutOfRange: `slot` is above 63, or `field` above 3. Detail: 64, or 4.
 * Empty: The slot is empty (but for `INSPECT_CHILD`). Detail: 0.
 * Busy: The slot was being changed. Detail: 0.
 */
export function capabilityTableInspect(capabilityTable: u64, slot: u64, field: u64): Outcome {
  return invoke(slot, field, 0n, 0n, 0n, 0n, OPERATION_CAPABILITY_TABLE_INSPECT, capabilityTable);
}
