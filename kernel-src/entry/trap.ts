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
  chainStop,
} from '../object/chain.ts';
import { interruptTake } from '../object/interrupt.ts';
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
import { signalStop } from '../object/thread-signal.ts';
import { floatingIsOn, floatingOff, floatingStart, threadRestore } from '../object/thread-switch.ts';
import { PTE_EXECUTE, PTE_READ, PTE_WRITE } from '../machine/sv39.ts';

/** `scause` (RISC-V privileged specification, table "Supervisor cause register values"). */
const CAUSE_ILLEGAL: u64 = 2n;
const CAUSE_FETCH_PAGE: u64 = 12n;
const CAUSE_LOAD_PAGE: u64 = 13n;
const CAUSE_STORE_PAGE: u64 = 15n;
/** The codes of interrupts, of which only these three are enabled. */
const CAUSE_SOFTWARE: u64 = 1n;
const CAUSE_TIMER: u64 = 5n;
const CAUSE_EXTERNAL: u64 = 9n;
/** In `scause`: enough of the code to tell them. */
const CAUSE_CODE: u64 = 0x3fn;
/** `scause`: set for an interrupt, clear for an exception. */
const CAUSE_INTERRUPT: u64 = 0x8000_0000_0000_0000n;

/** In the header of the capability by which a thread is run: its runner may see the details of faults. */
const WATCHED: u64 = RIGHT_THREAD_REGISTERS << SLOT_RIGHTS_SHIFT;

/** Decides about a trap of the thread that runs on the calling hart: `value` is `stval` and `cause` is `scause`. */
export function trapEntry(hart: Hart, thread: ThreadFrame, value: u64, cause: u64): Outcome {
  thread.present = PRESENT_ALL;
  if (hart.attention.load() !== 0n) return trapAttention(hart, thread, value, cause);
  if ((cause & CAUSE_INTERRUPT) === 0n) return trapException(hart, thread, value, cause);
  const code: u64 = cause & CAUSE_CODE;
  return code === CAUSE_EXTERNAL ? interruptTake() : trapInterrupt(hart, thread, code);
}

/** The entry sequence of the epoch comes first. @cold */
function trapAttention(hart: Hart, thread: ThreadFrame, value: u64, cause: u64): Outcome {
  if (!chainFollowEpoch(hart)) return trapDie(hart, thread);
  if ((cause & CAUSE_INTERRUPT) !== 0n) return trapInterrupt(hart, thread, cause & CAUSE_CODE);
  return trapException(hart, thread, value, cause);
}

/** An exception. What calls a function is apart, so that a page fault saves no registers for it. */
function trapException(hart: Hart, thread: ThreadFrame, value: u64, cause: u64): Outcome {
  const need = permissionOf(cause);
  if (need !== 0n) {
    // The mapping may be newer than what this hart remembers of its absence: then once more.
    if (pageTableAllows(threadComponent(thread).root, faultAddress(cause, value), need)) {
      fenceTranslations();
      return threadRestore(thread);
    }
  } else if (cause === CAUSE_ILLEGAL && !floatingIsOn()) {
    return trapFloating(hart, thread, value, cause);
  }
  return trapFault(hart, thread, value, cause);
}

/** The first use of floating point, if the hart has it. @apart */
function trapFloating(hart: Hart, thread: ThreadFrame, value: u64, cause: u64): Outcome {
  if (!floatingStart()) return trapFault(hart, thread, value, cause);
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
function trapFault(hart: Hart, thread: ThreadFrame, value: u64, cause: u64): Outcome {
  if (threadIsInvoking(thread)) return trapInside(hart, thread);
  const address = faultAddress(cause, value);
  const pc = thread.registers[REGISTER_PC];
  if (threadIsOutermost(thread)) outermostFaulted(cause, address, pc);
  const runner = chainRunner(thread);
  if ((thread.watched & WATCHED) !== 0n) threadDetails(runner, EVENT_FAULT, cause, address, pc);
  else threadDetails(runner, EVENT_FAULT, cause, 0n, 0n);
  return chainStop(hart, thread, runner);
}

/** A fault of a server ends its invocation. @apart */
function trapInside(hart: Hart, thread: ThreadFrame): Outcome {
  floatingOff();
  if (!invocationAbort(thread, ERROR_FAULTED)) return chainLose(hart);
  chainCut(hart, thread);
  return chainContinue(hart);
}

/** From a device, the timer, or another hart. Any other one only lets the component go on. @apart */
function trapInterrupt(hart: Hart, thread: ThreadFrame, code: u64): Outcome {
  if (code === CAUSE_EXTERNAL) return interruptTake();
  if (code === CAUSE_TIMER) return trapTimer(hart, thread);
  if (code === CAUSE_SOFTWARE) {
    interruptClear();
    if (hart.wake.load() !== 0n) return trapWake(hart, thread);
  }
  return threadRestore(thread);
}

/** A signal has reached the outermost thread. If that took it before the interrupt came, this is no event. */
function trapWake(hart: Hart, thread: ThreadFrame): Outcome {
  hart.wake.swapAcquireRelease(0n);
  const outermost = threadAt(virtualAddress(hart.outermost));
  return outermost.pending.load() === 0n ? threadRestore(thread) : signalStop(hart, thread, outermost);
}

/** The timer: the outermost Run whose deadline has passed ends. If none has, the interrupt was for one that nobody waits for any more. */
function trapTimer(hart: Hart, thread: ThreadFrame): Outcome {
  const passed = chainPassed(hart, timeNow());
  if (passed !== 0n) chainEnd(hart, threadAt(virtualAddress(passed)), EVENT_DEADLINE_PASSED);
  chainArm(hart);
  return passed === 0n ? threadRestore(thread) : chainLeave(hart, thread);
}
