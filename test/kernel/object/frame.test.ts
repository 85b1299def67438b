import test from 'ava';
import { SimulatedKernel } from '../simulated-kernel.ts';

const FIRST = 16n;

function inspect(kernel: SimulatedKernel, index: bigint) {
  kernel.grant(kernel.rootTable, 3, { kind: kernel.constant('KIND_FRAMES'), first: kernel.number(FIRST), count: 48n });
  return kernel.invoke({ capability: 3n, operation: kernel.constant('OPERATION_FRAMES_INSPECT'), arguments: [index] });
}

test('Frames.Inspect tells type and reference count of each frame of its range', (t) => {
  const kernel = new SimulatedKernel();
  kernel.typeFrame(FIRST + 2n, 'FRAME_TYPE_USER', 5n);
  kernel.typeFrame(FIRST + 47n, 'FRAME_TYPE_THREAD', 1n);
  t.deepEqual(inspect(kernel, 0n), { error: 0n, value: kernel.constant('FRAME_TYPE_UNTYPED') << 24n });
  t.deepEqual(inspect(kernel, 2n), { error: 0n, value: (kernel.constant('FRAME_TYPE_USER') << 24n) | 5n });
  t.deepEqual(inspect(kernel, 47n), { error: 0n, value: (kernel.constant('FRAME_TYPE_THREAD') << 24n) | 1n });
});

test('Frames.Inspect tells the incarnation in the upper half', (t) => {
  const kernel = new SimulatedKernel();
  kernel.setWord(kernel.frameTable + Number(FIRST) * 16, 0x1234_5678_0200_0000n);
  t.is(inspect(kernel, 0n).value, 0x1234_5678_0200_0000n);
});

test('R8: a frame outside the range cannot be inspected, whatever it is', (t) => {
  const kernel = new SimulatedKernel();
  t.is(inspect(kernel, 48n).error, kernel.constant('ERROR_OUT_OF_RANGE'));
  t.is(inspect(kernel, -16n + (1n << 64n)).error, kernel.constant('ERROR_OUT_OF_RANGE'));
});
