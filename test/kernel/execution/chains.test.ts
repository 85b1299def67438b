/** Chains of Runs, eight threads deep: deadlines, signals and deaths at every position. */
import test from 'ava';
import { HART_SIZE } from '../simulated-kernel.ts';
import { ITSELF, NEVER, SOFTWARE, TIMER } from './simulated-hart.ts';
import { makeScene, SERVER, slotOf, type Scene } from './scene.ts';

const DEEPEST = 7n;

/** Runs threads 0 to `length` - 1 in each other. Thread i has the deadline `deadlines[i]`. */
function nest(scene: Scene, length: number, deadlines: readonly bigint[] = [], wakeBits = 0n): void {
  for (let index = 0; index < length; index++) {
    scene.hart.call(slotOf(index), 'THREAD_RUN', deadlines[index] ?? NEVER, wakeBits);
  }
}

/** A scene of which the eighth thread is at home here, too. */
function makeChain(): Scene {
  const scene = makeScene();
  const last = scene.hart.kernel.byteOf(scene.threads.at(-1) ?? 0n);
  scene.hart.kernel.setField('ThreadFrame', last, 'status', 0n);
  return scene;
}

test('eight threads run in each other, a ninth is DepthExceeded; each Yield goes one back', (t) => {
  const scene = makeChain();
  const { hart } = scene;
  nest(scene, 7);
  t.is(hart.depth(), DEEPEST);
  t.deepEqual(hart.call(slotOf(7), 'THREAD_RUN', NEVER, 0n), { error: hart.error('DEPTH_EXCEEDED'), value: 0n });
  t.is(hart.state(scene.threads[7] ?? 0n), 0n);
  for (let depth = 6n; depth >= 0n; depth--) {
    hart.call(ITSELF, 'ITSELF_YIELD');
    t.is(hart.depth(), depth);
    t.deepEqual(hart.answer(), { error: 0n, value: hart.event('YIELDED') });
    t.is(hart.state(scene.threads[Number(depth)] ?? 0n), 0n);
  }
  t.deepEqual(hart.call(ITSELF, 'ITSELF_YIELD'), { error: 0n, value: 0n });
});

for (let position = 1; position <= 7; position++) {
  test(`W2: the deadline at position ${position} ends the Runs from there on; inner runners get Interrupted later`, (t) => {
    const scene = makeChain();
    const { hart } = scene;
    const deadlines = scene.threads.map((_, index) => 2000n + BigInt(index === position - 1 ? 0 : 100 + index));
    nest(scene, 7, deadlines);
    t.is(hart.timer, 2000n);
    hart.time = 2000n;
    hart.registers[31] = 0x31n;
    hart.trap(TIMER);
    t.is(hart.depth(), BigInt(position - 1));
    t.deepEqual(hart.answer(), { error: 0n, value: hart.event('DEADLINE_PASSED') });
    const outer = deadlines.slice(0, position - 1);
    t.is(
      hart.timer,
      outer.reduce((least, one) => (one < least ? one : least), NEVER),
    );
    scene.threads.slice(0, 7).forEach((frame, index) => {
      t.is(hart.state(frame), index < position - 1 ? 1n : 0n, `state of ${index}`);
    });
    for (let index = position - 1; index < 7; index++) {
      hart.call(slotOf(index), 'THREAD_RUN', NEVER, 0n);
      const expected = index < 6 ? hart.event('INTERRUPTED') : 0n;
      if (index < 6) t.deepEqual(hart.answer(), { error: 0n, value: expected }, `thread ${index}`);
      else t.is(hart.registers[31], 0x31n, 'the innermost stands where it was');
      hart.call(ITSELF, 'ITSELF_YIELD');
    }
  });

  test(`a component that dies at position ${position} ends the Run of its thread; its runner gets ComponentDied`, (t) => {
    const scene = makeChain();
    const { hart } = scene;
    hart.moveInto(scene.threads[position - 1] ?? 0n, scene.server);
    nest(scene, 7);
    t.is(hart.depth(), DEEPEST);
    hart.call(SERVER, 'COMPONENT_RETIRE');
    t.is(hart.depth(), BigInt(position - 1));
    t.deepEqual(hart.answer(), { error: 0n, value: hart.event('COMPONENT_DIED') });
    if (position === 7) return;
    hart.call(slotOf(6), 'THREAD_RUN', NEVER, 0n);
    t.is(hart.answer().error, 0n, 'the Retire of the innermost has answered');
  });

  test(`a death at position ${position} that another hart brings about is found at the next entry`, (t) => {
    const scene = makeChain();
    const { hart } = scene;
    hart.moveInto(scene.threads[position - 1] ?? 0n, scene.server);
    nest(scene, 7);
    hart.kernel.typeFrame(scene.server, 'FRAME_TYPE_COMPONENT', 1n);
    const entry = hart.kernel.frameTable + Number(scene.server) * 16;
    hart.kernel.setWord(entry, hart.kernel.word(entry) | (hart.kernel.constant('FRAME_TYPE_DEAD') << 24n));
    hart.kernel.setField('Hart', hart.kernel.hart, 'attention', 1n);
    const pc = hart.pc;
    hart.call(ITSELF, 'ITSELF_QUIESCE', 0x1234n);
    t.is(hart.depth(), BigInt(position - 1));
    t.deepEqual(hart.answer(), { error: 0n, value: hart.event('COMPONENT_DIED') });
    if (position === 7) return;
    hart.call(slotOf(6), 'THREAD_RUN', NEVER, 0n);
    t.is(hart.pc, pc, 'the system call is made anew');
    t.deepEqual(hart.registers.slice(10, 18), [0x1234n, 0n, 0n, 0n, 0n, 0n, 35n, 64n]);
  });
}

