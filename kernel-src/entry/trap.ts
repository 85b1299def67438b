/**
 * What becomes of a trap from user mode that is not a system call. Assembly
 * has saved every register of the component in the frame of its thread.
 */

import { ERROR_FAULTED } from '../abi/errors.ts';
import { EVENT_DEADLINE_PASSED, EVENT_FAULT } from '../abi/events.ts';
import { type Outcome } from '../abi/outcome.ts';
import { RIGHT_THREAD_REGISTERS } from '../abi/rights.ts';
import { virtualAddress } from '../base/address.ts';
import { type Hart } from '../base/hart.ts';
import { SLOT_RIGHTS_SHIFT } from '../capability/slot.ts';
import { fenceTranslations } from '../machine/barrier.ts';
import { faultAddress, interruptClear, timeNow } from '../machine/processor.ts';
import {
  chainArm,
  chainContinue,
  chainCut,
  chainDie,
  chainEnd,
  chainFollowEpoch,
  chainLeave,
  chainLose,
  chainPassed,
  chainRunner,
} from '../object/chain.ts';
import { interruptArrive } from '../object/interrupt.ts';
import { invocationAbort } from '../object/invocation-stack.ts';
import { outermostFaulted } from '../object/outermost.ts';
import { pageTableAllows } from '../object/page-table-node.ts';
import {
  PRESENT_ALL,
  REGISTER_PC,
  threadAt,
  threadComponent,
  threadDetails,
  type ThreadFrame,
  threadIsInvoking,
  threadIsOutermost,
} from '../object/thread.ts';
import { signalTell } from '../object/thread-signal.ts';
import { floatingIsOn, floatingOff, floatingStart, threadRestore } from '../object/thread-switch.ts';
import { PTE_EXECUTE, PTE_READ, PTE_WRITE } from '../machine/sv39.ts';

/** `scause` (RISC-V privileged specification, table "Supervisor cause register values"). */
const CAUSE_ILLEGAL: u64 = 2n;
const CAUSE_FETCH_PAGE: u64 = 12n;
const CAUSE_LOAD_PAGE: u64 = 13n;
const CAUSE_STORE_PAGE: u64 = 15n;
const CAUSE_SOFTWARE: u64 = 0x8000_0000_0000_0001n;
const CAUSE_TIMER: u64 = 0x8000_0000_0000_0005n;
const CAUSE_EXTERNAL: u64 = 0x8000_0000_0000_0009n;
/** `scause`: set for an interrupt, clear for an exception. */
const CAUSE_INTERRUPT: u64 = 0x8000_0000_0000_0000n;

/** In the header of the capability by which a thread is run: its runner may see the details of faults. */
const WATCHED: u64 = RIGHT_THREAD_REGISTERS << SLOT_RIGHTS_SHIFT;

/** Decides about a trap: `cause` is `scause` and `value` is `stval`. `hart` is the calling hart. */
export function trapEntry(cause: u64, value: u64, hart: Hart): Outcome {
  const thread = threadAt(virtualAddress(hart.thread));
  thread.present = PRESENT_ALL;
  if (hart.attention.load() !== 0n) return trapAttention(cause, value, hart);
  return trapDecide(cause, value, hart);
}

/** The entry sequence of the epoch comes first. @cold */
function trapAttention(cause: u64, value: u64, hart: Hart): Outcome {
  if (!chainFollowEpoch(hart)) return trapDie(hart, threadAt(virtualAddress(hart.thread)));
  return trapDecide(cause, value, hart);
}

/** The hart holds nothing that is stale. What calls a function is apart, so that a page fault saves no registers for it. */
function trapDecide(cause: u64, value: u64, hart: Hart): Outcome {
  const thread = threadAt(virtualAddress(hart.thread));
  if ((cause & CAUSE_INTERRUPT) !== 0n) return trapInterrupt(cause, hart, thread);
  const need = permissionOf(cause);
  if (need !== 0n) {
    // The mapping may be newer than what this hart remembers of its absence: then once more.
    if (pageTableAllows(threadComponent(thread).root, faultAddress(cause, value), need)) {
      fenceTranslations();
      return threadRestore(thread);
    }
  } else if (cause === CAUSE_ILLEGAL && !floatingIsOn()) {
    return trapFloating(cause, value, hart);
  }
  return trapFault(cause, value, hart, thread);
}

