/** The checker finds what is wrong with threads: chains, and what a step may not do to a thread, are broken on purpose. */
import test from 'ava';
import { Trial } from '../model/trial.ts';
import { caller } from '../random/reclaim.ts';
import { HartMachine } from '../support/hart-machine.ts';
import { addressOf, BOOTER, FREE, OWN } from '../support/memory-machine.ts';
import { checkChains } from './check-threads.ts';
import {
  FRAME_BYTES,
  HART,
  INVOCATION,
  KIND,
  LINE,
  NEVER,
  OPERATION,
  THREAD,
  TYPE,
  type OperationName,
} from './numbers.ts';
import { RawMemory } from './raw.ts';
import { scanFrame } from './scan.ts';
import { MemoryWatch, placesOf, Violation } from './watch.ts';

const machine = new HartMachine();
/** Frames of two threads, of which the outermost one runs the first; slots of both. */
const INNER = FREE;
const OTHER = FREE + 1;
const SLOT_INNER = 40n;
const SLOT_OTHER = 41n;
/** The second thread without any right; a component; a line. */
const SLOT_BLIND = 42n;
const SLOT_LINE = 43n;
const SLOT_COMPONENT = 46n;

type Change = readonly [byte: number, change: (before: bigint) => bigint];
const put = (value: bigint) => (): bigint => value;
const plus =
  (value: bigint) =>
  (before: bigint): bigint =>
    before + value;
const block = (field: number): number => machine.hartBlock(0) + field;
const thread = (frame: number, field: number): number => frame * FRAME_BYTES + field;

function scene(): Trial {
  const trial = new Trial(machine);
  const call = caller(trial);
  for (const [slot, frame] of [
    [40, INNER],
    [41, OTHER],
  ] as const) {
    call(OWN.low, 'Frames.Retype', frame, TYPE.Blank);
    call(OWN.table, 'CapabilityTable.Create', slot, KIND.Thread, OWN.low, frame, OWN.component, 0);
  }
  call(OWN.table, 'CapabilityTable.Copy', 42, 41, 0, 0, 0, 0);
  call(OWN.table, 'CapabilityTable.Create', 43, KIND.Interrupt, OWN.interrupts, 3, 0, 0);
  call(OWN.table, 'CapabilityTable.Copy', 46, OWN.component, 1);
  call(OWN.table, 'CapabilityTable.Create', 47, KIND.Invocation, OWN.component, 0x4000, 7, 0);
  call(SLOT_INNER, 'Thread.Run', NEVER, 0);
  return trial;
}

function change([byte, to]: Change): void {
  machine.setWord(byte, BigInt.asUintN(64, to(machine.word(byte))));
}

const CHAINS: readonly (readonly [string, Change, RegExp])[] = [
  ['a thread that runs in no chain', [thread(OTHER, THREAD.status), put(1n)], /3 threads are marked as running/],
  ['a thread of the chain is idle', [thread(INNER, THREAD.status), put(0n)], /no thread that runs there/],
  [
    'the outermost is at home elsewhere',
    [thread(BOOTER.thread, THREAD.status), put(0x1_0001n)],
    /frame 9, in the chain/,
  ],
  ['the chain ends earlier', [thread(INNER, THREAD.outer), put(0n)], /does not end with the outermost/],
  ['the chain holds what is no frame', [thread(INNER, THREAD.outer), plus(8n)], /frame -1, in the chain/],
  ['the chain is a ring', [thread(BOOTER.thread, THREAD.outer), put(addressOf(INNER * FRAME_BYTES))], /is too long/],
  ['there is more room than is left', [thread(INNER, THREAD.room), plus(1n)], /has another room than is left/],
  ['a hart has another home', [block(HART.home), put(0x1_0000n)], /is at home elsewhere/],
  [
    'a thread is twice in it',
    [thread(INNER, THREAD.outer), put(addressOf(INNER * FRAME_BYTES))],
    /the chains hold frames 13, 13/,
  ],
  [
    'another thread runs',
    [block(HART.thread), put(addressOf(OTHER * FRAME_BYTES))],
    /does not end with the outermost|no thread that runs there/,
  ],
  ['the table is of nobody', [block(HART.table), plus(4096n)], /another table than that of its component/],
  ['a dead thread runs', [machine.entryOf(INNER), plus(0x8000_0000n)], /no thread that runs there/],
];

for (const [what, broken, expected] of CHAINS) {
  test.serial(`a broken chain is found: ${what}`, (t) => {
    scene();
    const raw = new RawMemory(machine.host.memory);
    t.deepEqual(checkChains(raw, placesOf(machine)), []);
    change(broken);
    t.regex(checkChains(raw, placesOf(machine)).join('\n'), expected);
  });
}

const FRAMES: readonly (readonly [string, Change])[] = [
  ['a thread that runs and has just moved', [thread(INNER, THREAD.status), put(0x101n)]],
  ['a home that there is not', [thread(OTHER, THREAD.status), put(8n << 16n)]],
  ['the sentinel of another frame', [thread(OTHER, INVOCATION.sentinel + INVOCATION.component), plus(4096n)]],
  ['a sentinel that a frame could match', [thread(OTHER, INVOCATION.sentinel + INVOCATION.key), put(0xff_ffff_ffffn)]],
  ['a component that is no frame', [thread(OTHER, INVOCATION.start + INVOCATION.component), plus(8n)]],
  ['a component that is a thread', [thread(OTHER, INVOCATION.start + INVOCATION.key), plus(1n)]],
  ['the reference of another thread', [thread(OTHER, THREAD.reference), plus(1n)]],
  ['the token of another thread', [thread(OTHER, THREAD.token), plus(1n)]],
  ['a top between two entries', [thread(OTHER, THREAD.top), plus(8n)]],
  ['a top above the frame', [thread(OTHER, THREAD.top), plus(20n * 152n)]],
  ['a top in another frame', [thread(OTHER, THREAD.top), plus(4096n)]],
];