test('a signal to the innermost of a chain reaches the outermost by the wake bits, and ends its Run', (t) => {
  const scene = makeChain();
  const { hart } = scene;
  nest(scene, 7, [], 0x40n);
  t.deepEqual(hart.call(slotOf(6), 'THREAD_SIGNAL', 1n), { error: 0n, value: hart.event('INTERRUPTED') });
  t.is(hart.depth(), 0n);
  t.deepEqual(hart.call(ITSELF, 'ITSELF_WAIT'), { error: 0n, value: 0x40n });
  for (let index = 0; index < 7; index++) {
    hart.call(slotOf(index), 'THREAD_RUN', NEVER, 0x40n);
    if (index === 6) t.deepEqual(hart.answer(), { error: 0n, value: 0n }, 'the Signal has answered');
    t.deepEqual(hart.call(ITSELF, 'ITSELF_WAIT'), { error: 0n, value: index === 6 ? 1n : 0x40n });
  }
});

test('a signal stops at a word that is not zero, and at a runner that wants no bits', (t) => {
  const scene = makeChain();
  const { hart } = scene;
  nest(scene, 3, [], 0x40n);
  hart.kernel.setField('ThreadFrame', hart.kernel.byteOf(scene.threads[1] ?? 0n), 'pending', 0x8n);
  t.deepEqual(hart.call(slotOf(2), 'THREAD_SIGNAL', 1n), { error: 0n, value: 0n });
  t.is(hart.depth(), 3n);
  const other = makeChain();
  nest(other, 3, [], 0n);
  t.deepEqual(other.hart.call(slotOf(2), 'THREAD_SIGNAL', 1n), { error: 0n, value: 0n });
  t.is(other.hart.depth(), 3n);
});

test('an interrupt from another hart ends the Run of the outermost if a signal came with it; else it is no event', (t) => {
  const scene = makeChain();
  const { hart } = scene;
  nest(scene, 4);
  hart.pending = 2n;
  hart.trap(SOFTWARE);
  t.is(hart.depth(), 4n);
  t.is(hart.pending, 0n);
  hart.kernel.setField('Hart', hart.kernel.hart, 'wake', 1n);
  hart.trap(SOFTWARE);
  t.is(hart.depth(), 4n, 'the signal has been taken already');
  hart.kernel.setField('Hart', hart.kernel.hart, 'wake', 1n);
  hart.kernel.setField('ThreadFrame', hart.kernel.byteOf(scene.outermost), 'pending', 1n);
  hart.trap(SOFTWARE);
  t.is(hart.depth(), 0n);
  t.deepEqual(hart.answer(), { error: 0n, value: hart.event('INTERRUPTED') });
  t.is(hart.kernel.field('Hart', hart.kernel.hart, 'wake'), 0n);
});

test('a thread at home on another hart: its hart is interrupted once', (t) => {
  const { hart, threads } = makeScene();
  hart.kernel.setField('Hart', hart.kernel.hart + 3 * HART_SIZE, 'identifier', 33n);
  t.is(hart.call(slotOf(7), 'THREAD_SIGNAL', 1n).error, 0n);
  t.is(hart.call(slotOf(7), 'THREAD_SIGNAL', 2n).error, 0n);
  t.deepEqual(hart.interrupted, [33n]);
  t.is(hart.kernel.field('Hart', hart.kernel.hart + 3 * HART_SIZE, 'wake'), 1n);
  t.is(hart.kernel.field('ThreadFrame', hart.kernel.byteOf(threads[7] ?? 0n), 'pending'), 3n);
});

test('the outermost thread that waits lets the hart sleep, out of its address space, until it has a signal', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  const before = hart.satp;
  hart.call(ITSELF, 'ITSELF_WAIT');
  t.true(hart.sleeping);
  t.not(hart.satp, before);
  t.is(hart.kernel.field('Hart', hart.kernel.hart, 'done'), NEVER);
  hart.wake(2n);
  t.true(hart.sleeping, 'an interrupt without a signal');
  hart.kernel.setField('ThreadFrame', hart.kernel.byteOf(scene.outermost), 'pending', 6n);
  hart.wake(2n);
  t.false(hart.sleeping);
  t.deepEqual(hart.answer(), { error: 0n, value: 6n });
  t.not(hart.kernel.field('Hart', hart.kernel.hart, 'done'), NEVER);
});

