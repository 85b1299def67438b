import test from 'ava';
import { HartMachine } from '../support/hart-machine.ts';
import { attack } from './hostile.ts';

const CALLS = 50_000;
const machine = new HartMachine();

for (const seed of [11, 12]) {
  test.serial(
    `X1: ${CALLS} calls of a hostile component change nothing outside of its authority (seed ${seed})`,
    (t) => {
      const { calls, succeeded } = attack(machine, seed, CALLS);
      t.log(`${calls} calls, ${((100 * succeeded) / calls).toFixed(1)} % succeeded`);
      t.true(calls >= CALLS && succeeded > 0.2 * calls);
    },
  );
}
