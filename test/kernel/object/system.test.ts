import test from 'ava';
import { MachineStopped, SimulatedKernel } from '../simulated-kernel.ts';

function stop(operation: string, code: bigint): bigint | null {
  const kernel = new SimulatedKernel();
  kernel.grant(kernel.rootTable, 3, {
    kind: kernel.constant('KIND_SYSTEM'),
    rights: kernel.constant('RIGHT_SYSTEM_SHUTDOWN'),
  });
  try {
    kernel.invoke({ capability: 3n, operation: kernel.constant(operation), arguments: [code] });
  } catch (stopped) {
    if (stopped instanceof MachineStopped) return stopped.code;
    throw stopped;
  }
  return null;
}

test('System.Shutdown stops the machine with the exit code', (t) => {
  for (const code of [0n, 1n, 7n, 255n]) t.is(stop('OPERATION_SYSTEM_SHUTDOWN', code), code);
});

test('System.Shutdown with a code above 255 does not stop the machine', (t) => {
  t.is(stop('OPERATION_SYSTEM_SHUTDOWN', 256n), null);
});

test('System.Reboot asks the firmware, and stops with a failure if that returns', (t) => {
  t.is(stop('OPERATION_SYSTEM_REBOOT', 0n), 1n);
});