test('W1: a signal of another hart at any moment of Wait is seen by the Wait, or wakes the runner', (t) => {
  let moments = 0;
  for (let moment = 0; moment <= moments; moment++) {
    const scene = makeChain();
    const { hart } = scene;
    const thread = hart.kernel.byteOf(scene.threads[0] ?? 0n);
    hart.call(slotOf(0), 'THREAD_RUN', NEVER, 0x40n);
    let access = 0;
    const signal = (): void => void hart.kernel.call('signalGive', hart.kernel.hart + HART_SIZE, thread, 1n);
    hart.kernel.setField('Hart', hart.kernel.hart + HART_SIZE, 'index', 1n);
    hart.callWith(() => void (access++ === moment && signal()), ITSELF, 'ITSELF_WAIT');
    moments = Math.max(moments, access);
    if (access <= moment) signal();
    if (hart.depth() === 1n) {
      t.deepEqual(hart.answer(), { error: 0n, value: 1n }, `moment ${moment}`);
      continue;
    }
    t.deepEqual(hart.answer(), { error: 0n, value: hart.event('WAITING') }, `moment ${moment}`);
    t.deepEqual(hart.call(ITSELF, 'ITSELF_WAIT'), { error: 0n, value: 0x40n }, `moment ${moment}`);
    hart.call(slotOf(0), 'THREAD_RUN', NEVER, 0x40n);
    t.deepEqual(hart.answer(), { error: 0n, value: 1n }, `moment ${moment}`);
  }
  t.true(moments >= 2);
});

test('W1: a signal of another hart at any moment of the Run of a waiting thread is seen by it, or wakes the runner', (t) => {
  let moments = 0;
  for (let moment = 0; moment <= moments; moment++) {
    const scene = makeChain();
    const { hart } = scene;
    const thread = hart.kernel.byteOf(scene.threads[0] ?? 0n);
    hart.call(slotOf(0), 'THREAD_RUN', NEVER, 0x40n);
    hart.call(ITSELF, 'ITSELF_WAIT');
    hart.kernel.setField('Hart', hart.kernel.hart + HART_SIZE, 'index', 1n);
    let access = 0;
    const signal = (): void => void hart.kernel.call('signalGive', hart.kernel.hart + HART_SIZE, thread, 1n);
    hart.callWith(() => void (access++ === moment && signal()), slotOf(0), 'THREAD_RUN', NEVER, 0x80n);
    moments = Math.max(moments, access);
    if (access <= moment) signal();
    if (hart.depth() === 0n) {
      const ends = [hart.event('WAITING'), hart.event('INTERRUPTED')];
      t.true(ends.includes(hart.answer().value), `moment ${moment}`);
      const woken = hart.call(ITSELF, 'ITSELF_WAIT').value;
      t.true(woken === 0x40n || woken === 0x80n, `moment ${moment}`);
      hart.call(slotOf(0), 'THREAD_RUN', NEVER, 0x80n);
    }
    t.is(hart.depth(), 1n);
    t.true(hart.answer().value === 1n || hart.call(ITSELF, 'ITSELF_WAIT').value === 1n, `moment ${moment}`);
  }
  t.true(moments >= 6);
});

test('W1: a signal that comes while a runner runs itself ends its next Run; once, until it takes its signals', (t) => {
  for (const depth of [0, 2]) {
    const scene = makeChain();
    const { hart } = scene;
    nest(scene, depth);
    const runner = hart.thread();
    hart.kernel.setField('Hart', hart.kernel.hart + HART_SIZE, 'index', 1n);
    const run = () => hart.call(slotOf(depth), 'THREAD_RUN', NEVER, 0n);
    for (const signals of [2n, 4n]) {
      hart.kernel.call('signalGive', hart.kernel.hart + HART_SIZE, runner, signals);
      if (depth === 0) hart.trap(SOFTWARE);
      t.deepEqual(run(), { error: 0n, value: hart.event('INTERRUPTED') });
      run();
      t.is(hart.depth(), BigInt(depth + 1), 'it knows');
      hart.call(ITSELF, 'ITSELF_YIELD');
      t.deepEqual(hart.call(ITSELF, 'ITSELF_WAIT'), { error: 0n, value: signals });
      run();
      t.is(hart.depth(), BigInt(depth + 1), 'there is no signal');
      hart.call(ITSELF, 'ITSELF_YIELD');
    }
  }
});

test('W1: the outermost thread knows of the signals that it gives itself', (t) => {
  const { hart, threads } = makeChain();
  hart.call(slotOf(0), 'THREAD_RUN', NEVER, 0x40n);
  hart.call(ITSELF, 'ITSELF_WAIT');
  t.deepEqual(hart.call(slotOf(0), 'THREAD_SIGNAL', 1n), { error: 0n, value: 0n });
  hart.call(slotOf(0), 'THREAD_RUN', NEVER, 0x40n);
  t.is(hart.thread(), hart.kernel.byteOf(threads[0] ?? 0n));
  t.deepEqual(hart.answer(), { error: 0n, value: 1n });
});
