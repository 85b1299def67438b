import test from 'ava';
import fc from 'fast-check';
import { operation, referenceOutcomes, runLitmus, type Operation, type Variable } from './litmus.ts';

const write = (variable: Variable) => operation('store', variable);
const read = (variable: Variable) => operation('load', variable);
const fence = operation('fenceMemory');
const fenceReads = operation('fenceReads');

test('store buffering: both loads may be performed before both stores, unless fences stand between', (t) => {
  const weak = runLitmus([write('x'), read('y')], [write('y'), read('x')]);
  t.deepEqual(weak.outcomes, ['0 | 0', '0 | 1', '1 | 0', '1 | 1']);
  const one = runLitmus([write('x'), fence, read('y')], [write('y'), read('x')]);
  t.deepEqual(one.outcomes, ['0 | 0', '0 | 1', '1 | 0', '1 | 1']);
  const strong = runLitmus([write('x'), fence, read('y')], [write('y'), fence, read('x')]);
  t.deepEqual(strong.outcomes, ['0 | 1', '1 | 0', '1 | 1']);
});

test('store buffering with AMOs: an AMO orders only if it has acquire and release; a compare-and-swap never does', (t) => {
  const swap = operation('swap', 'z');
  t.true(runLitmus([write('x'), swap, read('y')], [write('y'), fence, read('x')]).outcomes.includes('0 0 | 0'));
  const both = operation('swapAcquireRelease', 'z');
  t.false(runLitmus([write('x'), both, read('y')], [write('y'), fence, read('x')]).outcomes.includes('0 0 | 0'));
  const exchange = operation('compareExchange', 'z');
  t.true(runLitmus([write('x'), exchange, read('y')], [write('y'), fence, read('x')]).outcomes.includes('true 0 | 0'));
  const clear = operation('swap', 'x');
  t.true(runLitmus([clear, read('y')], [write('y'), fence, read('x')]).outcomes.includes('0 0 | 0'));
});

test('message passing: release and acquire, or release and a fence of loads, are both needed', (t) => {
  const relaxed = [write('x'), write('y')];
  const released = [write('x'), operation('storeRelease', 'y')];
  const acquired = [operation('loadAcquire', 'y'), read('x')];
  const fenced = [read('y'), fenceReads, read('x')];
  const wrong = ' | 1 0';
  t.true(runLitmus(relaxed, acquired).outcomes.includes(wrong));
  t.true(runLitmus(relaxed, fenced).outcomes.includes(wrong));
  t.true(runLitmus(released, [read('y'), read('x')]).outcomes.includes(wrong));
  t.deepEqual(runLitmus(released, acquired).outcomes, [' | 0 0', ' | 0 1', ' | 1 1']);
  t.deepEqual(runLitmus(released, fenced).outcomes, [' | 0 0', ' | 0 1', ' | 1 1']);
});

test('a stamp and a count: whoever finds the count finds the stamp only if the decrement has release', (t) => {
  const look = [operation('loadAcquire', 'y'), read('x')];
  const stamp = operation('max', 'x');
  t.true(runLitmus([stamp, operation('swap', 'y')], look).outcomes.includes('0 | 1 0'));
  t.false(runLitmus([stamp, operation('addRelease', 'y')], look).outcomes.includes(' | 1 0'));
});

test('two loads of one word never go back in time', (t) => {
  const { outcomes } = runLitmus([write('x')], [read('x'), read('x')]);
  t.deepEqual(outcomes, [' | 0 0', ' | 0 1', ' | 1 1']);
});

test('accesses whose order cannot matter are explored once, others in each order', (t) => {
  t.is(runLitmus([write('x'), read('x')], [write('y'), read('y')]).report.executions, 1);
  t.is(runLitmus([read('x'), read('y')], [read('y'), read('x')]).report.executions, 1);
  // Two values, or one after the other; the second store of 1 changes nothing, so that it meets the load in no third order.
  t.is(runLitmus([write('x'), write('x')], [read('x')]).report.executions, 2);
  const add = operation('addAcquire');
  t.is(runLitmus([add], [add]).report.executions, 2);
  // (2 + 2)! / (2! 2!) orders of four accesses to one word that all write.
  t.is(runLitmus([add, add], [add, add]).report.executions, 6);
});

/** Programs in which no hart loads what it has stored. */
function straight(length: number): fc.Arbitrary<readonly Operation[]> {
  const one = fc.record({
    method: fc.constantFrom<Operation['method']>(
      'load',
      'load',
      'loadAcquire',
      'store',
      'store',
      'storeRelease',
      'fenceMemory',
      'fenceReads',
    ),
    variable: fc.constantFrom<Variable>('x', 'y', 'z'),
    // 0 is there already: such a store changes nothing.
    value: fc.integer({ min: 0, max: 2 }),
  });
  return fc.array(one, { minLength: 1, maxLength: length }).map((list) => {
    const stored = new Set<Variable>();
    return list.filter(({ method, variable }) => {
      if (method === 'store' || method === 'storeRelease') stored.add(variable);
      return !(method.startsWith('load') && stored.has(variable));
    });
  });
}

test('random programs: the explorer finds exactly what a reference finds that performs them in every order', (t) => {
  let outcomes = 0;
  fc.assert(
    fc.property(straight(5), straight(5), (one, other) => {
      const expected = referenceOutcomes(one, other);
      const found = runLitmus(one, other).outcomes;
      outcomes += found.length;
      t.deepEqual(found, expected, `${JSON.stringify(one)} ${JSON.stringify(other)}`);
    }),
    { numRuns: 3000, seed: 3 },
  );
  t.log(`3000 programs with ${outcomes} outcomes in all`);
});
