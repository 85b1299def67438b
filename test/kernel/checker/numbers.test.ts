/** The numbers of the checker and the model against those of the kernel. */
import test from 'ava';
import { pascal, readModel, type Named } from '../../../tools/abi/model.ts';
import { MemoryMachine } from '../support/memory-machine.ts';
import {
  CHAIN,
  COMPONENT,
  COUNT_LIMIT,
  DEAD,
  ENTRIES,
  ENTRY,
  EPOCH,
  ERROR,
  EVENT,
  FRAME_BYTES,
  FRAME_TABLE,
  HART,
  HARTS,
  INCARNATION_LIMIT,
  INVOCATION,
  KERNEL_HALF,
  KIND,
  LINE,
  LINES,
  NEVER,
  OPERATION,
  PTE,
  RIGHT,
  SATP_MODE,
  SLOT,
  SLOTS,
  THREAD,
  THREAD_HOME_SHIFT,
  THREAD_MOVED,
  THREAD_STATE,
  TYPE,
  WINDOW,
} from './numbers.ts';

const MODEL = readModel();
const machine = new MemoryMachine();

function numbers(list: readonly Named[]): Record<string, number> {
  return Object.fromEntries(list.map(({ name, constant }) => [name, Number(constant.value)]));
}

function constant(name: string): bigint {
  const found = machine.program.constants[name];
  if (found === undefined || typeof found === 'boolean') throw new Error(`the kernel exports no number ${name}`);
  return BigInt(found);
}

/** Offsets of the fields of a class. */
function offsets(className: string): Record<string, number> {
  const found = machine.program.classes[className];
  if (found === undefined) throw new Error(`the kernel has no class ${className}`);
  return {
    ...Object.fromEntries(Object.entries(found.fields).map(([name, { offset }]) => [name, offset])),
    bytes: found.size,
  };
}

test('types of frames', (t) => {
  const types = numbers(MODEL.frameTypes);
  t.deepEqual({ ...TYPE }, types);
  t.is(BigInt(DEAD), constant('FRAME_TYPE_DEAD'));
  t.is(BigInt(COUNT_LIMIT), constant('FRAME_COUNT_LIMIT'));
  t.is(BigInt(INCARNATION_LIMIT), constant('FRAME_INCARNATION_LIMIT'));
  t.is(constant('FRAME_WORD_TYPE_SHIFT'), 24n);
  t.is(constant('FRAME_WORD_INCARNATION_SHIFT'), 32n);
});

test('kinds, errors and operations', (t) => {
  t.deepEqual({ ...KIND }, numbers(MODEL.kinds));
  t.like(numbers(MODEL.errors), { ...ERROR });
  for (const [name, number] of Object.entries(EVENT)) {
    const upper = name.replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
    t.is(BigInt(number), constant(`EVENT_${upper}`));
  }
  const all = MODEL.operations.map(
    ({ kind, name, constant: { value } }) => [`${kind}.${name}`, Number(value)] as const,
  );
  t.like(Object.fromEntries(all), { ...OPERATION });
});

test('rights of the kinds that the checker knows', (t) => {
  for (const [kind, rights] of Object.entries(RIGHT)) {
    const own = MODEL.rights.filter(({ kinds }) => kinds.includes(kind));
    t.deepEqual({ ...rights }, numbers(own), kind);
  }
});

test('bits of page table entries', (t) => {
  const known = {
    VALID: PTE.valid,
    READ: PTE.read,
    WRITE: PTE.write,
    EXECUTE: PTE.execute,
    USER: PTE.user,
    GLOBAL: PTE.global,
    UNCOUNTED: PTE.uncounted,
  };
  for (const [name, bit] of Object.entries(known)) t.is(BigInt(bit), constant(`PTE_${name}`), pascal(name));
  t.is(BigInt(PTE.frameShift), constant('PTE_FRAME_SHIFT'));
  t.is(BigInt(ENTRIES), constant('PTE_COUNT'));
  t.is(BigInt(KERNEL_HALF), constant('PTE_UPPER_HALF'));
  t.is(machine.call('pteLeaf', 0n, 6n), BigInt(PTE.valid | PTE.read | PTE.write | PTE.accessed | PTE.dirty));
  t.is(machine.call('satpOf', 5n), SATP_MODE | 5n);
});

test('where the fields of slots, components, threads, harts, frame table and epoch lie', (t) => {
  t.deepEqual({ ...SLOT }, offsets('Slot'));
  t.like(offsets('ComponentFrame'), { ...COMPONENT });
  t.like(offsets('ThreadFrame'), { ...THREAD });
  t.like(offsets('Hart'), { ...HART });
  t.like(offsets('Epoch'), { ...EPOCH });
  t.deepEqual(offsets('FrameEntry'), { bytes: ENTRY.bytes, state: ENTRY.word, epoch: ENTRY.stamp });
  t.like(offsets('InterruptLine'), { ...LINE });
  t.is(BigInt(LINES), constant('INTERRUPT_LINE_LIMIT'));
  t.is(machine.program.classes['CapabilityTable']?.size, FRAME_BYTES);
});

test('limits and states', (t) => {
  t.is(BigInt(SLOTS), constant('CAPABILITY_TABLE_SLOTS'));
  t.is(BigInt(HARTS), constant('HART_LIMIT'));
  t.is(NEVER, constant('EPOCH_NEVER_STALE'));
  t.is(WINDOW, constant('PHYSICAL_WINDOW'));
  t.is(FRAME_TABLE, constant('FRAME_TABLE'));
  t.is(BigInt(THREAD_STATE.idle), constant('THREAD_IDLE'));
  t.is(BigInt(THREAD_STATE.running), constant('THREAD_RUNNING'));
  t.is(BigInt(THREAD_STATE.waiting), constant('THREAD_WAITING'));
  t.is(BigInt(THREAD_STATE.exited), constant('THREAD_EXITED'));
  t.is(BigInt(THREAD_MOVED), constant('STATUS_MOVED'));
  t.is(BigInt(CHAIN), constant('CHAIN_LIMIT'));
  t.is(BigInt(INVOCATION.levels - 1), constant('INVOCATION_LEVELS_MAXIMUM'));
  const { bytes, component, key, sentinel, start } = INVOCATION;
  t.like(offsets('InvocationEntry'), { component, key, bytes });
  t.deepEqual([sentinel, start], [THREAD.invocations, THREAD.invocations + bytes]);
  t.is(machine.call('threadStatus', 0n, 3n), 3n << BigInt(THREAD_HOME_SHIFT));
});
