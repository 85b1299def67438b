/** Interrupts: who is told, what masks a line, and what binding, losing and moving it do. */
import test, { type ExecutionContext } from 'ava';
import { HART_SIZE } from '../simulated-kernel.ts';
import { EXTERNAL, ITSELF, NEVER } from './simulated-hart.ts';
import {
  HART,
  LINE,
  LINE_NUMBER,
  makeScene,
  OTHER_LINE,
  OTHER_LINE_NUMBER,
  OUTERMOST,
  SAME_LINE,
  slotOf,
  TABLE,
  type Scene,
} from './scene.ts';

const DRIVER = slotOf(0);
const WORKER = slotOf(1);
const INTERRUPT_PENDING = 0x200n;

function bind({ hart }: Scene, line = LINE, thread = DRIVER, bits = 4n) {
  return hart.call(line, 'INTERRUPT_BIND', thread, bits);
}

/** The device raises its line; if the controller interrupts the hart, its thread traps. */
function interrupt({ hart }: Scene, line = LINE_NUMBER): boolean {
  hart.plic.raise(line);
  if (!hart.plic.interrupts(0)) return false;
  hart.trap(EXTERNAL);
  return true;
}

function pending({ hart }: Scene, thread: bigint | undefined): bigint {
  return hart.kernel.field('ThreadFrame', hart.kernel.byteOf(thread ?? 0n), 'pending');
}

/** Another thread runs in the outermost one; the driver, which has been run once, wants to wake that with 16. */
function busy(scene: Scene): void {
  const { hart } = scene;
  hart.call(DRIVER, 'THREAD_RUN', NEVER, 16n);
  hart.call(ITSELF, 'ITSELF_WAIT');
  hart.call(WORKER, 'THREAD_RUN', NEVER, 0n);
  hart.registers[6] = 66n;
}

test('an interrupt gives the bound thread its signals, and ends the Run of the outermost thread', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  t.deepEqual(bind(scene), { error: 0n, value: 0n });
  busy(scene);
  t.true(interrupt(scene));
  t.is(hart.thread(), hart.kernel.byteOf(scene.outermost));
  t.deepEqual(hart.answer(), { error: 0n, value: hart.event('INTERRUPTED') });
  t.is(pending(scene, scene.threads[0]), 4n);
  t.deepEqual(hart.call(ITSELF, 'ITSELF_WAIT'), { error: 0n, value: 16n });
  hart.call(DRIVER, 'THREAD_RUN', NEVER, 16n);
  t.deepEqual(hart.answer(), { error: 0n, value: 4n }, 'the driver’s Wait answers');
  hart.call(ITSELF, 'ITSELF_YIELD');
  hart.call(WORKER, 'THREAD_RUN', NEVER, 0n);
  t.is(hart.registers[6], 66n, 'the thread that was interrupted goes on as it was');
});

test('an interrupt for the innermost thread of the longest chain ends the Run of the outermost one', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  bind(scene, LINE, slotOf(6));
  for (let index = 0; index < 7; index++) hart.call(slotOf(index), 'THREAD_RUN', NEVER, 16n);
  t.is(hart.depth(), 7n);
  t.true(interrupt(scene));
  t.is(hart.depth(), 0n);
  t.deepEqual(hart.answer(), { error: 0n, value: hart.event('INTERRUPTED') });
  t.deepEqual(hart.call(ITSELF, 'ITSELF_WAIT'), { error: 0n, value: 16n });
  t.is(pending(scene, scene.threads[6]), 4n);
});

test('a claimed line is masked until it is acknowledged; the second Acknowledge is Empty', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  bind(scene);
  t.true(interrupt(scene));
  t.true(hart.plic.isMasked(LINE_NUMBER));
  t.false(interrupt(scene), 'it is up, and does not interrupt');
  t.deepEqual(hart.call(LINE, 'INTERRUPT_ACKNOWLEDGE'), { error: 0n, value: 0n });
  t.false(hart.plic.isMasked(LINE_NUMBER));
  t.deepEqual(hart.call(LINE, 'INTERRUPT_ACKNOWLEDGE'), { error: hart.error('EMPTY'), value: 0n });
  t.true(interrupt(scene), 'it interrupts again');
  t.true(hart.plic.isMasked(LINE_NUMBER));
});

