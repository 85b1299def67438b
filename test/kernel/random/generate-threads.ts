/** Random steps of threads: operations on components, threads and invocations, what a thread asks of itself, and traps. */
import { KIND, NEVER, RIGHT, THREAD_STATE, TYPE, type OperationName } from '../checker/numbers.ts';
import { CAUSE, EXTERNAL, SOFTWARE, TIMER } from '../model/traps.ts';
import { offered } from '../model/interrupts.ts';
import type { Model, ModelFrame, ModelSlot } from '../model/model.ts';
import type { Step } from '../model/step.ts';
import { capability, chance, object, type Chosen, type Pick } from './choose.ts';
import type { Scene } from './generate.ts';

type Values = readonly (number | bigint)[];

/** The calling thread itself, as an id. */
export const ITSELF = 64n;
const SPURIOUS = (1n << 63n) | 11n;
/** Lines of devices that do something. */
const LINES = 5;
/** What ends a run happens once in so many times. */
const RARELY = 1000;
/** Pages of the address space of the first component, of which the lowest are mapped. */
const PAGES = 8;

/** A thread that would go on if it were run on a hart. */
export function canRun(model: Model, hart: number, { index, thread }: ModelFrame): boolean {
  if (thread?.home !== hart || !model.isThreadAlive(index)) return false;
  return thread.state === THREAD_STATE.idle || (thread.state === THREAD_STATE.waiting && thread.pending !== 0n);
}

/** A thread for an operation, most often one that suits it. */
function threadFor({ model, hart, pick }: Scene, name: OperationName, rights: number): Chosen | null {
  const suits = (frame: ModelFrame): boolean => {
    if (name === 'Thread.Signal' || name === 'Thread.Inspect') return true;
    if (name === 'Thread.Run') return canRun(model, hart, frame);
    return frame.thread?.home === hart && frame.thread.state !== THREAD_STATE.running;
  };
  const any = (): Chosen | null => object(model, hart, pick, KIND.Thread, rights, () => true);
  return chance(pick, 8) ? any() : (object(model, hart, pick, KIND.Thread, rights, suits) ?? any());
}

/** Whether it is a time in which threads run each other and call, rather than come back. */
export function isDeepening({ now }: Model): boolean {
  return Math.floor(now / 40_000) % 3 === 1;
}

/** Whether a slot holds an entry point of a component that lives. */
export function isLiveEntry(model: Model, { kind, first, extra }: ModelSlot): boolean {
  return kind === KIND.Invocation && model.isAlive(TYPE.Component, first - model.first, Number(extra >> 8n));
}

/** What is invoked for an operation of this part. */
export function invokedFor(scene: Scene, name: OperationName, kind: number, rights: number): Chosen | null {
  const { model, hart, pick } = scene;
  if (kind === KIND.Thread) return threadFor(scene, name, rights);
  if (kind === KIND.Component) {
    const spared = name !== 'Component.Retire' || pick(RARELY) === 0 ? -1 : firstComponent(model);
    const suits = ({ index, dead }: ModelFrame): boolean =>
      index !== spared && (spared < 0 || !dead || chance(pick, 5));
    return object(model, hart, pick, KIND.Component, rights, suits);
  }
  const isLive = (slot: ModelSlot): boolean => isLiveEntry(model, slot);
  const isAny = ({ kind: found }: ModelSlot): boolean => found === KIND.Invocation;
  return capability(model, hart, pick, chance(pick, 90) ? isLive : isAny) ?? capability(model, hart, pick, isAny);
}

function deadline({ model, pick }: Scene): bigint {
  if (isDeepening(model) || chance(pick, 60)) return NEVER;
  const now = BigInt(model.now);
  return [now + BigInt(pick(60_000)), now + BigInt(1 + pick(2_000)), now, now / 2n][pick(4)] ?? now;
}

function signals(pick: Pick): bigint {
  return BigInt(1 + pick(0xffff)) << BigInt(pick(48));
}

/** Signals that a capability's mask allows, if it allows any. */
function allowed(pick: Pick, { badge }: ModelSlot): bigint {
  const bits = chance(pick, 2) ? 0n : signals(pick);
  return (bits & badge) === 0n || chance(pick, 10) ? bits : bits & badge;
}

export function threadValues(scene: Scene, name: OperationName, slot: ModelSlot): Values {
  const { pick } = scene;
  switch (name) {
    case 'Thread.Run':
      return [deadline(scene), chance(pick, 60) ? signals(pick) : 0n];
    case 'Thread.Signal':
      return [allowed(pick, slot)];
    case 'Thread.ReadRegister':
      return [pick(65)];
    case 'Thread.WriteRegister':
      return [chance(pick, 30) ? 0 : pick(65), pick(200)];
    case 'Thread.Migrate':
      return [chance(pick, 60) ? scene.hart : pick(4)];
    case 'Thread.Inspect':
      return [pick(2)];
    case 'Component.Inspect':
      return [pick(3)];
    default:
      return [pick(1000), pick(1000), pick(1000), pick(1000)];
  }
}

/** A thread that gets signals from a line, and which. */
export function bindValues(scene: Scene): Values {
  const { pick } = scene;
  const thread = threadFor(scene, 'Thread.Signal', RIGHT.Thread.signal);
  return thread === null ? [pick(64), 1] : [thread.identifier, allowed(pick, thread.slot)];
}

/** The first hart that runs. */
function firstHart(model: Model): number {
  return model.harts.findIndex(({ chain }) => chain.length > 0);
}

