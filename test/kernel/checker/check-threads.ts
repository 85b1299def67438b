/**
 * The Run chains in the raw memory: which threads run on which hart (`kernel-src/object/chain.ts` states their
 * invariants), and what a step may change in the frame of a thread.
 */
import { invokedSlot, type Transition } from './check-transition.ts';
import {
  CHAIN,
  COMPONENT,
  FRAME_BYTES,
  HART,
  HARTS,
  INVOCATION,
  KIND,
  NEVER,
  OPERATION,
  RIGHT,
  SLOT,
  THREAD,
  THREAD_HOME_SHIFT,
  THREAD_STATE,
  TYPE,
} from './numbers.ts';
import { indexOfAddress, typeByteOf, type Places, type RawMemory } from './raw.ts';

/** The frames of the threads that run in each other on a hart, the outermost first; none when it runs nothing. */
export function chainOf(raw: RawMemory, places: Places, hart: number): readonly number[] {
  const block = places.hartBlocks + hart * HART.bytes;
  const chain: number[] = [];
  let address = raw.big(block + HART.thread);
  while (address !== 0n && chain.length <= CHAIN) {
    const frame = indexOfAddress(places, address);
    chain.unshift(frame);
    address = frame < 0 ? 0n : raw.big(frame * FRAME_BYTES + THREAD.outer);
  }
  return chain;
}

function checkHart(raw: RawMemory, places: Places, hart: number, chain: readonly number[]): readonly string[] {
  const block = places.hartBlocks + hart * HART.bytes;
  const problems: string[] = [];
  if (chain.length > CHAIN) problems.push(`the chain of hart ${hart} is too long`);
  for (const [position, frame] of chain.entries()) {
    const running = THREAD_STATE.running + (hart << THREAD_HOME_SHIFT);
    const byte = frame * FRAME_BYTES;
    const isThread = frame >= 0 && typeByteOf(raw, places, frame) === TYPE.Thread;
    if (!isThread || raw.number(byte + THREAD.status) !== running) {
      problems.push(`frame ${frame}, in the chain of hart ${hart}, is no thread that runs there`);
    } else if (raw.number(byte + THREAD.room) !== CHAIN - 1 - position) {
      problems.push(`thread ${frame}, at position ${position} of its chain, has another room than is left`);
    }
  }
  const [outermost = -1] = chain;
  if (indexOfAddress(places, raw.big(block + HART.outermost)) !== outermost) {
    problems.push(`the chain of hart ${hart} does not end with the outermost thread`);
  }
  if (raw.number(block + HART.home) !== hart << THREAD_HOME_SHIFT) problems.push(`hart ${hart} is at home elsewhere`);
  const innermost = chain.at(-1) ?? -1;
  if (raw.big(block + HART.done) === NEVER || innermost < 0) return problems;
  const top = Number(raw.big(innermost * FRAME_BYTES + THREAD.top) & 0xfffn);
  const component = indexOfAddress(places, raw.big(innermost * FRAME_BYTES + top + INVOCATION.component));
  if (raw.big(block + HART.table) !== raw.big(component * FRAME_BYTES + COMPONENT.tableAddress)) {
    problems.push(`hart ${hart} uses another table than that of its component`);
  }
  return problems;
}

/** Every thread that runs is in one chain, once, on its home hart; whoever is in a chain runs. */
export function checkChains(raw: RawMemory, places: Places): readonly string[] {
  const problems: string[] = [];
  const inChains: number[] = [];
  for (let hart = 0; hart < HARTS; hart++) {
    const chain = chainOf(raw, places, hart);
    if (chain.length === 0) continue;
    inChains.push(...chain);
    problems.push(...checkHart(raw, places, hart, chain));
  }
  let running = 0;
  for (let index = 0; index < places.frames; index++) {
    if ((typeByteOf(raw, places, index) & 0x7f) !== TYPE.Thread) continue;
    if ((raw.low(index * FRAME_BYTES + THREAD.status) & 0xff) === THREAD_STATE.running) running += 1;
  }
  if (new Set(inChains).size !== running || inChains.length !== running) {
    problems.push(`${running} threads are marked as running; the chains hold frames ${inChains.join(', ')}`);
  }
  return problems;
}

/** Which right a thread must be named with to be changed by an operation. */
const RIGHTS: ReadonlyMap<number, number> = new Map([
  [OPERATION['Thread.Run'], RIGHT.Thread.run],
  [OPERATION['Thread.WriteRegister'], RIGHT.Thread.registers],
  [OPERATION['Thread.Migrate'], RIGHT.Thread.migrate],
]);

/** Steps that give signals to threads that neither run nor are named: 0 is an interrupt. */
const GIVES_SIGNALS: readonly number[] = [0, OPERATION['Thread.Signal'], OPERATION['Interrupt.Bind']];

/** Whether the invoked capability names the thread in a frame, with the right that its operation needs. */
function isNamed({ before, places, done }: Transition, index: number): boolean {
  const right = RIGHTS.get(Number(done.operation));
  if (right === undefined) return false;
  const slot = invokedSlot(before, places, done);
  if (slot < 0 || (before.low(slot) & 0xff) !== KIND.Thread) return false;
  return ((before.low(slot) >>> 8) & right) === right && before.number(slot + SLOT.frame) === places.first + index;
}

/** The frame of a thread changed: it ran on the hart, or does now; or it was named; or it got signals, and nothing else. */
export function checkThread(transition: Transition, index: number): void {
  const { before, after, places, done, problems } = transition;
  const acts = [before, after].some((raw) => chainOf(raw, places, done.hart).includes(index));
  if (acts || isNamed(transition, index)) return;
  for (let byte = index * FRAME_BYTES; byte < (index + 1) * FRAME_BYTES; byte += 8) {
    if (before.low(byte) === after.low(byte) && before.high(byte) === after.high(byte)) continue;
    const place = byte - index * FRAME_BYTES;
    const lost = BigInt.asUintN(64, before.big(byte) & ~after.big(byte));
    if (place === THREAD.pending && lost === 0n && GIVES_SIGNALS.includes(Number(done.operation))) continue;
    problems.push(`word ${place / 8} of thread ${index} changed, which neither ran nor was named`);
    return;
  }
}
