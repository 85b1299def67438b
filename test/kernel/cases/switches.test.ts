/** A hundred thousand switches and calls: nothing is lost on the way, neither a count nor a register. */
import test from 'ava';
import { EVENT, KIND, NEVER, OPERATION, TYPE, type OperationName } from '../checker/numbers.ts';
import { CAUSE } from '../model/traps.ts';
import { HartMachine } from '../support/hart-machine.ts';
import { FREE, OWN, TABLE_FRAME } from '../support/memory-machine.ts';
import { KEPT, zeros } from '../support/processor.ts';

const ROUNDS = 25_000;
const ITSELF = 64n;
const SLOTS = [40n, 41n];
const ENTRY = 42n;
/** Registers of each thread: other ones in each place. */
const filled = (thread: number): bigint[] => zeros().map((_, index) => BigInt((thread + 1) * 1000 + index));

/** What a thread has in its registers, floating point included. */
function registersOf(machine: HartMachine): readonly bigint[] {
  const { registers, floating, fcsr, floatingOn } = machine.processor(0);
  const kept = KEPT.map((index) => registers[index] ?? 0n);
  return floatingOn ? [...kept, ...floating, fcsr] : kept;
}

function caller(machine: HartMachine) {
  return (capability: bigint, name: OperationName, ...values: readonly (bigint | number)[]) =>
    machine.systemCall(0, capability, BigInt(OPERATION[name]), [...values.map(BigInt), ...zeros()].slice(0, 6));
}

test('H2, I1, F1: 100,000 switches and calls keep every register of two threads, and every frame word is as before', (t) => {
  const machine = new HartMachine();
  const call = caller(machine);
  for (const [index, slot] of SLOTS.entries()) {
    call(BigInt(OWN.low), 'Frames.Retype', FREE + index, TYPE.Blank);
    call(0n, 'CapabilityTable.Create', slot, KIND.Thread, OWN.low, FREE + index, OWN.component, 0);
  }
  call(0n, 'CapabilityTable.Create', ENTRY, KIND.Invocation, OWN.component, 0x4000, 7, 0);
  const words = (): Buffer => Buffer.from(machine.bytes.slice(TABLE_FRAME * 4096, (TABLE_FRAME + 1) * 4096));
  const before = words();
  const expected = SLOTS.map((slot, index) => {
    call(slot, 'Thread.Run', NEVER, 0);
    machine.trap(0, CAUSE.illegal, 0n);
    const processor = machine.processor(0);
    processor.registers = filled(index);
    processor.floating = filled(index + 10);
    processor.fcsr = BigInt(index + 1);
    const own = registersOf(machine);
    call(ITSELF, 'Itself.Yield');
    return own;
  });
  machine.processor(0).registers = filled(5);
  const outer = registersOf(machine);
  let made = 0;
  let wrong = 0;
  const expect = (holds: boolean): void => void (wrong += holds ? 0 : 1);
  const same = (one: readonly bigint[]): boolean => registersOf(machine).every((value, index) => value === one[index]);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, slot] of SLOTS.entries()) {
      call(slot, 'Thread.Run', NEVER, 0);
      expect(machine.processor(0).floatingOn && same(expected[index] ?? []));
      call(ITSELF, 'Itself.Yield');
      expect(
        !machine.processor(0).floatingOn &&
          same(outer) &&
          machine.processor(0).answer().value === BigInt(EVENT.Yielded),
      );
      made += 2;
    }
    call(ENTRY, 'Invocation.Call', 1, 2, 3, 4);
    expect(KEPT.every((index) => machine.processor(0).registers[index] === 0n));
    call(ITSELF, 'Itself.Return', 21);
    expect(same(outer) && machine.processor(0).answer().value === 21n);
    made += 2;
  }
  t.is(wrong, 0);
  t.true(made >= 100_000);
  t.is(Buffer.compare(before, words()), 0, 'frame words');
});
