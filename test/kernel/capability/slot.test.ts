import { KIND } from '../checker/numbers.ts';
import test from 'ava';
import { SimulatedKernel } from '../simulated-kernel.ts';

test('slots, tables and the objects in frames have the sizes that the design gives them', (t) => {
  const kernel = new SimulatedKernel();
  t.is(kernel.classSize('Slot'), 64);
  for (const name of ['CapabilityTable', 'ThreadFrame', 'ComponentFrame']) t.is(kernel.classSize(name), 4096, name);
  t.is(kernel.classSize('FrameEntry'), 16);
  t.true(kernel.classSize('BootInfo') <= 4096);
});

test('a grant writes the header last, with sequence number 0, and leaves the child link alone', (t) => {
  const kernel = new SimulatedKernel();
  kernel.link(8n, 2, 9n);
  kernel.grant(8n, 2, { kind: BigInt(KIND.Frames), rights: 0x7fffn, frame: 5n, first: 6n, count: 7n });
  const slot = kernel.slotOf(8n, 2);
  t.is(kernel.field('Slot', slot, 'header'), 0x7fff00n | BigInt(KIND.Frames));
  t.is(kernel.field('Slot', slot, 'frame'), 5n);
  t.is(kernel.field('Slot', slot, 'first'), 6n);
  t.is(kernel.field('Slot', slot, 'count'), 7n);
  t.is(kernel.field('Slot', slot, 'child'), kernel.number(9n));
});
