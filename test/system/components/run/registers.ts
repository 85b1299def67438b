/** H1, H2, F1: what a thread finds in its registers, first and after each switch; exit and reading and writing from outside. */

import {
  ERROR_IN_INVOCATION,
  ERROR_NOT_IDLE,
  ERROR_OK,
  ERROR_OUT_OF_RANGE,
} from '../../../../kernel-src/abi/errors.ts';
import { EVENT_EXITED, EVENT_YIELDED } from '../../../../kernel-src/abi/events.ts';
import { BOOT_SLOT_THREAD } from '../../../../kernel-src/abi/boot-info.ts';
import { DEADLINE_NEVER } from '../../../../kernel-src/abi/thread-operations.ts';
import {
  capabilityTableClear,
  threadInspect,
  threadReadRegister,
  threadWriteRegister,
} from '../../../../user/lib/generated/operations.ts';
import { tapAnswer, tapCheck } from '../tap.ts';
import { A0, COMPONENT, makeThread, PC, programAt, run, SLOTS, SLOTS_COUNT, TABLE } from '../workshop.ts';
import { blockAddress, blockSet, blockWord } from '../blocks.ts';
import { PROGRAM_KEEPS, PROGRAM_ZEROS } from './numbers.ts';

const STACK: u64 = 0x1234_5678_9ab0n;
const ROUNDS: u32 = 50_000;
/** Slots of the threads. */
const FIRST: u64 = SLOTS;
const ONE: u64 = SLOTS + 1n;
const OTHER: u64 = SLOTS + 2n;

/** A new thread, its end, and its second start. */
export function checkRegisters(): void {
  tapCheck(makeThread(FIRST, COMPONENT, PROGRAM_ZEROS, STACK, blockAddress(0)), 'a thread is made');
  blockSet(0, 0, 1n);
  tapCheck(
    tapAnswer(run(FIRST, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_EXITED, 0n),
    'I3: Return outside of an invocation is Exited',
  );
  tapCheck(blockWord(0, 0) === 0n, 'H1: all registers of a new thread but pc, sp and a0 are zero');
  tapCheck(blockWord(0, 1) === STACK, 'H1: sp is what was written');
  tapCheck(tapAnswer(run(FIRST, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_EXITED, 1n), 'an exited thread stays exited');
  tapCheck(tapAnswer(threadInspect(FIRST, 0n), ERROR_OK, 3n, 2n), 'Inspect tells that it has exited');
  tapCheck(tapAnswer(threadReadRegister(FIRST, 2n), ERROR_OK, STACK, 3n), 'its sp can be read');
  tapCheck(tapAnswer(threadReadRegister(FIRST, 17n), ERROR_OK, 0n, 4n), 'its a7 is gone with the call');
  tapCheck(tapAnswer(threadReadRegister(FIRST, 65n), ERROR_OUT_OF_RANGE, 65n, 5n), 'there is no register 65');
  tapCheck(threadWriteRegister(FIRST, PC, programAt(PROGRAM_ZEROS)).error === ERROR_OK, 'its pc is written');
  tapCheck(threadWriteRegister(FIRST, A0, blockAddress(1)).error === ERROR_OK, 'its a0 is written');
  tapCheck(threadWriteRegister(FIRST, 1n, 0n).error === ERROR_OK, 'its ra is written');
  tapCheck(tapAnswer(run(FIRST, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_EXITED, 6n), 'it runs again and exits again');
  tapCheck(blockWord(1, 1) === STACK, 'it has run');
  const own = threadReadRegister(u64(BOOT_SLOT_THREAD), 0n);
  tapCheck(tapAnswer(own, ERROR_NOT_IDLE, 1n, 7n), 'the registers of a running thread cannot be read');
  tapCheck(own.error !== ERROR_IN_INVOCATION, 'the outermost thread is in no invocation');
}

/** Runs both threads so often; true if each answer was Yielded. */
function alternate(rounds: u32): boolean {
  let sound = true;
  for (let round: u32 = 0; round < rounds; round++) {
    bound(ROUNDS);
    const one = run(ONE, DEADLINE_NEVER, 0n);
    const other = run(OTHER, DEADLINE_NEVER, 0n);
    if (one.value !== EVENT_YIELDED || other.value !== EVENT_YIELDED) sound = false;
  }
  return sound;
}

/** 100,000 switches between two threads whose registers differ, one with floating point and then both. */
export function checkSwitches(): void {
  capabilityTableClear(TABLE, SLOTS, SLOTS_COUNT);
  blockSet(2, 0, 0n);
  blockSet(2, 1, 0n);
  blockSet(2, 2, 1n);
  blockSet(3, 0, 0n);
  blockSet(3, 1, 0n);
  blockSet(3, 2, 1n);
  tapCheck(makeThread(ONE, COMPONENT, PROGRAM_KEEPS, 0n, blockAddress(2)), 'a thread with floating point is made');
  tapCheck(makeThread(OTHER, COMPONENT, PROGRAM_KEEPS, 0n, blockAddress(3)), 'another one is made');
  tapCheck(alternate(ROUNDS), 'H2: 100,000 times Yielded');
  tapCheck(blockWord(2, 1) === u64(ROUNDS) - 1n, 'H2: the first has counted its rounds');
  tapCheck(blockWord(2, 0) === 0n && blockWord(3, 0) === 0n, 'H2, F1: every register was preserved or zero');
  tapCheck(
    tapAnswer(threadReadRegister(ONE, 33n), ERROR_OK, blockAddress(2) + 201n, 8n),
    'F1: its f1 can be read while it is idle',
  );
}
