/** The checker finds what is wrong: each invariant is broken on purpose, and the fast form agrees with the full one. */
import { KIND } from './numbers.ts';
import test, { type ExecutionContext } from 'ava';
import { HartMachine } from '../support/hart-machine.ts';
import { BOOTER, FIRST, FREE, OWN, TEMPLATE_FRAME } from '../support/memory-machine.ts';
import { checkFull } from './check-full.ts';
import { IncrementalCheck } from './check-incremental.ts';
import { seeded, type Pick } from '../random/choose.ts';
import { generate } from '../random/generate.ts';
import { caller } from '../random/reclaim.ts';
import { COMPONENT, EPOCH, FRAME_BYTES, HART, SLOT, THREAD, TYPE } from './numbers.ts';
import { RawMemory, typeByteOf } from './raw.ts';
import { Trial } from '../model/trial.ts';
import { MemoryWatch, placesOf, Violation } from './watch.ts';

const machine = new HartMachine();

/** Changes a word of the memory. */
type Change = readonly [byte: number, change: (before: bigint) => bigint];

/** A state with an object of each kind, frames of each type, and mappings: frame 13 is Blank, 14 User and mapped twice. */
function scene(): Trial {
  const trial = new Trial(machine);
  const call = caller(trial);
  call(OWN.low, 'Frames.Retype', FREE, TYPE.Blank);
  call(OWN.low, 'Frames.Retype', FREE + 1, TYPE.User);
  call(OWN.level0, 'PageTable.Map', 40, OWN.low, FREE + 1, 6);
  call(OWN.level0, 'PageTable.Map', 41, OWN.low, FREE + 1, 8);
  call(OWN.level0, 'PageTable.Map', 42, OWN.serial, 0, 6);
  return trial;
}

function entry(index: number): number {
  return machine.entryOf(index);
}
function page(index: number, place: number): number {
  return index * FRAME_BYTES + place * 8;
}
function own(slot: number, word = 0): number {
  return BOOTER.table * FRAME_BYTES + slot * SLOT.bytes + word;
}
const plus =
  (value: bigint) =>
  (before: bigint): bigint =>
    before + value;
const put = (value: bigint) => (): bigint => value;
const leaf = (frame: number, bits: number): bigint => BigInt((FIRST + frame) * 1024 + bits);

