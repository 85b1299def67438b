/** Another hart replaces the invoked capability at any moment of a call: the call never mixes the two. */
import { KIND } from '../checker/numbers.ts';
import test from 'ava';
import type { Answer, Call, SimulatedKernel } from '../simulated-kernel.ts';
import { errorNumber, operationNumber } from './refusals.ts';
import * as scene from './scene.ts';

const SEQUENCE = 1n << 32n;

interface Replacement {
  readonly kind: string;
  readonly rights: bigint;
  readonly frame?: bigint;
  readonly first?: bigint;
  readonly count?: bigint;
}

/** Writes a capability over a slot as a hart does that had claimed it: body, then a header with a later sequence number. */
function replace(kernel: SimulatedKernel, slot: number, by: Replacement): void {
  const { frame = 0n, first = 0n, count = 0n } = by;
  kernel.setField('Slot', slot, 'frame', frame);
  kernel.setField('Slot', slot, 'first', first);
  kernel.setField('Slot', slot, 'count', count);
  kernel.setField('Slot', slot, 'header', kernel.constant(`KIND_${by.kind}`) | (by.rights << 8n) | SEQUENCE);
}

/** The answers when the slot is replaced before the first, second, … shared access of the call, and when it is not. */
function answers(call: Call, by: (kernel: SimulatedKernel) => Replacement): readonly Answer[] {
  const found: Answer[] = [];
  for (let moment = 0; ; moment++) {
    const kernel = scene.makeScene();
    let access = 0;
    const answer = kernel.invokeWith(call, () => {
      if (access === moment) replace(kernel, kernel.slotOf(kernel.rootTable, Number(call.capability)), by(kernel));
      access++;
    });
    found.push(answer);
    if (access <= moment) return found;
  }
}

/** The answers one after the other, without repetition. */
function stages(list: readonly Answer[]): readonly Answer[] {
  return list.filter((answer, index) => {
    const before = list[index - 1];
    return before?.error !== answer.error || before.value !== answer.value;
  });
}

test('Frames.Inspect through a slot that becomes a Device: refused, then Busy, then the old answer', (t) => {
  const call = { capability: scene.FRAMES, operation: operationNumber('Frames.Inspect'), arguments: [1n] };
  const list = answers(call, (kernel) => ({ kind: 'DEVICE', rights: 0n, first: kernel.number(30n), count: 3n }));
  t.true(list.length >= 7, 'every shared access is a moment');
  t.deepEqual(stages(list), [
    { error: errorNumber('WrongKind'), value: BigInt(KIND.Device) },
    { error: errorNumber('Busy'), value: 0n },
    { error: 0n, value: (3n << 24n) | 5n },
  ]);
});

test('Frames.Inspect through a slot that becomes another range: the new answer, then Busy, then the old one', (t) => {
  const call = { capability: scene.FRAMES, operation: operationNumber('Frames.Inspect'), arguments: [1n] };
  const list = answers(call, (kernel) => ({ kind: 'FRAMES', rights: 0n, first: kernel.number(7n), count: 3n }));
  t.deepEqual(stages(list), [
    { error: 0n, value: (5n << 24n) | 1n },
    { error: errorNumber('Busy'), value: 0n },
    { error: 0n, value: (3n << 24n) | 5n },
  ]);
});

test('CapabilityTable.Inspect through a slot that loses its right: refused, then Busy, then the old answer', (t) => {
  const values = [scene.CONSOLE, 0n];
  const call = { capability: scene.TABLE, operation: operationNumber('CapabilityTable.Inspect'), arguments: values };
  const list = answers(call, (kernel) => ({ kind: 'CAPABILITY_TABLE', rights: 7n, frame: kernel.number(9n) }));
  t.deepEqual(stages(list), [
    { error: errorNumber('MissingRights'), value: 8n },
    { error: errorNumber('Busy'), value: 0n },
    { error: 0n, value: 0x100n | BigInt(KIND.Console) },
  ]);
});
