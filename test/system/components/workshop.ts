/** What components that make threads share: frames, threads, and their registers. */

import { BOOT_SLOT_COMPONENT, BOOT_SLOT_FRAMES, BOOT_SLOT_TABLE } from '../../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../../kernel-src/abi/errors.ts';
import {
  FRAME_TYPE_BLANK,
  FRAME_TYPE_UNTYPED,
  FRAME_TYPE_USER,
  FRAME_WORD_TYPE_MASK,
  FRAME_WORD_TYPE_SHIFT,
} from '../../../kernel-src/abi/frame-types.ts';
import { KIND_THREAD } from '../../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../../kernel-src/abi/outcome.ts';
import { OPERATION_THREAD_RUN } from '../../../kernel-src/abi/thread-operations.ts';
import {
  capabilityTableCreate,
  framesInspect,
  framesRetype,
  threadWriteRegister,
} from '../../../user/lib/generated/operations.ts';
import { invokeResults, Results } from '../../../user/lib/invoke-results.ts';

export const TABLE: u64 = u64(BOOT_SLOT_TABLE);
export const COMPONENT: u64 = u64(BOOT_SLOT_COMPONENT);
export const FRAMES: u64 = u64(BOOT_SLOT_FRAMES);

/** Slots that boot leaves free: devices end before them. */
export const SLOTS: u64 = 48n;
export const SLOTS_COUNT: u64 = 16n;

/** Registers by their number. */
export const PC: u64 = 0n;
export const SP: u64 = 2n;
export const A0: u64 = 10n;

/** The address of a program in the assembly file beside the component. */
export declare function programAt(index: u64): u64;

/** The time counter, in ticks; defined beside the programs. */
export declare function timeNow(): u64;

/** The further results of the latest `run`. */
export const details = new Results();

/** Where the search for a free frame goes on. */
let next: u64 = 0n;

/** The index of an untyped frame of the first range, which gets a type. 0 if there is none left. */
export function takeFrame(type: u64): u64 {
  for (let tries: u32 = 0; tries < 0x1_0000; tries++) {
    const index = next;
    next = next + 1n;
    const found = framesInspect(FRAMES, index);
    if (found.error !== ERROR_OK) return 0n;
    if (((found.value >> FRAME_WORD_TYPE_SHIFT) & FRAME_WORD_TYPE_MASK) !== FRAME_TYPE_UNTYPED) continue;
    if (framesRetype(FRAMES, index, type).error === ERROR_OK) return index;
  }
  return 0n;
}

/** A frame that can become an object. */
export function takeBlank(): u64 {
  return takeFrame(FRAME_TYPE_BLANK);
}

/** A frame that can be mapped. */
export function takeUser(): u64 {
  return takeFrame(FRAME_TYPE_USER);
}

/** Makes a thread in a component, that starts a program with a stack pointer and an argument. */
export function makeThread(slot: u64, component: u64, program: u64, sp: u64, argument: u64): boolean {
  const made = capabilityTableCreate(TABLE, slot, KIND_THREAD, FRAMES, takeBlank(), component, 0n);
  if (made.error !== ERROR_OK) return false;
  if (threadWriteRegister(slot, PC, programAt(program)).error !== ERROR_OK) return false;
  if (threadWriteRegister(slot, SP, sp).error !== ERROR_OK) return false;
  return threadWriteRegister(slot, A0, argument).error === ERROR_OK;
}

/** Runs a thread; what the event tells is in `details`. */
export function run(thread: u64, deadline: u64, wakeBits: u64): Outcome {
  return invokeResults(deadline, wakeBits, 0n, 0n, 0n, 0n, OPERATION_THREAD_RUN, thread, details);
}