test('an interrupt for the thread that runs, or for one that nobody runs, lets it go on', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  bind(scene, LINE, OUTERMOST);
  bind(scene, OTHER_LINE, slotOf(3), 9n);
  hart.registers[28] = 5n;
  t.true(interrupt(scene));
  t.true(interrupt(scene, OTHER_LINE_NUMBER));
  t.is(hart.depth(), 0n);
  t.is(hart.registers[28], 5n);
  t.is(pending(scene, scene.threads[3]), 9n);
  t.deepEqual(hart.call(ITSELF, 'ITSELF_WAIT'), { error: 0n, value: 4n });
});

test('an interrupt wakes the hart that sleeps; one that is for another thread lets it sleep on', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  bind(scene, LINE, OUTERMOST);
  bind(scene, OTHER_LINE, slotOf(3), 9n);
  const satp = hart.kernel.field('ComponentFrame', hart.kernel.byteOf(scene.component), 'satp');
  hart.call(ITSELF, 'ITSELF_WAIT');
  t.true(hart.sleeping);
  hart.plic.raise(OTHER_LINE_NUMBER);
  hart.wake(INTERRUPT_PENDING);
  t.true(hart.sleeping);
  t.is(hart.kernel.field('Hart', hart.kernel.hart, 'done'), NEVER, 'and it holds nothing');
  t.is(pending(scene, scene.threads[3]), 9n);
  hart.plic.raise(LINE_NUMBER);
  hart.wake(INTERRUPT_PENDING);
  t.false(hart.sleeping);
  t.deepEqual(hart.answer(), { error: 0n, value: 4n });
  t.is(hart.satp, satp);
  t.not(hart.kernel.field('Hart', hart.kernel.hart, 'done'), NEVER);
});

test('O3: a binding whose thread is gone stays masked; the next one to bind is told at once', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  const frame = scene.threads[0] ?? 0n;
  bind(scene);
  hart.kernel.call('frameTableFill', hart.kernel.number(frame), 1n, hart.kernel.constant('FRAME_TYPE_UNTYPED'), 0n);
  const before = pending(scene, frame);
  t.true(interrupt(scene));
  t.is(pending(scene, frame), before, 'nothing is written into the frame');
  t.true(hart.plic.isMasked(LINE_NUMBER));
  t.false(interrupt(scene));
  bind(scene, SAME_LINE, OUTERMOST, 8n);
  t.deepEqual(hart.call(ITSELF, 'ITSELF_WAIT'), { error: 0n, value: 8n });
  hart.call(LINE, 'INTERRUPT_ACKNOWLEDGE');
  t.true(interrupt(scene));
  t.deepEqual(hart.call(ITSELF, 'ITSELF_WAIT'), { error: 0n, value: 8n });
});

test('a thread made in the same frame later is not the bound one', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  const frame = scene.threads[0] ?? 0n;
  bind(scene);
  const entry = hart.kernel.frameTable + Number(frame) * 16;
  hart.kernel.setWord(entry, hart.kernel.word(entry) + (1n << 32n));
  t.true(interrupt(scene));
  t.is(pending(scene, frame), 0n);
});

test('with two capabilities for a line, the later Bind counts, and either acknowledges and unbinds', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  bind(scene, LINE, slotOf(2), 1n);
  bind(scene, SAME_LINE, slotOf(3), 2n);
  t.true(interrupt(scene));
  t.is(pending(scene, scene.threads[2]), 0n);
  t.is(pending(scene, scene.threads[3]), 2n);
  t.is(hart.call(LINE, 'INTERRUPT_ACKNOWLEDGE').error, 0n);
  t.is(hart.call(LINE, 'INTERRUPT_UNBIND').error, 0n);
  t.false(interrupt(scene), 'nobody is interrupted');
  t.deepEqual(hart.call(SAME_LINE, 'INTERRUPT_UNBIND'), { error: hart.error('EMPTY'), value: 0n });
  t.deepEqual(hart.call(SAME_LINE, 'INTERRUPT_ACKNOWLEDGE'), { error: hart.error('EMPTY'), value: 0n });
});

