/** The system call, and what the start file knows of the `BootInfo`. */

import { BootInfo } from '../../kernel-src/abi/boot-info.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';

staticAssert(offsetof<BootInfo>('stack') === 56, 'start.S: BOOT_INFO_STACK');
staticAssert(offsetof<BootInfo>('stackSize') === 64, 'start.S: BOOT_INFO_STACK_SIZE');

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