for (const [what, broken] of FRAMES) {
  test.serial(`INV3: a thread that is not well-formed is found: ${what}`, (t) => {
    scene();
    const raw = new RawMemory(machine.host.memory);
    const frame = Math.floor(broken[0] / FRAME_BYTES);
    t.deepEqual(scanFrame(raw, placesOf(machine), frame, TYPE.Thread).problems, []);
    change(broken);
    t.regex(scanFrame(raw, placesOf(machine), frame, TYPE.Thread).problems.join(), /INV3/);
  });
}

interface Made {
  readonly capability: bigint;
  readonly operation: OperationName | 'trap';
  readonly error?: bigint;
  readonly moved?: boolean;
  readonly value?: bigint;
  readonly changes: readonly Change[];
  readonly expected: RegExp;
}
const NOT_NAMED = /word \d+ of thread 14 changed, which neither ran nor was named/;
const lineWord = (line: number): number => machine.objectAt('interruptLines') + line * LINE.bytes;

const STEPS: Readonly<Record<string, Made>> = {
  'Inspect writes into the thread': {
    capability: SLOT_OTHER,
    operation: 'Thread.Inspect',
    changes: [[thread(OTHER, 8), put(1n)]],
    expected: NOT_NAMED,
  },
  'Inspect answers an address of the kernel': {
    capability: SLOT_OTHER,
    operation: 'Thread.Inspect',
    value: addressOf(OTHER * FRAME_BYTES),
    changes: [],
    expected: /is an address of the kernel/,
  },
  'WriteRegister without the right': {
    capability: SLOT_BLIND,
    operation: 'Thread.WriteRegister',
    changes: [[thread(OTHER, 8), put(1n)]],
    expected: NOT_NAMED,
  },
  'WriteRegister into another thread': {
    capability: SLOT_INNER,
    operation: 'Thread.WriteRegister',
    changes: [[thread(OTHER, 8), put(1n)]],
    expected: NOT_NAMED,
  },
  'Signal changes more than the pending word': {
    capability: SLOT_OTHER,
    operation: 'Thread.Signal',
    changes: [
      [thread(OTHER, THREAD.pending), put(1n)],
      [thread(OTHER, THREAD.wakeBits), put(1n)],
    ],
    expected: NOT_NAMED,
  },
  'Map gives signals': {
    capability: BigInt(OWN.level0),
    operation: 'PageTable.Map',
    changes: [[thread(OTHER, THREAD.pending), put(1n)]],
    expected: NOT_NAMED,
  },
  'a failed Run registers a runner': {
    capability: SLOT_OTHER,
    operation: 'Thread.Run',
    error: 16n,
    changes: [[thread(OTHER, THREAD.runner), put(1n)]],
    expected: /INV8: a failed call changed frame 14/,
  },
  'a call that answers takes another table': {
    capability: SLOT_OTHER,
    operation: 'Thread.Inspect',
    changes: [[block(HART.table), plus(4096n)]],
    expected: /INV8: byte \d+ of the kernel/,
  },
  'Retire without the right': {
    capability: SLOT_COMPONENT,
    operation: 'Component.Retire',
    changes: [[machine.entryOf(BOOTER.component), plus(0x8000_0000n)]],
    expected: /frame 8 went from type 9 to 137/,
  },
  'Bind changes another line': {
    capability: SLOT_LINE,
    operation: 'Interrupt.Bind',
    changes: [[lineWord(4) + LINE.bits, put(1n)]],
    expected: /INV8: byte/,
  },
  'an interrupt changes a binding': {
    capability: 0n,
    operation: 'trap',
    moved: true,
    changes: [[lineWord(3) + LINE.thread, put(1n)]],
    expected: /INV8: byte/,
  },
  'a trap takes a capability': {
    capability: 0n,
    operation: 'trap',
    moved: true,
    changes: [[BOOTER.table * FRAME_BYTES + OWN.console * 64, plus((1n << 32n) - 0x10bn)]],
    expected: /none/,
  },
  'a call changes the state of another thread': {
    capability: 47n,
    operation: 'Invocation.Call',
    moved: true,
    changes: [[thread(OTHER, THREAD.status), put(2n)]],
    expected: NOT_NAMED,
  },
};

for (const [what, made] of Object.entries(STEPS)) {
  test.serial(`found by comparing before and after: ${what}`, (t) => {
    scene();
    const watch = new MemoryWatch(machine);
    for (const one of made.changes) change(one);
    const operation = made.operation === 'trap' ? 0n : BigInt(OPERATION[made.operation]);
    const { capability, error = 0n, moved = false, value = 0n } = made;
    const done = { hart: 0, capability, operation, values: [0n, 0n, 0n, 0n, 0n, 0n], error, value, moved };
    const violation = t.throws(() => watch.after(done), { instanceOf: Violation });
    t.regex(violation?.message ?? '', made.expected);
  });
}
