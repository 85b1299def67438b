import test from 'ava';
import fc from 'fast-check';
import { SimulatedKernel } from '../simulated-kernel.ts';

const kernel = new SimulatedKernel();
const physical = fc.bigInt({ min: 0n, max: 0x3f_ffff_ffffn });

test('a physical address becomes a kernel address of the upper half, and comes back', (t) => {
  fc.assert(
    fc.property(physical, (address) => {
      const virtual = kernel.call('physicalToVirtual', address);
      return (
        typeof virtual === 'bigint' &&
        virtual >= 0xffff_ffc0_0000_0000n &&
        kernel.call('virtualToPhysical', virtual) === address
      );
    }),
  );
  t.pass();
});

test('frame numbers and addresses fit together', (t) => {
  fc.assert(
    fc.property(physical, (address) => {
      const frame = kernel.call('physicalToFrame', address);
      const start = kernel.call('frameToPhysical', frame);
      const virtual = kernel.call('frameToVirtual', frame);
      return (
        start === address - (address % 4096n) &&
        virtual === kernel.call('physicalToVirtual', start) &&
        kernel.call('virtualToFrame', virtual) === frame
      );
    }),
  );
  t.pass();
});
