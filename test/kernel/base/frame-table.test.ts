import test from 'ava';
import { FRAMES, KERNEL_FRAMES, SimulatedKernel } from '../simulated-kernel.ts';

test('T1: after boot the kernel is Reserved and the rest is Untyped, all with count and stamp 0', (t) => {
  const kernel = new SimulatedKernel();
  for (let frame = 0n; frame < FRAMES; frame++) {
    if (frame === kernel.rootTable) continue;
    const entry = kernel.frameTable + Number(frame) * 16;
    const type = frame < KERNEL_FRAMES ? 'FRAME_TYPE_RESERVED' : 'FRAME_TYPE_UNTYPED';
    t.is(kernel.word(entry), kernel.constant(type) << 24n, `frame ${frame}`);
    t.is(kernel.word(entry + 8), 0n);
  }
});

test('a fill writes the frames that it names and no other', (t) => {
  const kernel = new SimulatedKernel();
  const before = kernel.state();
  kernel.call('frameTableFill', kernel.number(20n), 3n, kernel.constant('FRAME_TYPE_USER'), 1n);
  const after = kernel.state();
  const first = kernel.frameTable + 20 * 16;
  for (let frame = 0; frame < 3; frame++) t.is(kernel.word(first + frame * 16), (3n << 24n) | 1n);
  const changed = [...after.keys()].filter((index) => after[index] !== before[index]);
  t.true(changed.every((index) => index >= first && index < first + 3 * 16));
});

test('a fill of nothing changes nothing', (t) => {
  const kernel = new SimulatedKernel();
  const before = kernel.state();
  kernel.call('frameTableFill', kernel.number(20n), 0n, kernel.constant('FRAME_TYPE_USER'), 1n);
  t.deepEqual(kernel.state(), before);
});

test('the entry of a frame is found by its number, and by its kernel address', (t) => {
  const kernel = new SimulatedKernel();
  for (let frame = 0; frame < Number(FRAMES); frame++) {
    const entry = kernel.frameTable + frame * 16;
    t.is(kernel.call('frameEntry', kernel.number(BigInt(frame))), entry);
    t.is(kernel.call('frameEntryAt', kernel.address(frame * 4096)), entry);
  }
});

test('entries begin in the last GiB of the addresses, and the last frame of the window has the last one there', (t) => {
  const kernel = new SimulatedKernel();
  const last = kernel.constant('FRAME_TABLE_LIMIT') - 1n;
  t.is(kernel.call('frameEntryAddress', 0n), 0xffff_ffff_c000_0000n);
  t.is(kernel.call('frameEntryAddress', last), 0xffff_ffff_c000_0000n + last * 16n);
  t.is(kernel.call('frameToVirtual', last), 0xffff_ffff_bfff_f000n);
  t.throws(() => kernel.call('frameEntryAt', 0xffff_ffff_bfff_f000n), { message: /0xffffffffffbffff0/ });
});