test('a masked line that is unbound stays masked; its next binding tells the thread and ends the outermost Run', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  bind(scene);
  interrupt(scene);
  t.is(hart.call(LINE, 'INTERRUPT_UNBIND').error, 0n);
  t.true(hart.plic.isMasked(LINE_NUMBER));
  hart.call(WORKER, 'THREAD_RUN', NEVER, 0n);
  bind(scene, LINE, OUTERMOST, 32n);
  t.deepEqual(hart.answer(), { error: 0n, value: hart.event('INTERRUPTED') });
  t.is(hart.depth(), 0n);
  t.deepEqual(hart.call(ITSELF, 'ITSELF_WAIT'), { error: 0n, value: 32n });
  hart.call(WORKER, 'THREAD_RUN', NEVER, 0n);
  t.deepEqual(hart.answer(), { error: 0n, value: 0n }, 'Bind has answered Ok');
});

test('copies, moves and drops of the capability leave the binding as it is', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  bind(scene);
  const copy = hart.call(TABLE, 'CAPABILITY_TABLE_COPY', 40n, LINE, 2n, 0n, 0n, 0n);
  t.is(copy.error, 0n);
  t.is(hart.call(TABLE, 'CAPABILITY_TABLE_MOVE', 41n, LINE).error, 0n);
  t.is(hart.call(TABLE, 'CAPABILITY_TABLE_INSPECT', 41n, 1n).value, BigInt(LINE_NUMBER));
  t.is(hart.call(TABLE, 'CAPABILITY_TABLE_DROP', 41n).error, 0n);
  t.true(interrupt(scene));
  t.deepEqual(hart.call(40n, 'INTERRUPT_BIND', DRIVER, 1n), { error: hart.error('MISSING_RIGHTS'), value: 1n });
  t.is(hart.call(40n, 'INTERRUPT_ACKNOWLEDGE').error, 0n);
});

test('a line that was bound on another hart moves; the hart before drops it when it gets it once more', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  const { kernel, plic } = hart;
  bind(scene, LINE, slotOf(2), 1n);
  /* Now it is bound on hart 1, which has it enabled too. */
  plic.write(plic.registers(1).enable + 4, 1 << (LINE_NUMBER - 32));
  const line = kernel.global('interruptLines') + LINE_NUMBER * kernel.classSize('InterruptLine');
  kernel.setField('InterruptLine', line, 'owner', 2n);
  t.true(interrupt(scene), 'it is still offered here');
  t.is(pending(scene, scene.threads[2]), 1n, 'and is not lost');
  t.false(plic.isEnabled(0, LINE_NUMBER));
  t.true(plic.isEnabled(1, LINE_NUMBER));
  t.deepEqual(hart.call(LINE, 'INTERRUPT_ACKNOWLEDGE'), { error: hart.error('WRONG_HART'), value: 1n });
  t.is(kernel.field('InterruptLine', line, 'claimed'), kernel.address(plic.registers(1).claim), 'hart 1 can');
});

test('an interrupt that finds the binding being changed is left to the hart that changes it', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  const { kernel } = hart;
  bind(scene, LINE, slotOf(2), 1n);
  const line = kernel.global('interruptLines') + LINE_NUMBER * kernel.classSize('InterruptLine');
  const owner = kernel.field('InterruptLine', line, 'owner');
  kernel.setField('InterruptLine', line, 'owner', owner | 0xffn);
  t.true(interrupt(scene));
  t.is(pending(scene, scene.threads[2]), 0n);
  /* That hart has published, and finds the claim; here it is this one that binds. */
  kernel.setField('InterruptLine', line, 'owner', owner);
  bind(scene, LINE, slotOf(3), 2n);
  t.is(pending(scene, scene.threads[3]), 2n);
});

