/** Call and Return, and every other end of an invocation. */
import test from 'ava';
import { ITSELF, NEVER, TIMER, type SimulatedHart } from './simulated-hart.ts';
import {
  BADGE,
  DEEP_ENTRY,
  ENTRY,
  makeScene,
  OTHER,
  OTHER_ENTRY,
  SERVER,
  SERVER_PC,
  slotOf,
  type Scene,
} from './scene.ts';

const KEPT = [1, 2, 3, 4, 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27];
const LEVELS = 19n;

function call(hart: SimulatedHart, entry = ENTRY) {
  return hart.call(entry, 'INVOCATION_CALL', 11n, 12n, 13n, 14n);
}

/** Marks a component dead, as another hart does it, and tells this one. */
function retireElsewhere(scene: Scene, component: bigint): void {
  const { kernel } = scene.hart;
  const entry = kernel.frameTable + Number(component) * 16;
  kernel.setWord(entry, kernel.word(entry) | (kernel.constant('FRAME_TYPE_DEAD') << 24n));
  kernel.setField('Hart', kernel.hart, 'attention', 1n);
}

test('I1: a call enters with arguments, badge and token, and nothing else; a return brings the results and the registers', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  hart.registers = hart.registers.map((_, index) => BigInt(index) * 0x1001n);
  const before = hart.registers.slice();
  const { pc, satp } = hart;
  const memory = hart.kernel.state();
  call(hart);
  t.is(scene.hart.inside(), scene.server);
  t.is(hart.pc, SERVER_PC);
  const token = hart.kernel.number(scene.outermost);
  const expected = Array.from({ length: 32 }, (_, index) => [11n, 12n, 13n, 14n, BADGE, token][index - 10] ?? 0n);
  t.deepEqual(hart.registers, expected);
  t.not(hart.satp, satp);
  hart.registers = hart.registers.map(() => 0xbadn);
  hart.call(ITSELF, 'ITSELF_RETURN', 21n, 22n, 23n, 24n);
  t.is(scene.hart.inside(), scene.component);
  t.is(hart.pc, pc + 4n);
  for (const number of KEPT) t.is(hart.registers[number], before[number], `x${number}`);
  t.deepEqual(hart.registers.slice(10, 18), [0n, 21n, 22n, 23n, 24n, 0n, 0n, 0n]);
  for (const number of [5, 6, 7, 28, 29, 30, 31]) t.is(hart.registers[number], 0n, `x${number}`);
  const changed = [...hart.kernel.state().entries()]
    .filter(([at, byte]) => byte !== memory[at])
    .map(([at]) => at >> 12);
  t.deepEqual([...new Set(changed)], [Number(scene.outermost)], 'only the frame of the thread was written');
});

test('F1: floating point is off on the other side, in both directions', (t) => {
  const { hart } = makeScene();
  hart.trap(2n);
  t.true(hart.floatingOn);
  call(hart);
  t.false(hart.floatingOn);
  hart.trap(2n);
  t.true(hart.floatingOn);
  t.is(hart.floating[5], 0n);
  hart.call(ITSELF, 'ITSELF_RETURN');
  t.false(hart.floatingOn);
  t.is(hart.kernel.field('ThreadFrame', hart.thread(), 'floatingUsed') & 0xffff_ffffn, 0n);
});

test('a call is refused unless the levels that it needs are left', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  call(hart, DEEP_ENTRY);
  t.is(scene.hart.inside(), scene.server, 'from the empty stack 18 further ones are left');
  t.deepEqual(call(hart, DEEP_ENTRY), { error: hart.error('DEPTH_EXCEEDED'), value: 18n });
  for (let depth = 2n; depth <= LEVELS; depth++) {
    call(hart);
    t.is(hart.pc, SERVER_PC, `level ${depth}`);
  }
  t.deepEqual(call(hart), { error: hart.error('DEPTH_EXCEEDED'), value: 0n });
  for (let depth = LEVELS; depth > 0n; depth--) {
    t.deepEqual(hart.call(ITSELF, 'ITSELF_RETURN', depth), { error: 0n, value: depth });
  }
  t.is(scene.hart.inside(), scene.component);
});

test('V1: a fault inside ends only that invocation: its Call answers Faulted, with nothing of the server', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  hart.registers = hart.registers.map((_, index) => BigInt(index));
  call(hart);
  call(hart, OTHER_ENTRY);
  hart.registers = hart.registers.map(() => 0x5ec7n);
  hart.trap(13n, 0x5ec7n);
  t.is(scene.hart.inside(), scene.server);
  t.deepEqual(hart.registers.slice(10, 18), [hart.error('FAULTED'), 0n, 0n, 0n, 0n, 0n, 0n, 0n]);
  t.false(hart.registers.includes(0x5ec7n));
  hart.trap(13n, 0x5ec7n);
  t.is(scene.hart.inside(), scene.component);
  t.deepEqual(hart.registers.slice(10, 12), [hart.error('FAULTED'), 0n]);
  t.is(hart.registers[8], 8n, 'the registers of the caller');
});

test('a Return into a dead caller goes to the nearest live one, whose Call answers Dead', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  call(hart);
  call(hart, OTHER_ENTRY);
  t.is(hart.call(SERVER, 'COMPONENT_RETIRE').error, 0n, 'the one in the middle');
  t.is(scene.hart.inside(), scene.other, 'the innermost goes on');
  t.deepEqual(hart.call(ITSELF, 'ITSELF_RETURN', 5n), { error: hart.error('DEAD'), value: 0n });
  t.is(scene.hart.inside(), scene.component);
});