/** What is broken, how, and what the checker says. */
const BROKEN: readonly (readonly [string, Change, RegExp])[] = [
  ['a count too many', [entry(14), plus(1n)], /INV1: frame 14 counts 3 references; it has 2/],
  ['a count too few', [entry(BOOTER.root), plus(-1n)], /INV1: frame 5 counts 1 references; it has 2/],
  ['a mapped frame is Untyped', [entry(14), plus(-0x100_0000n)], /INV2/],
  ['a mapped frame is a capability table', [entry(14), plus(0x200_0000n)], /INV2/],
  ['a leaf of a frame that is Untyped', [page(BOOTER.level0, 60), put(leaf(20, 0x53))], /INV2/],
  ['a leaf of the kernel', [page(BOOTER.level0, 60), put(leaf(TEMPLATE_FRAME, 0x53))], /INV2/],
  ['a leaf of the frame table', [page(BOOTER.level0, 60), put(leaf(2, 0xd7))], /INV2/],
  [
    'a leaf of no memory and no device',
    [page(BOOTER.level0, 60), put(0x4000_0053n)],
    /names frame 1048576, which is no/,
  ],
  ['a byte in a Blank frame', [page(FREE, 511), put(1n << 56n)], /INV3: the Blank frame 13/],
  ['a header of no kind', [own(OWN.console), plus(9n)], /INV3: slot 4 of table 4 has the header/],
  ['a header with rights and no kind', [own(50), put(0x300n)], /INV3: slot 50/],
  ['a slot that stays Busy', [own(50), put(0x0fn)], /INV3: slot 50/],
  [
    'a counted frame where the kind counts none',
    [own(OWN.console, SLOT.frame), put(BigInt(FIRST + 20))],
    /INV3: slot 4/,
  ],
  [
    'an Invocation of no component',
    [own(50), put(0x100n | BigInt(KIND.Invocation))],
    /INV3: slot 50 of table 4 names no component/,
  ],
  ['a capability for a frame of another type', [own(OWN.thread, SLOT.frame), put(BigInt(FIRST + 14))], /INV2, INV5/],
  [
    'a capability that leads to another object',
    [own(OWN.table, SLOT.extra), plus(4096n)],
    /INV3: slot \d+ of table 4 leads/,
  ],
  ['a capability for a page table of another level', [own(OWN.root, SLOT.extra), plus(-1n)], /INV3: slot|INV2, INV5/],
  [
    'a leaf of memory that says it is one of a device',
    [page(BOOTER.level0, 40), plus(0x100n)],
    /INV3: entry 40 of page table 7 says/,
  ],
  ['a link to what is no table', [own(50, SLOT.child), put(BigInt(FIRST + 14))], /INV2, INV5/],
  [
    'a leaf without accessed',
    [page(BOOTER.level0, 40), plus(-0x40n)],
    /INV3: entry 40 of page table 7 is no legal leaf/,
  ],
  ['a writable leaf without dirty', [page(BOOTER.level0, 40), plus(-0x80n)], /INV3: entry 40/],
  ['a global leaf', [page(BOOTER.level0, 40), plus(0x20n)], /INV3: entry 40/],
  ['a leaf for the kernel', [page(BOOTER.level0, 41), plus(-0x10n)], /INV3: entry 41/],
  ['a leaf that is writable only', [page(BOOTER.level0, 40), plus(-2n)], /INV3: entry 40/],
  ['a leaf with a reserved bit', [page(BOOTER.level0, 41), plus(1n << 54n)], /INV3/],
  ['a link with a user bit', [page(BOOTER.root, 0), plus(0x10n)], /INV3: entry 0 of page table 5 is no legal link/],
  ['a component with another satp', [page(BOOTER.component, 0) + COMPONENT.satp, plus(1n)], /INV3: component 8/],
  [
    'a component with another table',
    [page(BOOTER.component, 0) + COMPONENT.tableAddress, plus(4096n)],
    /INV3: component/,
  ],
  ['a thread in no state', [page(BOOTER.thread, 0) + THREAD.status, put(7n)], /INV3: thread 9 has the status 7/],
  [
    'a thread without sentinel',
    [page(BOOTER.thread, 0) + THREAD.invocations, put(5n)],
    /INV3: thread 9 has no sentinel/,
  ],
  ["the kernel's half of a root", [page(BOOTER.root, 300), put(0xfn)], /INV4: word 600 of the root in frame 5/],
  ['a root below a root', [page(BOOTER.root, 9), put(leaf(BOOTER.root, 1))], /INV2, INV5/],
  ['a table of level 0 below a root', [page(BOOTER.root, 9), put(leaf(BOOTER.level0, 1))], /INV2, INV5/],
  ['a writable leaf that is executable', [page(BOOTER.level0, 40), plus(8n)], /INV6: entry 40/],
  ['an executable device', [page(BOOTER.level0, 42), plus(8n - 0x84n)], /INV6: entry 42 .* device executable/],
  ['a frame that stays Busy', [entry(30), plus(-0x100_0000n)], /INV10: frame 30 has the type 1/],
  ['a frame of a type that there is not', [entry(30), put(0x0d00_0000n)], /INV10: frame 30 has the type 13/],
  ['a dead page table', [entry(BOOTER.level1), plus(0x8000_0000n)], /INV10: frame 6 has the type 135/],
  ['a frame of the kernel that is free', [entry(1), put(0x200_0000n)], /INV10: frame 1 is not Reserved/],
  ['a frame that is lost', [entry(30), put(0n)], /INV10: frame 30 is Reserved/],
];

/** Puts a change into the memory while `look` looks at it. */
function whileBroken<T>([byte, change]: Change, look: () => T): T {
  const before = machine.word(byte);
  machine.setWord(byte, BigInt.asUintN(64, change(before)));
  try {
    return look();
  } finally {
    machine.setWord(byte, before);
  }
}

