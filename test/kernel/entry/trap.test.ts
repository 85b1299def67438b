import test from 'ava';
import { MachineStopped, SimulatedKernel } from '../simulated-kernel.ts';

function trap(cause: bigint, value: bigint, pc: bigint): { readonly line: string; readonly code: bigint | null } {
  const kernel = new SimulatedKernel();
  kernel.setField('ThreadFrame', kernel.thread, 'registers', pc);
  try {
    kernel.call('trapEntry', cause, value, kernel.hart);
  } catch (stop) {
    if (stop instanceof MachineStopped) return { line: kernel.output, code: stop.code };
    throw stop;
  }
  return { line: kernel.output, code: null };
}

test('a fault of the outermost thread is one line with cause, address and pc, and the exit code is 1', (t) => {
  const { line, code } = trap(15n, 0xdead_0000n, 0x10abcn);
  t.is(code, 1n);
  t.regex(line, /^fault: store page fault \(cause 0xf\), address 0xdead0000, pc 0x10abc: [^\n]*\n$/);
});

test('every cause has a name', (t) => {
  for (let cause = 0n; cause < 16n; cause++) t.notRegex(trap(cause, 0n, 0n).line, /unknown/, `cause ${cause}`);
  t.regex(trap(16n, 0n, 0n).line, /^fault: unknown exception \(cause 0x10\)/);
  t.regex(trap(0xffff_ffffn, 0n, 0n).line, /^fault: unknown exception/);
  t.regex(trap((1n << 63n) | 5n, 0n, 0n).line, /^fault: interrupt that nobody asked for \(cause 0x5\)/);
});

test('a fetch fault shows the address with its sign extended', (t) => {
  t.regex(trap(12n, 0x40_0000_1000n, 0n).line, /address 0xffffffc000001000/);
});