/** The first use of floating point, if the hart has it. @apart */
function trapFloating(cause: u64, value: u64, hart: Hart): Outcome {
  const thread = threadAt(virtualAddress(hart.thread));
  if (!floatingStart()) return trapFault(cause, value, hart, thread);
  thread.floatingUsed = 1;
  return threadRestore(thread);
}

/** The permission that a page fault missed; 0 for any other cause. */
function permissionOf(cause: u64): u64 {
  if (cause === CAUSE_LOAD_PAGE) return PTE_READ;
  if (cause === CAUSE_STORE_PAGE) return PTE_WRITE;
  return cause === CAUSE_FETCH_PAGE ? PTE_EXECUTE : 0n;
}

/** A component of the chain is dead. What the trap was about comes again, if the thread still runs. @cold */
function trapDie(hart: Hart, thread: ThreadFrame): Outcome {
  return chainDie(hart) ? chainLeave(hart, thread) : chainContinue(hart);
}

/** A fault that nothing in the kernel repairs: it ends an invocation, or its thread's Run. */
function trapFault(cause: u64, value: u64, hart: Hart, thread: ThreadFrame): Outcome {
  if (threadIsInvoking(thread)) return trapInside(hart, thread);
  const address = faultAddress(cause, value);
  const pc = thread.registers[REGISTER_PC];
  if (threadIsOutermost(thread)) outermostFaulted(cause, address, pc);
  const runner = chainRunner(thread);
  chainEnd(hart, thread, EVENT_FAULT);
  if ((thread.watched & WATCHED) !== 0n) threadDetails(runner, cause, address, pc);
  else threadDetails(runner, cause, 0n, 0n);
  return chainLeave(hart, thread);
}

/** A fault of a server ends its invocation. @apart */
function trapInside(hart: Hart, thread: ThreadFrame): Outcome {
  floatingOff();
  if (!invocationAbort(thread, ERROR_FAULTED)) return chainLose(hart);
  chainCut(hart, thread);
  return chainContinue(hart);
}

/** From a device, the timer, or another hart. Any other one only lets the component go on. @apart */
function trapInterrupt(cause: u64, hart: Hart, thread: ThreadFrame): Outcome {
  if (cause === CAUSE_EXTERNAL) return interruptArrive(hart) ? trapEnd(hart, thread) : threadRestore(thread);
  if (cause === CAUSE_TIMER) return trapTimer(hart, thread);
  if (cause === CAUSE_SOFTWARE) {
    interruptClear();
    if (hart.wake.load() !== 0n) return trapWake(hart, thread);
  }
  return threadRestore(thread);
}

/** A signal has reached the outermost thread. If that took it before the interrupt came, this is no event. */
function trapWake(hart: Hart, thread: ThreadFrame): Outcome {
  hart.wake.swapAcquireRelease(0n);
  if (threadAt(virtualAddress(hart.outermost)).pending.load() === 0n) return threadRestore(thread);
  return trapEnd(hart, thread);
}

/** The Run of the outermost thread ends; if it runs itself, its next Run does. */
function trapEnd(hart: Hart, thread: ThreadFrame): Outcome {
  if (threadIsOutermost(thread)) return threadRestore(thread);
  signalTell(hart);
  return chainLeave(hart, thread);
}

/** The timer: the outermost Run whose deadline has passed ends. If none has, the interrupt was for one that nobody waits for any more. */
function trapTimer(hart: Hart, thread: ThreadFrame): Outcome {
  const passed = chainPassed(hart, timeNow());
  if (passed !== 0n) chainEnd(hart, threadAt(virtualAddress(passed)), EVENT_DEADLINE_PASSED);
  chainArm(hart);
  return passed === 0n ? threadRestore(thread) : chainLeave(hart, thread);
}
