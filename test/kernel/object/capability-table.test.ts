import { KIND } from '../checker/numbers.ts';
import test from 'ava';
import { SimulatedKernel } from '../simulated-kernel.ts';

const OWN = 3n;

function withTable(): SimulatedKernel {
  const kernel = new SimulatedKernel();
  kernel.grant(kernel.rootTable, Number(OWN), {
    kind: kernel.constant('KIND_CAPABILITY_TABLE'),
    rights: kernel.constant('RIGHT_CAPABILITY_TABLE_INSPECT'),
    frame: kernel.number(kernel.rootTable),
  });
  return kernel;
}

function inspect(kernel: SimulatedKernel, slot: bigint, field: string) {
  const operation = kernel.constant('OPERATION_CAPABILITY_TABLE_INSPECT');
  return kernel.invoke({ capability: OWN, operation, arguments: [slot, kernel.constant(field)] });
}

test('CapabilityTable.Inspect tells kind and rights, without the sequence number', (t) => {
  const kernel = withTable();
  kernel.grant(kernel.rootTable, 9, { kind: BigInt(KIND.Frames), rights: 0x8001n, first: 5n, count: 6n });
  const slot = kernel.slotOf(kernel.rootTable, 9);
  kernel.setWord(slot, kernel.word(slot) | (77n << 32n));
  t.deepEqual(inspect(kernel, 9n, 'INSPECT_KIND'), { error: 0n, value: 0x800100n | BigInt(KIND.Frames) });
});

test('CapabilityTable.Inspect tells what a range names, and the frame of an object', (t) => {
  const kernel = withTable();
  kernel.grant(kernel.rootTable, 9, { kind: BigInt(KIND.Frames), first: 0x8_0000n, count: 6n });
  t.is(inspect(kernel, 9n, 'INSPECT_FIRST').value, 0x8_0000n);
  t.is(inspect(kernel, 9n, 'INSPECT_COUNT').value, 6n);
  t.is(inspect(kernel, OWN, 'INSPECT_FIRST').value, kernel.number(kernel.rootTable));
  t.is(inspect(kernel, OWN, 'INSPECT_COUNT').value, 0n);
});

test('CapabilityTable.Inspect tells the link below a slot, whether the slot is empty or not', (t) => {
  const kernel = withTable();
  kernel.link(kernel.rootTable, 20, 9n);
  kernel.link(kernel.rootTable, Number(OWN), 10n);
  t.deepEqual(inspect(kernel, 20n, 'INSPECT_CHILD'), { error: 0n, value: kernel.number(9n) });
  t.deepEqual(inspect(kernel, OWN, 'INSPECT_CHILD'), { error: 0n, value: kernel.number(10n) });
  t.deepEqual(inspect(kernel, 21n, 'INSPECT_CHILD'), { error: 0n, value: 0n });
});

test('no answer of Inspect is a kernel address', (t) => {
  const kernel = withTable();
  kernel.link(kernel.rootTable, 20, 9n);
  for (let slot = 0n; slot < 64n; slot++) {
    for (const field of ['INSPECT_KIND', 'INSPECT_FIRST', 'INSPECT_COUNT', 'INSPECT_CHILD']) {
      t.true(inspect(kernel, slot, field).value < 1n << 38n);
    }
  }
});
