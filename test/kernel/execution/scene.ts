/** An outermost thread with threads, servers and invocations, all of whose objects it holds. */
import { KIND } from '../checker/numbers.ts';
import { SimulatedHart } from './simulated-hart.ts';

/** Slots of the outermost thread's table: eight threads, of which the last is at home on another hart. */
export const THREADS = 16;
export const THREAD_COUNT = 8;
export const OUTERMOST = 1n;
export const COMPONENT = 2n;
export const SERVER = 3n;
export const OTHER = 4n;
/** Invocations: of the server, with badge 7; of the other one; of the server with 18 further levels. */
export const ENTRY = 5n;
export const OTHER_ENTRY = 6n;
export const DEEP_ENTRY = 7n;
export const TABLE = 8n;
/** The hart on which they run. */
export const HART = 15n;
/** The right to bind lines; a line, twice; another line. */
export const CONTROL = 11n;
export const LINE = 12n;
export const SAME_LINE = 13n;
export const OTHER_LINE = 14n;
export const LINE_NUMBER = 33;
export const OTHER_LINE_NUMBER = 5;
/** The first thread without the right to registers, and with some signals only. */
export const BLIND = 9n;
export const MASKED = 10n;
export const SERVER_PC = 0x5000n;
export const BADGE = 7n;

export interface Scene {
  readonly hart: SimulatedHart;
  /** Frames. */
  readonly outermost: bigint;
  readonly threads: readonly bigint[];
  readonly component: bigint;
  readonly server: bigint;
  readonly other: bigint;
}

/** The slot of a thread, 0 to 7. */
export function slotOf(thread: number): bigint {
  return BigInt(THREADS + thread);
}

function fillTable(hart: SimulatedHart, table: bigint, scene: Omit<Scene, 'hart'>): void {
  hart.grantObject(table, Number(OUTERMOST), 'THREAD', 0xfn, scene.outermost);
  hart.grantObject(table, Number(COMPONENT), 'COMPONENT', 3n, scene.component);
  hart.grantObject(table, Number(SERVER), 'COMPONENT', 3n, scene.server);
  hart.grantObject(table, Number(OTHER), 'COMPONENT', 3n, scene.other);
  scene.threads.forEach((frame, index) => hart.grantObject(table, THREADS + index, 'THREAD', 0xfn, frame));
  const [first = 0n] = scene.threads;
  hart.grantObject(table, Number(BLIND), 'THREAD', 1n, first);
  hart.grantObject(table, Number(MASKED), 'THREAD', 2n, first);
  hart.kernel.setField('Slot', hart.kernel.slotOf(table, Number(MASKED)), 'badge', 6n);
  hart.grantObject(table, Number(TABLE), 'CAPABILITY_TABLE', 0xfn, table);
  const control = { kind: hart.kernel.constant('KIND_INTERRUPT_CONTROL'), rights: 1n };
  hart.kernel.grant(table, Number(CONTROL), control);
  const self = { kind: hart.kernel.constant('KIND_HART'), rights: 1n, first: 7n };
  hart.kernel.grant(table, Number(HART), self);
}

export function makeScene(): Scene {
  const hart = new SimulatedHart();
  const own = hart.component();
  const server = hart.component();
  const other = hart.component();
  const outermost = hart.newThread(own.component);
  const threads = Array.from({ length: THREAD_COUNT }, () => hart.newThread(own.component));
  hart.kernel.setField('ThreadFrame', hart.kernel.byteOf(threads.at(-1) ?? 0n), 'status', 3n << 16n);
  const scene = { outermost, threads, component: own.component, server: server.component, other: other.component };
  hart.start(outermost, own.table);
  for (const { table } of [own, server, other]) {
    fillTable(hart, table, scene);
    hart.start(outermost, own.table);
  }
  // Entry points in each table: Create puts them into the table that its capability names.
  const make = (slot: bigint, kind: number, ...values: readonly bigint[]): void => {
    const made = hart.call(TABLE, 'CAPABILITY_TABLE_CREATE', slot, BigInt(kind), ...values);
    if (made.error !== 0n) throw new Error(`Create answered ${made.error} (${made.value})`);
  };
  const create = (slot: bigint, target: bigint, badge: bigint, levels: bigint): void =>
    make(slot, KIND.Invocation, target, SERVER_PC, badge, levels);
  const createLine = (slot: bigint, line: number): void => make(slot, KIND.Interrupt, CONTROL, BigInt(line), 0n, 0n);
  for (const { table } of [server, other, own]) {
    hart.start(outermost, table);
    create(ENTRY, SERVER, BADGE, 0n);
    create(OTHER_ENTRY, OTHER, 8n, 0n);
    create(DEEP_ENTRY, SERVER, 9n, 18n);
    createLine(LINE, LINE_NUMBER);
    createLine(SAME_LINE, LINE_NUMBER);
    createLine(OTHER_LINE, OTHER_LINE_NUMBER);
  }
  hart.start(outermost, own.table);
  return { hart, ...scene };
}
