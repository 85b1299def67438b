import test from 'ava';
import { SimulatedKernel } from '../simulated-kernel.ts';

function write(bytes: bigint, count: bigint) {
  const kernel = new SimulatedKernel();
  kernel.grant(kernel.rootTable, 3, {
    kind: kernel.constant('KIND_CONSOLE'),
    rights: kernel.constant('RIGHT_CONSOLE_WRITE'),
  });
  const operation = kernel.constant('OPERATION_CONSOLE_WRITE');
  return { answer: kernel.invoke({ capability: 3n, operation, arguments: [bytes, count] }), output: kernel.output };
}

test('Console.Write writes its bytes, the lowest first', (t) => {
  const text = 'Harmony!';
  const bytes = Buffer.from(text).readBigUInt64LE();
  for (let count = 1; count <= 8; count++) {
    const given = BigInt.asUintN(count * 8, bytes);
    t.deepEqual(write(given, BigInt(count)), {
      answer: { error: 0n, value: BigInt(count) },
      output: text.slice(0, count),
    });
  }
});

test('Console.Write writes zero bytes and bytes above 127 as they are', (t) => {
  t.is(write(0x00ff_00n, 3n).output, '\x00\xff\x00');
});
