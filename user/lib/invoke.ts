/** The system call. */

import { type Outcome } from '../../kernel-src/abi/outcome.ts';

/** Applies an operation to a capability: the arguments are in the registers that the kernel wants them in. Defined in `start.S`. */
export declare function invoke(
  a0: u64,
  a1: u64,
  a2: u64,
  a3: u64,
  a4: u64,
  a5: u64,
  operation: u64,
  capability: u64,
): Outcome;
