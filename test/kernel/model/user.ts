/** What a component does between two entries into the kernel: it changes all of its registers. */
import type { Processor } from '../support/processor.ts';
import type { ModelThread } from './model.ts';

/** A number that depends on a seed and a place only, with 62 bits: no address of the kernel among them. */
function mixed(seed: number, place: number): bigint {
  const low = Math.imul(seed ^ (place * 0x9e37_79b1), 0x85eb_ca6b) >>> 0;
  const high = Math.imul(low ^ (low >>> 15), 0xc2b2_ae35) >>> 0;
  return (BigInt(high >>> 2) << 32n) | BigInt(low);
}

/** Gives every register a value that a seed determines; floating point too, where it is on. */
export function fillRegisters(thread: ModelThread, processor: Processor, seed: number): void {
  for (let register = 1; register < 32; register++) {
    const value = mixed(seed, register);
    processor.registers[register] = value;
    thread.registers[register] = value;
  }
  processor.pc = mixed(seed, 0) & 0x3f_ffff_fffen;
  thread.registers[0] = processor.pc;
  if (thread.floating === null) return;
  for (let register = 0; register < 32; register++) {
    const value = mixed(seed, 32 + register);
    processor.floating[register] = value;
    thread.floating[register] = value;
  }
  processor.fcsr = BigInt(seed & 0xff);
  thread.floating[32] = processor.fcsr;
}