/** A scene whose line is bound on hart 1, to a thread that nobody runs; the device raises it. */
function boundOnHartOne(): { readonly scene: Scene; readonly second: number } {
  const scene = makeScene();
  const { kernel, plic } = scene.hart;
  bind(scene, LINE, slotOf(2), 1n);
  plic.write(plic.registers(1).enable + 4, 1 << (LINE_NUMBER - 32));
  plic.write(plic.registers(0).enable + 4, 0);
  const line = kernel.global('interruptLines') + LINE_NUMBER * kernel.classSize('InterruptLine');
  kernel.setField('InterruptLine', line, 'owner', 2n);
  plic.raise(LINE_NUMBER);
  const second = kernel.hart + HART_SIZE;
  kernel.setField('Hart', second, 'index', 1n);
  return { scene, second };
}

/** Whoever was told before: the thread that was bound last knows of the interrupt, and can acknowledge it here, or it comes once more. */
function reaches(t: ExecutionContext, { hart, threads }: Scene, moment: number): void {
  const at = `moment ${moment}`;
  const acknowledged = hart.call(LINE, 'INTERRUPT_ACKNOWLEDGE');
  t.is(acknowledged.error, 0n, at);
  t.is(hart.kernel.field('ThreadFrame', hart.kernel.byteOf(threads[3] ?? 0n), 'pending'), 2n, at);
  t.false(hart.plic.isMasked(LINE_NUMBER), at);
}

test('an interrupt on the hart before, at each moment of a Bind on another one, reaches the thread that is bound', (t) => {
  let moments = 1;
  for (let moment = 0; moment < moments; moment++) {
    const { scene, second } = boundOnHartOne();
    const { hart } = scene;
    let access = 0;
    hart.callWith(
      () => void (access++ === moment && hart.kernel.call('interruptArrive', second)),
      LINE,
      'INTERRUPT_BIND',
      slotOf(3),
      2n,
    );
    moments = access;
    if (moment < access) reaches(t, scene, moment);
  }
  t.true(moments >= 15, `${moments} moments`);
});

test('a Bind on another hart, at each moment of an interrupt on the one before, misses no interrupt', (t) => {
  let moments = 1;
  for (let moment = 0; moment < moments; moment++) {
    const { scene, second } = boundOnHartOne();
    const { hart } = scene;
    let access = 0;
    const interfere = (): void => void (access++ === moment && bind(scene, LINE, slotOf(3), 2n));
    hart.kernel.runWith(interfere, 'interruptArrive', second);
    moments = access;
    if (hart.plic.interrupts(0)) hart.trap(EXTERNAL);
    reaches(t, scene, moment);
  }
  t.true(moments >= 8, `${moments} moments`);
});

test('a line that another hart has claimed and not handed over is acknowledged where it is bound', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  const { kernel, plic } = hart;
  bind(scene);
  interrupt(scene);
  const line = kernel.global('interruptLines') + LINE_NUMBER * kernel.classSize('InterruptLine');
  kernel.setField('InterruptLine', line, 'claimed', kernel.address(plic.registers(1).claim));
  t.is(hart.call(LINE, 'INTERRUPT_ACKNOWLEDGE').error, 0n);
  t.false(plic.isMasked(LINE_NUMBER));
});

test('an interrupt that another hart has claimed first, or that is none, lets the thread go on', (t) => {
  const scene = makeScene();
  const { hart } = scene;
  hart.call(WORKER, 'THREAD_RUN', NEVER, 0n);
  hart.registers[7] = 77n;
  hart.trap(EXTERNAL);
  t.is(hart.depth(), 1n);
  t.is(hart.registers[7], 77n);
});

test('Hart.Inspect tells number, position and whether it runs', (t) => {
  const { hart } = makeScene();
  const { kernel } = hart;
  t.deepEqual(hart.call(HART, 'HART_INSPECT', 0n), { error: 0n, value: 7n });
  t.deepEqual(hart.call(HART, 'HART_INSPECT', 1n), { error: 0n, value: 0n });
  t.deepEqual(hart.call(HART, 'HART_INSPECT', 2n), { error: 0n, value: 1n });
  const table = (kernel.field('Hart', kernel.hart, 'table') - kernel.address(0)) / 4096n;
  kernel.setField('Slot', kernel.slotOf(table, Number(HART)), 'badge', 5n);
  t.deepEqual(hart.call(HART, 'HART_INSPECT', 1n), { error: 0n, value: 5n });
  t.deepEqual(hart.call(HART, 'HART_INSPECT', 2n), { error: 0n, value: 0n });
});