test('a component that is retired under a thread ends its invocation at the next entry: by a call, a trap, or itself', (t) => {
  for (const way of ['call', 'trap', 'itself']) {
    const scene = makeScene();
    const { hart } = scene;
    call(hart);
    call(hart, OTHER_ENTRY);
    if (way !== 'itself') retireElsewhere(scene, scene.other);
    if (way === 'call') hart.call(ITSELF, 'ITSELF_YIELD');
    if (way === 'trap') hart.trap(TIMER);
    if (way === 'itself') hart.call(OTHER, 'COMPONENT_RETIRE');
    t.is(scene.hart.inside(), scene.server, way);
    t.deepEqual(hart.answer(), { error: hart.error('DEAD'), value: 0n }, way);
    t.is(hart.depth(), 0n, way);
  }
});

test('a thread that loses server and component at once is ComponentDied, and shows nothing of the server', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  const [thread = 0n] = scene.threads;
  hart.moveInto(thread, scene.server);
  hart.call(slotOf(0), 'THREAD_RUN', NEVER, 0n);
  hart.registers[9] = 0x99n;
  call(hart, OTHER_ENTRY);
  hart.registers = hart.registers.map(() => 0x5ec7n);
  retireElsewhere(scene, scene.server);
  retireElsewhere(scene, scene.other);
  hart.trap(TIMER);
  t.is(hart.depth(), 0n);
  t.deepEqual(hart.answer(), { error: 0n, value: hart.event('COMPONENT_DIED') });
  for (let index = 0n; index < 65n; index++) {
    const { error, value } = hart.call(slotOf(0), 'THREAD_READ_REGISTER', index);
    t.is(error, 0n);
    t.not(value, 0x5ec7n);
  }
  t.is(hart.call(slotOf(0), 'THREAD_READ_REGISTER', 9n).value, 0x99n);
  hart.call(slotOf(0), 'THREAD_WRITE_REGISTER', 0n, 0x6666n);
  t.deepEqual(hart.call(slotOf(0), 'THREAD_RUN', NEVER, 0n), { error: 0n, value: hart.event('COMPONENT_DIED') });
});

test('a runner inside a server that dies: its Run never answers, its Call answers Dead', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  call(hart);
  hart.call(slotOf(0), 'THREAD_RUN', NEVER, 0n);
  hart.call(slotOf(1), 'THREAD_RUN', NEVER, 0n);
  hart.call(SERVER, 'COMPONENT_RETIRE');
  t.is(hart.depth(), 0n);
  t.is(scene.hart.inside(), scene.component);
  t.deepEqual(hart.answer(), { error: hart.error('DEAD'), value: 0n });
  hart.call(slotOf(0), 'THREAD_RUN', NEVER, 0n);
  t.deepEqual(hart.answer(), { error: 0n, value: hart.event('INTERRUPTED') });
});

test('the sentinel matches nothing: a thread frame that is a component in its next life is no caller', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  const frame = hart.kernel.byteOf(scene.outermost);
  const sentinel = hart.kernel.at('ThreadFrame', frame, 'invocations');
  t.is(hart.kernel.field('InvocationEntry', sentinel, 'component'), hart.kernel.address(frame));
  const key = hart.kernel.field('InvocationEntry', sentinel, 'key');
  t.true(key > (hart.kernel.constant('FRAME_INCARNATION_LIMIT') << 8n) + 0xffn, 'no word of a frame is as long');
});

for (const way of ['call', 'trap', 'itself']) {
  test(`a thread that loses its component outside of any invocation stands where it is, with nothing of a server: ${way}`, (t) => {
    const scene = makeScene();
    const { hart } = scene;
    const [thread = 0n] = scene.threads;
    hart.moveInto(thread, scene.other);
    hart.call(slotOf(0), 'THREAD_RUN', 2000n, 0n);
    hart.kernel.setField('Hart', hart.kernel.hart, 'table', hart.kernel.address(hart.kernel.byteOf(scene.other + 2n)));
    call(hart);
    hart.trap(2n);
    hart.registers = hart.registers.map(() => 0x5ec7n);
    hart.floating = hart.floating.map(() => 0x5ec7n);
    hart.time = 2000n;
    hart.trap(TIMER);
    t.is(hart.depth(), 0n, 'the frame holds what the server left');
    hart.call(slotOf(0), 'THREAD_RUN', NEVER, 0n);
    hart.call(ITSELF, 'ITSELF_RETURN');
    hart.trap(2n);
    hart.registers = hart.registers.map((_, index) => BigInt(index) * 3n);
    hart.floating = hart.floating.map((_, index) => BigInt(index) * 5n);
    if (way !== 'itself') retireElsewhere(scene, scene.other);
    if (way === 'call') hart.call(ITSELF, 'ITSELF_YIELD');
    if (way === 'trap') hart.trap(TIMER);
    if (way === 'itself') hart.call(OTHER, 'COMPONENT_RETIRE');
    t.deepEqual(hart.answer(), { error: 0n, value: hart.event('COMPONENT_DIED') });
    const read = (index: number): bigint => hart.call(slotOf(0), 'THREAD_READ_REGISTER', BigInt(index)).value;
    for (const index of KEPT) t.is(read(index), BigInt(index) * 3n, `x${index}`);
    for (let index = 0; index < 32; index++) t.is(read(32 + index), BigInt(index) * 5n, `f${index}`);
  });
}
