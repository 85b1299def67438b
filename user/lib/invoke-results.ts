/** The system call with more than one result. */

import { type Outcome } from '../../kernel-src/abi/outcome.ts';

/** What comes back beyond `a0` and `a1`. */
export class Results {
  a2: u64 = 0n;
  a3: u64 = 0n;
  a4: u64 = 0n;
  a5: u64 = 0n;
}
staticAssert(offsetof<Results>('a5') === 24, 'start.S: invokeResults');

/** As `invoke`, for an operation with more than one result: the further ones are left in `results`. Defined in `start.S`. */
export declare function invokeResults(
  a0: u64,
  a1: u64,
  a2: u64,
  a3: u64,
  a4: u64,
  a5: u64,
  operation: u64,
  capability: u64,
  results: Results,
): Outcome;
