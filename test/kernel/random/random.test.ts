/**
 * A million random operations of threads on up to four harts that take turns: after each one the invariants on the raw
 * memory, and the whole state and the registers against the model; after each run of some thousand all memory is taken
 * back.
 */
import test from 'ava';
import { HartMachine } from '../support/hart-machine.ts';
import { drive, type Drive } from './drive.ts';
import { lines, merge, missing, unexpected } from './histogram.ts';

const CALLS = 100_000;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const machine = new HartMachine();
const drives: Drive[] = [];

for (const seed of SEEDS) {
  test.serial(`INV1 to INV10 hold after each of ${CALLS} random operations (seed ${seed})`, (t) => {
    const result = drive(machine, seed, CALLS);
    drives.push(result);
    t.true(result.calls >= CALLS);
    t.true(result.reclaimed >= result.runs / 2, 'most runs end with all memory taken back');
  });
}

test.serial(
  'the random operations are not vacuous: 30 % succeed, and every pair that the interface lists for one hart occurs and no other; and every event',
  (t) => {
    const histogram = merge(drives.map((result) => result.histogram));
    const deliveries = merge(drives.map((result) => result.deliveries));
    const calls = drives.reduce((sum, result) => sum + result.calls, 0);
    const succeeded = drives.reduce((sum, result) => sum + result.succeeded, 0);
    const runs = drives.reduce((sum, result) => sum + result.runs, 0);
    const reclaimed = drives.reduce((sum, result) => sum + result.reclaimed, 0);
    t.log(`${calls} operations, ${((100 * succeeded) / calls).toFixed(1)} % succeeded`);
    t.log(`${runs} runs from boot, all memory taken back after ${reclaimed} (the others had dropped what it takes)`);
    for (const text of lines(histogram, deliveries)) t.log(text);
    t.true(calls >= CALLS * SEEDS.length);
    t.true(succeeded >= 0.3 * calls);
    t.deepEqual(missing(histogram, deliveries), []);
    t.deepEqual(unexpected(histogram, deliveries), []);
  },
);
