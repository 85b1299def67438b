import test from 'ava';
import { SimulatedKernel } from '../simulated-kernel.ts';

test('a hart that joins publishes the epoch, above the stamp of a frame that was never released', (t) => {
  const kernel = new SimulatedKernel();
  const done = kernel.field('Hart', kernel.hart, 'done');
  t.is(done, kernel.constant('EPOCH_FIRST'));
  t.true(done > kernel.word(kernel.frameTable + 8));
});

test('a hart that runs nothing is past every epoch', (t) => {
  const kernel = new SimulatedKernel();
  t.is(kernel.constant('EPOCH_NEVER_STALE'), 0xffff_ffff_ffff_ffffn);
});