/** The component from which the outermost thread of the first hart comes. */
function firstComponent(model: Model): number {
  const thread = model.thread(model.hart(firstHart(model)).chain[0] ?? -1);
  return thread.callers[0]?.component ?? thread.component;
}

/** The first hart's outermost thread, outside of any invocation: when it stops, the run is over. */
export function isDear({ model, hart, pick }: Scene): boolean {
  const isOutermost = model.hart(hart).chain.length === 1 && model.current(hart).callers.length === 0;
  return isOutermost && hart === firstHart(model) && pick(RARELY) !== 0;
}

export function itselfValues({ model, pick }: Scene): Values {
  return [Math.max(0, model.epoch - pick(3)), pick(1000), pick(1000), pick(1000)];
}

/** Whether a thread would exit, or stop its hart, by Return: then it seldom does. */
export function isLeaving(scene: Scene): boolean {
  const { callers } = scene.model.current(scene.hart);
  return callers.length === 0 && (isDear(scene) || chance(scene.pick, 70));
}

/** A way to go on for a thread that can do little. */
export function wayOut(scene: Scene): OperationName {
  if (isDear(scene)) return 'Itself.Quiesce';
  return (['Itself.Return', 'Itself.Yield', 'Itself.Wait'] as const)[scene.pick(3)] ?? 'Itself.Yield';
}

/** A fault: of a page, mapped or not; an instruction; another one. */
function fault({ pick }: Scene): readonly [bigint, bigint] {
  const address = BigInt(pick(PAGES) * 4096 + pick(4096));
  const causes = [CAUSE.loadPage, CAUSE.storePage, CAUSE.fetchPage, CAUSE.illegal, CAUSE.illegal, CAUSE.breakpoint];
  const cause = causes[pick(causes.length)] ?? CAUSE.illegal;
  return [cause, chance(pick, 10) ? address | (BigInt(pick(8)) << 36n) : address];
}

/** A fault that the kernel repairs, or an interrupt that is for nobody. */
function harmless(scene: Scene): readonly [bigint, bigint] {
  const isFirst = scene.model.current(scene.hart).floating === null;
  return isFirst && chance(scene.pick, 50) ? [CAUSE.illegal, 0n] : [SPURIOUS, 0n];
}

/** The thread that runs on a hart traps. */
export function trap(scene: Scene): Step {
  const { model, hart, pick } = scene;
  const { interrupted, timer } = model.hart(hart);
  const isDue = timer <= BigInt(model.now);
  if (offered(model, hart) !== 0 && chance(pick, 70)) return { kind: 'trap', hart, cause: EXTERNAL, value: 0n };
  const [cause, value] =
    isDue && chance(pick, 70)
      ? ([TIMER, 0n] as const)
      : interrupted && chance(pick, 70)
        ? ([SOFTWARE, 0n] as const)
        : isDear(scene)
          ? harmless(scene)
          : chance(pick, 10)
            ? ([[TIMER, SOFTWARE, EXTERNAL][pick(3)] ?? TIMER, 0n] as const)
            : fault(scene);
  return { kind: 'trap', hart, cause, value };
}

/** Whether an interrupt is due on a hart. */
export function isDue(model: Model, hart: number): boolean {
  const { interrupted, timer } = model.hart(hart);
  return interrupted || timer <= BigInt(model.now) || offered(model, hart) !== 0;
}

/** A hart that sleeps: its thread gets signals, or an interrupt comes. */
export function rouse(model: Model, pick: Pick): Step | null {
  const asleep = [...model.harts.keys()].filter((hart) => model.hart(hart).sleeping);
  const hart = asleep[pick(Math.max(1, asleep.length))];
  if (hart === undefined) return null;
  const thread = model.runningOn(hart);
  if (model.thread(thread).pending !== 0n || chance(pick, 30)) return { kind: 'wake', hart };
  return { kind: 'signal', thread, bits: signals(pick) };
}

/** A device raises its line, or lowers it. */
export function lineStep(pick: Pick): Step {
  return { kind: 'line', line: 1 + pick(LINES), up: !chance(pick, 30) };
}

/** Any thread gets signals from outside. */
export function signalStep(model: Model, pick: Pick): Step | null {
  const threads = model.frames.filter(({ thread, dead }) => thread !== null && !dead);
  const frame = threads[pick(Math.max(1, threads.length))];
  return frame === undefined ? null : { kind: 'signal', thread: frame.index, bits: signals(pick) };
}

/** A hart begins to run, or its only thread gives it up. */
export function hartStep(model: Model, pick: Pick, hart: number): Step | null {
  const { chain, sleeping } = model.hart(hart);
  if (chain.length === 0) {
    const isReady = ({ index, thread, dead }: ModelFrame): boolean =>
      thread?.home === hart && !dead && thread.state === THREAD_STATE.idle && model.isThreadAlive(index);
    const ready = model.frames.filter(isReady);
    const frame = ready[pick(Math.max(1, ready.length))];
    return frame === undefined ? bringStep(model, hart) : { kind: 'start', hart, thread: frame.index };
  }
  return chain.length === 1 && !sleeping && chance(pick, 30) ? { kind: 'stop', hart } : null;
}

/** A thread that is at home on a hart that cannot run comes home. */
function bringStep(model: Model, hart: number): Step | null {
  const frame = model.frames.find(({ thread, dead }) => thread?.home === hart && !dead);
  return frame === undefined ? null : { kind: 'bring', thread: frame.index };
}
