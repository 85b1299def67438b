import test from 'ava';
import { makeScene } from '../execution/scene.ts';

/** The line and the exit code with which a trap of the outermost thread ends. */
function trap(cause: bigint, value: bigint, pc: bigint): { readonly line: string; readonly message: string } {
  const { hart } = makeScene();
  hart.pc = pc;
  hart.floatingOn = true;
  try {
    hart.trap(cause, value);
  } catch (stop) {
    return { line: hart.kernel.output, message: stop instanceof Error ? stop.message : '' };
  }
  return { line: hart.kernel.output, message: 'the machine goes on' };
}

test('a fault of the outermost thread is one line with cause, address and pc, and the exit code is 1', (t) => {
  const { line, message } = trap(15n, 0xdead_0000n, 0x10abcn);
  t.regex(message, /exit code 1$/);
  t.regex(line, /^fault: store page fault \(cause 0xf\), address 0xdead0000, pc 0x10abc: [^\n]*\n$/);
});

test('every cause has a name', (t) => {
  for (let cause = 0n; cause < 16n; cause++) t.regex(trap(cause, 0n, 0n).line, /^fault: (?!unknown)/, `cause ${cause}`);
  t.regex(trap(16n, 0n, 0n).line, /^fault: unknown exception \(cause 0x10\)/);
  t.regex(trap(0xffff_ffffn, 0n, 0n).line, /^fault: unknown exception/);
});

test('an interrupt that nobody asked for lets the thread go on', (t) => {
  t.deepEqual(trap((1n << 63n) | 13n, 0n, 0n), { line: '', message: 'the machine goes on' });
});

test('a fetch fault shows the address with its sign extended', (t) => {
  t.regex(trap(12n, 0x40_0000_1000n, 0n).line, /address 0xffffffc000001000/);
});
