import test from 'ava';
import fc from 'fast-check';
import { SimulatedKernel } from '../simulated-kernel.ts';

/** An id from the indexes of its levels, the own table's first. */
function identifier(...indexes: readonly number[]): bigint {
  const bits = indexes.reduce((sum, index, level) => sum | (BigInt(index) << BigInt(level * 6)), 0n);
  return bits | (BigInt(indexes.length - 1) << 24n);
}

/** Tables in the frames 8 (root), 9, 10 and 11: each linked below slot 5, 6, 7 of the one before. */
function chain(): SimulatedKernel {
  const kernel = new SimulatedKernel();
  kernel.link(8n, 5, 9n);
  kernel.link(9n, 6, 10n);
  kernel.link(10n, 7, 11n);
  return kernel;
}

function find(kernel: SimulatedKernel, id: bigint) {
  return kernel.outcome('capabilityFind', kernel.byteOf(kernel.rootTable), id);
}

test('K4: an id of one, two and three further levels finds its slot', (t) => {
  const kernel = chain();
  t.deepEqual(find(kernel, identifier(5, 63)), { error: 0n, value: kernel.address(kernel.slotOf(9n, 63)) });
  t.deepEqual(find(kernel, identifier(5, 6, 0)), { error: 0n, value: kernel.address(kernel.slotOf(10n, 0)) });
  t.deepEqual(find(kernel, identifier(5, 6, 7, 62)), { error: 0n, value: kernel.address(kernel.slotOf(11n, 62)) });
});

test('slot 0 of a child table has an id of its own', (t) => {
  const kernel = chain();
  t.not(identifier(5, 0), 5n);
  t.deepEqual(find(kernel, identifier(5, 0)), { error: 0n, value: kernel.address(kernel.slotOf(9n, 0)) });
});

test('a level without a table answers NoCapability and the level', (t) => {
  const kernel = chain();
  const error = kernel.constant('ERROR_NO_CAPABILITY');
  t.deepEqual(find(kernel, identifier(4, 1)), { error, value: 1n });
  t.deepEqual(find(kernel, identifier(5, 1, 1)), { error, value: 2n });
  t.deepEqual(find(kernel, identifier(5, 6, 1, 1)), { error, value: 3n });
});

test('K4: an id of depth 0 or 5, or with a stray bit, answers BadArgument', (t) => {
  const kernel = chain();
  const refused = { error: kernel.constant('ERROR_BAD_ARGUMENT'), value: 7n };
  for (const id of [65n, 0x3fn << 6n, 4n << 24n, (4n << 24n) | 5n, 1n << 63n, (1n << 63n) | identifier(5, 63)]) {
    t.deepEqual(find(kernel, id), refused, `id 0x${id.toString(16)}`);
  }
  t.deepEqual(find(kernel, identifier(5, 63) | (1n << 12n)), refused, 'an index of a level that the id does not have');
  t.deepEqual(find(kernel, identifier(5, 6, 7) | (1n << 18n)), refused);
});

test('a malformed id is BadArgument even where no table is linked', (t) => {
  const kernel = new SimulatedKernel();
  const refused = { error: kernel.constant('ERROR_BAD_ARGUMENT'), value: 7n };
  t.deepEqual(find(kernel, identifier(1, 1) | (1n << 12n)), refused);
});

test('every id is well-formed exactly if its other bits are zero', (t) => {
  const kernel = chain();
  const badArgument = kernel.constant('ERROR_BAD_ARGUMENT');
  const property = fc.property(fc.bigInt({ min: 64n, max: 0xffff_ffff_ffff_ffffn }), (id) => {
    const levels = Number(id >> 24n);
    const wellFormed = id < 1n << 26n && levels > 0 && (id & 0xff_ffffn) < 1n << BigInt(6 * (levels + 1));
    return (find(kernel, id).error !== badArgument) === wellFormed;
  });
  fc.assert(property, { numRuns: 2000 });
  const deep = fc.tuple(fc.nat(63), fc.nat(63), fc.nat(63), fc.nat(63), fc.integer({ min: 2, max: 4 }));
  fc.assert(
    fc.property(
      deep,
      ([a, b, c, d, depth]) => find(kernel, identifier(...[a, b, c, d].slice(0, depth))).error !== badArgument,
    ),
    { numRuns: 2000 },
  );
  t.pass();
});

test('a table linked below a slot of itself ends the search after three further levels', (t) => {
  const kernel = new SimulatedKernel();
  kernel.setField('Slot', kernel.slotOf(8n, 3), 'child', kernel.number(8n));
  t.deepEqual(find(kernel, identifier(3, 3, 3, 9)), { error: 0n, value: kernel.address(kernel.slotOf(8n, 9)) });
});

test('the yielding form finds the same slots', (t) => {
  const kernel = chain();
  const found = kernel.runWith(
    () => undefined,
    'capabilityFind',
    kernel.byteOf(kernel.rootTable),
    identifier(5, 6, 7, 62),
  );
  t.deepEqual(found, { error: 0n, value: kernel.address(kernel.slotOf(11n, 62)) });
});