for (const [what, change, expected] of BROKEN) {
  test.serial(`found by both forms: ${what}`, (t) => {
    const trial = scene();
    const raw = new RawMemory(machine.host.memory);
    const places = placesOf(machine);
    const incremental = new IncrementalCheck(raw, places);
    t.deepEqual(checkFull(raw, places), []);
    const [full, fast] = whileBroken(change, () => {
      const changed = [Math.floor(change[0] / FRAME_BYTES)];
      return [checkFull(raw, places), incremental.check(changed)];
    });
    t.regex(full.join('\n'), expected);
    t.true(fast.length > 0, 'the fast form finds it');
    t.deepEqual(incremental.check([Math.floor(change[0] / FRAME_BYTES)]), [], 'and finds nothing when it is mended');
    trial.full();
  });
}

/** A word of an object, of the frame table, or anywhere, and a change of it that may or may not matter. */
function randomChange(pick: Pick, raw: RawMemory): Change {
  const places = placesOf(machine);
  const frame = pick(64);
  const at = typeByteOf(raw, places, frame) > TYPE.User || pick(8) === 0 ? frame * FRAME_BYTES : places.frameTable;
  const within = at === places.frameTable ? pick(64) * 16 : pick(512) * 8;
  const value =
    [1n << BigInt(pick(64)), BigInt(FIRST + pick(64)), leaf(pick(64), 0x53), leaf(pick(64), 1)][pick(4)] ?? 1n;
  return [at + within, pick(2) === 0 ? put(value) : plus(value)];
}

test.serial('the fast form finds something wrong exactly when the full form does', (t) => {
  const pick = seeded(99);
  const trial = new Trial(machine);
  const raw = new RawMemory(machine.host.memory);
  const places = placesOf(machine);
  let incremental = new IncrementalCheck(raw, places);
  const found = { wrong: 0, fine: 0 };
  for (let step = 0; step < 20_000; step++) {
    if (trial.over || step % 2000 === 0) {
      trial.restart();
      incremental = new IncrementalCheck(raw, places);
    }
    trial.step(generate(trial.model, pick));
    const changed = trial.watch.changed.filter((index) => index < 64);
    t.deepEqual(incremental.check(changed, trial.watch.phantoms), []);
    const change = randomChange(pick, raw);
    const frame = Math.floor(change[0] / FRAME_BYTES);
    const [full, fast] = whileBroken(change, () => {
      return [checkFull(raw, places, trial.watch.phantoms), incremental.check([frame], trial.watch.phantoms)];
    });
    if (full.length > 0 !== fast.length > 0) t.fail(`byte ${change[0]}: ${full.join('; ')} against ${fast.join('; ')}`);
    found[full.length > 0 ? 'wrong' : 'fine'] += 1;
    t.deepEqual(incremental.check([frame], trial.watch.phantoms), []);
  }
  t.log(`${found.wrong} changes that break an invariant, ${found.fine} that break none`);
  t.true(found.wrong > 5000 && found.fine > 1000);
});

/** A call that was made, and a change that the kernel made beside it. */
function afterCall(t: ExecutionContext, error: bigint, values: readonly bigint[], changes: readonly Change[]): string {
  scene();
  const watch = new MemoryWatch(machine);
  for (const [byte, change] of changes) machine.setWord(byte, BigInt.asUintN(64, change(machine.word(byte))));
  const [capability = 0n, operation = 0n, ...rest] = values;
  const done = { hart: 0, capability, operation, values: rest, error, value: 0n };
  const violation = t.throws(() => watch.after(done), { instanceOf: Violation });
  return violation?.message ?? '';
}

