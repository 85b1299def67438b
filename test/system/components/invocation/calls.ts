/** I1, F1: calls that return. */

import { BOOT_SLOT_THREAD } from '../../../../kernel-src/abi/boot-info.ts';
import { INSPECT_COUNT, INSPECT_FIRST } from '../../../../kernel-src/abi/capability-table-operations.ts';
import {
  ERROR_BAD_ARGUMENT,
  ERROR_OCCUPIED,
  ERROR_OK,
  ERROR_OUT_OF_RANGE,
  ERROR_WRONG_KIND,
} from '../../../../kernel-src/abi/errors.ts';
import { EVENT_YIELDED } from '../../../../kernel-src/abi/events.ts';
import { OPERATION_INVOCATION_CALL } from '../../../../kernel-src/abi/invocation-operations.ts';
import { KIND_INVOCATION, KIND_PAGE_TABLE } from '../../../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../../../kernel-src/abi/outcome.ts';
import { DEADLINE_NEVER } from '../../../../kernel-src/abi/thread-operations.ts';
import { capabilityTableCreate, capabilityTableInspect } from '../../../../user/lib/generated/operations.ts';
import { invokeResults } from '../../../../user/lib/invoke-results.ts';
import { tapAnswer, tapCheck } from '../tap.ts';
import { COMPONENT, details, makeThread, run, SLOTS, TABLE } from '../workshop.ts';
import { blockAddress, blockSet, blockWord } from '../blocks.ts';
import { makeInvocation, makeServer, PROGRAM_CALLS, seenWord, SERVER_TELLS } from './servers.ts';

/** The server's four slots. */
export const SERVER: u64 = SLOTS;
export const SERVER_TABLE: u64 = SLOTS + 2n;
export const SERVER_COMPONENT: u64 = SLOTS + 3n;
/** An invocation of it. */
export const TELLS: u64 = SLOTS + 4n;
const CALLER: u64 = SLOTS + 5n;
const BADGE: u64 = 0xbad9_e000_0000_0001n;
const ROUNDS: u32 = 50_000;

/** Calls an invocation with four arguments; the further results are in `details`. */
export function call(invocation: u64, a0: u64, a1: u64, a2: u64, a3: u64): Outcome {
  return invokeResults(a0, a1, a2, a3, 0n, 0n, OPERATION_INVOCATION_CALL, invocation, details);
}

/** The answers of Create for an Invocation. */
export function checkCreate(): void {
  tapCheck(makeServer(SERVER), 'a server is made');
  const odd = capabilityTableCreate(TABLE, TELLS, KIND_INVOCATION, SERVER_COMPONENT, 0x1_0001n, 0n, 0n);
  tapCheck(tapAnswer(odd, ERROR_BAD_ARGUMENT, 3n, 0n), 'an odd entry point is refused');
  const high = capabilityTableCreate(TABLE, TELLS, KIND_INVOCATION, SERVER_COMPONENT, 1n << 38n, 0n, 0n);
  tapCheck(tapAnswer(high, ERROR_BAD_ARGUMENT, 3n, 1n), 'so is one in the upper half');
  const levels = makeInvocation(TABLE, TELLS, SERVER_COMPONENT, SERVER_TELLS, 0n, 19n);
  tapCheck(tapAnswer(levels, ERROR_OUT_OF_RANGE, 19n, 2n), 'so are 19 further levels');
  const kind = makeInvocation(TABLE, TELLS, SERVER, SERVER_TELLS, 0n, 0n);
  tapCheck(tapAnswer(kind, ERROR_WRONG_KIND, KIND_PAGE_TABLE, 3n), 'so is another kind than a component');
  tapCheck(makeInvocation(TABLE, TELLS, SERVER_COMPONENT, SERVER_TELLS, BADGE, 0n).error === ERROR_OK, 'it is made');
  const again = makeInvocation(TABLE, TELLS, SERVER_COMPONENT, SERVER_TELLS, BADGE, 0n);
  tapCheck(tapAnswer(again, ERROR_OCCUPIED, KIND_INVOCATION, 4n), 'not twice in one slot');
  const frame = capabilityTableInspect(TABLE, SERVER_COMPONENT, INSPECT_FIRST);
  tapCheck(
    tapAnswer(capabilityTableInspect(TABLE, TELLS, INSPECT_FIRST), ERROR_OK, frame.value, 5n),
    'Inspect tells its component',
  );
  tapCheck(tapAnswer(capabilityTableInspect(TABLE, TELLS, INSPECT_COUNT), ERROR_OK, 0n, 6n), 'and nothing else');
}

/** One call whose every register is looked at, by the outermost thread, and 50,000 by a thread that it runs. */
export function checkCalls(): void {
  const answer = call(TELLS, 100n, 200n, 300n, 1n << 63n);
  tapCheck(tapAnswer(answer, ERROR_OK, 101n, 0n), 'I1: a call answers Ok and the first result');
  tapCheck(details.a2 === 202n && details.a3 === 303n, 'I1: and the second and third');
  tapCheck(details.a4 === (1n << 63n) + 4n && details.a5 === 0n, 'I1: and the fourth, and nothing else');
  tapCheck(seenWord(0) === 0n, 'I1: the server finds every other register zero');
  tapCheck(seenWord(1) === 100n && seenWord(4) === 1n << 63n, 'I1: and the arguments');
  tapCheck(seenWord(5) === BADGE, 'I1: and the badge');
  const own = capabilityTableInspect(TABLE, u64(BOOT_SLOT_THREAD), INSPECT_FIRST);
  tapCheck(seenWord(6) === own.value, 'I1: and the token of the thread: its frame');

  blockSet(0, 0, 0n);
  blockSet(0, 1, 0n);
  blockSet(0, 2, TELLS);
  tapCheck(makeThread(CALLER, COMPONENT, PROGRAM_CALLS, 0n, blockAddress(0)), 'a thread that calls is made');
  let sound = true;
  for (let round: u32 = 0; round < ROUNDS; round++) {
    bound(ROUNDS);
    if (run(CALLER, DEADLINE_NEVER, 0n).value !== EVENT_YIELDED) sound = false;
    if (seenWord(0) !== 0n || seenWord(7) !== 0n) sound = false;
  }
  tapCheck(sound, 'I1, F1: in 50,000 calls the server finds nothing of the caller, nor in floating point');
  tapCheck(blockWord(0, 1) === u64(ROUNDS), 'all have returned');
  tapCheck(blockWord(0, 0) === 0n, 'I1, F1: the caller keeps its registers, and finds nothing of the server');
}
