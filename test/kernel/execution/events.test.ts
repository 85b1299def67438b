/** Run and its events: what the thread that is run sees, and what its runner is told. */
import test from 'ava';
import { ITSELF, NEVER, TIMER } from './simulated-hart.ts';
import { BLIND, makeScene, SERVER, slotOf, type Scene } from './scene.ts';

const FIRST = slotOf(0);
const BREAKPOINT = 3n;

function run(scene: Scene, slot = FIRST, deadline = NEVER, wakeBits = 0n) {
  return scene.hart.call(slot, 'THREAD_RUN', deadline, wakeBits);
}

/** Checks that the outermost thread runs, and what its Run has answered: the event, and a2 to a5. */
function told(
  t: { deepEqual: (a: unknown, b: unknown) => void },
  scene: Scene,
  event: string,
  ...more: bigint[]
): void {
  const { hart } = scene;
  t.deepEqual(hart.thread(), hart.kernel.byteOf(scene.outermost));
  t.deepEqual(hart.depth(), 0n);
  const rest = [...more, 0n, 0n, 0n, 0n].slice(0, 4);
  t.deepEqual(hart.registers.slice(10, 16), [0n, hart.event(event), ...rest]);
}

test('H1: a thread starts with the registers that were written, and all others zero', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  for (const [register, value] of [
    [0n, 0x7000n],
    [2n, 0x8000n],
    [10n, 42n],
  ] as const) {
    t.is(hart.call(FIRST, 'THREAD_WRITE_REGISTER', register, value).error, 0n);
  }
  run(scene);
  t.is(hart.thread(), hart.kernel.byteOf(scene.threads[0] ?? 0n));
  t.is(hart.pc, 0x7000n);
  t.deepEqual(
    hart.registers.map((value, index) => [index, value]).filter(([, value]) => value !== 0n),
    [
      [2, 0x8000n],
      [10, 42n],
    ],
  );
});

test('H2: registers that a call keeps come back after a switch, everything else is zero', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  hart.registers = hart.registers.map((_, index) => BigInt(index) * 0x1001n);
  const before = hart.registers.slice();
  run(scene);
  hart.registers = hart.registers.map((_, index) => BigInt(index) * 0x77n);
  hart.call(ITSELF, 'ITSELF_YIELD');
  told(t, scene, 'YIELDED');
  for (const kept of [1, 2, 3, 4, 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27]) {
    t.is(hart.registers[kept], before[kept]);
  }
  for (const lost of [5, 6, 7, 16, 17, 28, 29, 30, 31]) t.is(hart.registers[lost], 0n);
  run(scene);
  t.is(hart.registers[8], 8n * 0x77n);
  t.deepEqual(hart.answer(), { error: 0n, value: 0n });
});

test('I3: Return outside of an invocation is Exited, until the pc was written', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  run(scene);
  hart.call(ITSELF, 'ITSELF_RETURN', 1n, 2n, 3n, 4n);
  told(t, scene, 'EXITED');
  run(scene);
  told(t, scene, 'EXITED');
  hart.call(FIRST, 'THREAD_WRITE_REGISTER', 10n, 5n);
  run(scene);
  told(t, scene, 'EXITED');
  hart.call(FIRST, 'THREAD_WRITE_REGISTER', 0n, 0x9000n);
  run(scene);
  t.is(hart.depth(), 1n);
  t.is(hart.pc, 0x9000n);
});

test('H5: a fault is told with cause, address and pc; without the right to registers only with its cause', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  run(scene);
  hart.pc = 0x1234n;
  hart.registers[5] = 99n;
  hart.trap(BREAKPOINT, 0x5678n);
  told(t, scene, 'FAULT', BREAKPOINT, 0x5678n, 0x1234n);
  run(scene, BLIND);
  t.is(hart.pc, 0x1234n, 'the instruction is repeated');
  t.is(hart.registers[5], 99n, 'with every register');
  hart.trap(BREAKPOINT, 0x5678n);
  told(t, scene, 'FAULT', BREAKPOINT);
});