const INSPECT = [16n, 4n, 13n];
const MAP = [25n, 17n, 60n, 16n, 14n, 2n];
const COPY = [0n, 10n, 50n, 16n, 1n];
const GROWN = 1n << 32n;
const LOCAL: readonly (readonly [string, bigint, readonly bigint[], readonly Change[], RegExp])[] = [
  ['a failed call changes a slot', 5n, COPY, [[own(50, SLOT.badge), put(1n)]], /INV8: a failed call changed frame 4/],
  [
    'a failed call changes a count',
    5n,
    MAP,
    [[entry(14), plus(1n)]],
    /INV8: a failed call changed the entry of frame 14/,
  ],
  [
    'a failed call leaves a stamp',
    5n,
    MAP,
    [[entry(14) + 8, put(1n)]],
    /INV8: a failed call changed the entry of frame 14/,
  ],
  ["any call changes another hart's block", 0n, INSPECT, [[machine.hartBlock(1) + HART.table, put(1n)]], /INV8: byte/],
  ['any call changes the interval', 0n, INSPECT, [[machine.epoch + EPOCH.interval, put(1n)]], /INV8: byte/],
  ["any call changes the kernel's root", 0n, INSPECT, [[page(TEMPLATE_FRAME, 1), put(1n)]], /INV8: byte/],
  ['any call changes a User frame', 0n, INSPECT, [[page(14, 1), put(1n)]], /changed frame 14, of type 3/],
  ['the epoch goes back', 0n, INSPECT, [[machine.epoch, put(0n)]], /the epoch went back/],
  ['a stamp beyond the epoch', 0n, INSPECT, [[entry(14) + 8, put(9n)]], /the stamp of frame 14 is 9/],
  ['an incarnation grows alone', 0n, INSPECT, [[entry(14), plus(GROWN)]], /the incarnation of frame 14 grew by 1/],
  ['Inspect makes a capability', 0n, INSPECT, [[own(50), put(GROWN + 0x10bn)]], /INV7: Frames.Inspect made/],
  [
    'a copy has rights that its source has not',
    0n,
    [0n, 10n, 50n, 32n, 8n],
    [
      [own(50), put(GROWN + 0x802n)],
      [own(50, SLOT.first), put(0x1_0000n)],
      [own(50, SLOT.count), put(3n)],
    ],
    /INV7: the copy .* is not within its source/,
  ],
  [
    'a copy is longer than its source',
    0n,
    [0n, 10n, 50n, 32n, 2n],
    [
      [own(50), put(GROWN + 0x202n)],
      [own(50, SLOT.first), put(0x1_0001n)],
      [own(50, SLOT.count), put(3n)],
    ],
    /INV7: the copy .* is not within its source/,
  ],
  [
    'a copy is of another kind',
    0n,
    [0n, 10n, 50n, 32n, 2n],
    [
      [own(50), put(GROWN + 0x201n)],
      [own(50, SLOT.first), put(0x1_0000n)],
      [own(50, SLOT.count), put(3n)],
    ],
    /INV7: the copy .* is not within its source/,
  ],
  ['a slot changes without its number', 0n, [0n, 12n, 4n], [[own(OWN.console), put(0n)]], /kept its number/],
  ['a capability is replaced', 0n, COPY, [[own(OWN.console), plus(GROWN - 1n)]], /replaced the capability/],
  [
    'Map maps another frame',
    0n,
    MAP,
    [
      [page(BOOTER.level0, 60), put(leaf(BOOTER.image, 0x53))],
      [entry(10), plus(1n)],
    ],
    /INV9/,
  ],
  [
    'Map maps another entry',
    0n,
    MAP,
    [
      [page(BOOTER.level0, 61), put(leaf(14, 0x53))],
      [entry(14), plus(1n)],
    ],
    /INV9/,
  ],
  [
    'Map maps a device for execution',
    0n,
    [25n, 17n, 60n, 32n, 0n, 8n],
    [[page(BOOTER.level0, 60), put(0x400_0059n)]],
    /INV9/,
  ],
  ['Protect gives a permission', 0n, [25n, 19n, 41n, 10n], [[page(BOOTER.level0, 41), plus(2n)]], /INV9/],
  [
    'Unmap in a table that was not invoked',
    0n,
    [24n, 21n, 1n],
    [[page(BOOTER.level0, 42), put(0n)]],
    /not the invoked one/,
  ],
  [
    'Map without the right',
    0n,
    [0n, 17n, 60n, 16n, 14n, 2n],
    [
      [page(BOOTER.level0, 60), put(leaf(14, 0x53))],
      [entry(14), plus(1n)],
    ],
    /INV7, INV9/,
  ],
];

for (const [what, error, values, changes, expected] of LOCAL) {
  test.serial(`found by comparing before and after: ${what}`, (t) => {
    t.regex(afterCall(t, error, values, changes), expected);
  });
}

test.serial('INV3: a frame that becomes User without being zeroed is found', (t) => {
  scene();
  machine.setWord(page(20, 5), 77n);
  const watch = new MemoryWatch(machine);
  machine.setWord(entry(20), 0x300_0000n);
  const done = { hart: 0, capability: 16n, operation: 5n, values: [20n, 3n], error: 0n, value: 0n };
  t.throws(() => watch.after(done), { message: /INV3: frame 20 became type 3 without being zeroed/ });
});
