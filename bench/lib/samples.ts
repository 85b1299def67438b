/** Samples of one row: kept, sorted, and printed as one line that `make bench` reads. */

import { printDecimal, printLine, printText } from '../../user/lib/console.ts';

/** Samples of a row. */
export const SAMPLES: u32 = 1000;

class Samples {
  count: u32 = 0;
  readonly values = array(u32, 1000);
}
const samples = new Samples();

/** Begins a row. */
export function rowStart(): void {
  samples.count = 0;
}

/** Adds a sample, in its place among those before it. The row has room for 1000. */
export function rowSample(instructions: u64): void {
  const value: u32 = u32.wrap(instructions);
  const count = samples.count;
  if (count >= SAMPLES) return;
  let at: u32 = count;
  for (let step: u32 = 0; step < SAMPLES; step++) {
    if (at === 0 || at >= SAMPLES || samples.values[at - 1] <= value) break;
    samples.values[at] = samples.values[at - 1];
    at--;
  }
  samples.values[at % SAMPLES] = value;
  samples.count = count + 1;
}

/** Prints the row: `row NAME: MINIMUM MEDIAN MAXIMUM of COUNT`. */
export function rowPrint(name: Text): void {
  const count = samples.count;
  const last: u32 = count === 0 ? 0 : count - 1;
  printText('row ');
  printText(name);
  printText(': ');
  printDecimal(u64(samples.values[0]));
  printText(' ');
  printDecimal(u64(samples.values[(last / 2) % SAMPLES]));
  printText(' ');
  printDecimal(u64(samples.values[last % SAMPLES]));
  printText(' of ');
  printDecimal(u64(count));
  printLine();
}