test('a page fault on a page that is mapped is no event: the thread goes on', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  const [middle, lowest] = [hart.frame('PAGE_TABLE_1'), hart.frame('PAGE_TABLE_0')];
  const root = hart.kernel.byteOf(scene.component + 1n);
  const link = (frame: bigint): bigint => (hart.kernel.number(frame) << 10n) | 1n;
  hart.kernel.setWord(root, link(middle));
  hart.kernel.setWord(hart.kernel.byteOf(middle), link(lowest));
  hart.kernel.setWord(hart.kernel.byteOf(lowest) + 5 * 8, (hart.kernel.number(50n) << 10n) | 0x53n);
  run(scene);
  hart.trap(13n, 0x5abcn);
  t.is(hart.depth(), 1n, 'a load finds it');
  hart.trap(15n, 0x5abcn);
  told(t, scene, 'FAULT', 15n, 0x5abcn, hart.kernel.word(hart.kernel.byteOf(scene.threads[0] ?? 0n)));
  for (const [cause, address] of [
    [12n, 0x5abcn],
    [13n, 0x6000n],
    [13n, 0xffff_ffc0_0000_5abcn],
    [13n, 0x40_0000_5abcn],
  ] as const) {
    run(scene);
    hart.trap(cause, address);
    t.is(hart.registers[11], hart.event('FAULT'));
    t.is(hart.registers[13], address);
  }
});

test('F1: the first illegal instruction turns floating point on with zeros, the second is a fault', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  run(scene);
  hart.floating = hart.floating.map(() => 1n);
  hart.trap(2n, 0n);
  t.true(hart.floatingOn);
  t.deepEqual(hart.floating, new Array<bigint>(32).fill(0n));
  hart.floating = hart.floating.map((_, index) => BigInt(index) + 7n);
  hart.fcsr = 0x21n;
  hart.call(ITSELF, 'ITSELF_YIELD');
  t.false(hart.floatingOn, 'the runner has none');
  t.deepEqual(hart.call(FIRST, 'THREAD_READ_REGISTER', 33n), { error: 0n, value: 8n });
  t.deepEqual(hart.call(FIRST, 'THREAD_READ_REGISTER', 64n), { error: 0n, value: 0x21n });
  run(scene, slotOf(1));
  t.false(hart.floatingOn, 'nor has another thread');
  hart.call(ITSELF, 'ITSELF_YIELD');
  hart.floating = [];
  hart.floating = new Array<bigint>(32).fill(0n);
  run(scene);
  t.true(hart.floatingOn);
  t.is(hart.floating[31], 38n);
  t.is(hart.fcsr, 0x21n);
  hart.trap(2n, 0n);
  t.is(hart.registers[11], hart.event('FAULT'));
});

test('H4: a deadline that is past or now ends the Run before it begins; the timer is set only for a sooner one', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  run(scene, FIRST, 0n);
  told(t, scene, 'DEADLINE_PASSED');
  run(scene, FIRST, hart.time);
  told(t, scene, 'DEADLINE_PASSED');
  t.is(hart.timerSets, 0);
  run(scene, FIRST, hart.time + 100n);
  t.deepEqual([hart.timer, hart.timerSets], [1100n, 1]);
  hart.call(ITSELF, 'ITSELF_YIELD');
  run(scene, FIRST, hart.time + 200n);
  t.deepEqual([hart.timer, hart.timerSets], [1100n, 1], 'an earlier one is set already');
  hart.time = 1100n;
  hart.trap(TIMER);
  t.is(hart.depth(), 1n, 'it comes for nobody');
  t.deepEqual([hart.timer, hart.timerSets], [1200n, 2]);
  hart.time = 1200n;
  hart.registers[30] = 5n;
  hart.trap(TIMER);
  told(t, scene, 'DEADLINE_PASSED');
  t.is(hart.timer, NEVER);
  run(scene);
  t.is(hart.registers[30], 5n, 'the thread goes on as it was');
});

test('a Run of a thread whose component is dead is ComponentDied', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  t.is(hart.call(2n, 'COMPONENT_INSPECT', 0n).value, 0n);
  hart.moveInto(scene.threads[1] ?? 0n, scene.server);
  t.is(hart.call(SERVER, 'COMPONENT_RETIRE').error, 0n);
  run(scene, slotOf(1));
  told(t, scene, 'COMPONENT_DIED');
});

for (const [what, operation, line] of [
  ['exits', 'ITSELF_RETURN', /^exit: [^\n]+\n$/],
  ['faults', '', /^fault: breakpoint \(cause 0x3\), address 0x5678, pc 0x1[0-9a-f]{3}: [^\n]+\n$/],
  ['dies', 'COMPONENT_RETIRE', /^dead: [^\n]+\n$/],
] as const) {
  test(`an outermost thread that ${what} stops the machine with one line and exit code 1`, (t) => {
    const { hart } = makeScene();
    const act = (): unknown =>
      operation === ''
        ? hart.trap(BREAKPOINT, 0x5678n)
        : hart.call(operation === 'ITSELF_RETURN' ? ITSELF : 2n, operation);
    const error = t.throws(act);
    t.regex(error.message, /exit code 1$/);
    t.regex(hart.kernel.output, line);
  });
}
