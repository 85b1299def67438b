/** H5: faults of a thread, as its runner sees and repairs them. */

import { BOOT_SLOT_PAGE_TABLES } from '../../../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../../../kernel-src/abi/errors.ts';
import { EVENT_FAULT, EVENT_YIELDED } from '../../../../kernel-src/abi/events.ts';
import { RIGHT_THREAD_RUN } from '../../../../kernel-src/abi/rights.ts';
import { DEADLINE_NEVER } from '../../../../kernel-src/abi/thread-operations.ts';
import { printDecimal, printHex, printLine, printText } from '../../../../user/lib/console.ts';
import { capabilityTableCopy, pageTableMap, threadWriteRegister } from '../../../../user/lib/generated/operations.ts';
import { tapAnswer, tapCheck } from '../tap.ts';
import { COMPONENT, details, FRAMES, makeThread, PC, programAt, run, SLOTS, TABLE, takeUser } from '../workshop.ts';
import { blockAddress, blockSet } from '../blocks.ts';
import {
  PROGRAM_BREAK,
  PROGRAM_FETCH,
  PROGRAM_ILLEGAL,
  PROGRAM_LOAD,
  PROGRAM_MISALIGNED,
  PROGRAM_STORE,
  PROGRAM_YIELDS,
} from './numbers.ts';

/** A page that nothing is mapped at, and entry and number of the table in which it would be. */
const HOLE: u64 = 0x3004_0000n;
const HOLE_ENTRY: u64 = 0x40n;
/** The third of the tables that boot makes: the one of its stack. */
const HOLE_TABLE: u64 = u64(BOOT_SLOT_PAGE_TABLES) + 2n;
const BLIND: u64 = SLOTS + 1n;
/** The next free slot for a thread. */
let slot: u64 = SLOTS + 2n;

/** Runs a new thread into a fault, and compares what its runner is told. Answers the slot of the thread. */
function expectFault(program: u64, cause: u64, address: u64, pc: u64): boolean {
  const thread = slot;
  slot = slot + 1n;
  if (!makeThread(thread, COMPONENT, program, 0n, blockAddress(4))) return false;
  const answer = run(thread, DEADLINE_NEVER, 0n);
  if (!tapAnswer(answer, ERROR_OK, EVENT_FAULT, program)) return false;
  // A hart need not tell the instruction that is illegal, nor where a breakpoint is (privileged specification, stval).
  const told = details.a3 === address || ((cause === 2n || cause === 3n) && details.a3 === 0n);
  if (details.a2 === cause && told && details.a4 === pc && details.a5 === 0n) return true;
  printText('# cause ');
  printDecimal(details.a2);
  printText(', address ');
  printHex(details.a3, 1);
  printText(', pc ');
  printHex(details.a4, 1);
  printLine();
  return false;
}

/** Lets the latest thread go on at a place, to its next Yield. */
function goesOn(pc: u64): boolean {
  if (threadWriteRegister(slot - 1n, PC, pc).error !== ERROR_OK) return false;
  return tapAnswer(run(slot - 1n, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_YIELDED, pc);
}

/** Every kind of fault. */
export function checkFaults(): void {
  blockSet(4, 0, HOLE + 8n);
  const illegal = programAt(PROGRAM_ILLEGAL);
  tapCheck(expectFault(PROGRAM_ILLEGAL, 2n, 0xffff_ffffn, illegal), 'H5: an illegal instruction is a Fault');
  tapCheck(goesOn(illegal + 4n), 'H5: the thread goes on behind it');
  tapCheck(
    expectFault(PROGRAM_BREAK, 3n, programAt(PROGRAM_BREAK), programAt(PROGRAM_BREAK)),
    'H5: a breakpoint is a Fault',
  );
  tapCheck(goesOn(programAt(PROGRAM_BREAK) + 4n), 'H5: the thread goes on behind it');
  tapCheck(
    expectFault(PROGRAM_MISALIGNED, 4n, blockAddress(4) + 1n, programAt(PROGRAM_MISALIGNED) + 4n),
    'H5: a misaligned lr.d is a Fault',
  );
  tapCheck(expectFault(PROGRAM_FETCH, 12n, HOLE + 8n, HOLE + 8n), 'H5: a fetch from nowhere is a Fault');
  tapCheck(goesOn(programAt(PROGRAM_YIELDS)), 'H5: the thread goes on elsewhere');
  tapCheck(
    expectFault(PROGRAM_STORE, 15n, HOLE + 8n, programAt(PROGRAM_STORE) + 4n),
    'H5: a store to nowhere is a Fault',
  );
  tapCheck(
    expectFault(PROGRAM_LOAD, 13n, HOLE + 8n, programAt(PROGRAM_LOAD) + 4n),
    'H5: a load from nowhere is a Fault',
  );
  const copied = capabilityTableCopy(TABLE, BLIND, slot - 1n, RIGHT_THREAD_RUN, 0n, 0n, 0n);
  tapCheck(copied.error === ERROR_OK, 'a capability without the right to registers is made');
  tapCheck(tapAnswer(run(BLIND, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_FAULT, 0n), 'it faults again');
  tapCheck(details.a2 === 13n && details.a3 === 0n && details.a4 === 0n, 'without that right only the cause is told');
  const mapped = pageTableMap(HOLE_TABLE, HOLE_ENTRY, FRAMES, takeUser(), 6n);
  tapCheck(tapAnswer(mapped, ERROR_OK, 0n, 1n), 'the runner maps the page');
  tapCheck(tapAnswer(run(slot - 1n, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_YIELDED, 2n), 'H5: the load is repeated');
  tapCheck(tapAnswer(run(slot - 2n, DEADLINE_NEVER, 0n), ERROR_OK, EVENT_YIELDED, 3n), 'H5: so is the store');
}
