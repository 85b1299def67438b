/**
 * The platform-level interrupt controller (RISC-V Platform-Level Interrupt
 * Controller Specification 1.0.0; register map in its chapter 3). It offers a
 * line to every context that has it enabled, and the first to claim it gets
 * it. A claimed line is masked until it is completed, through any context in
 * which it is enabled.
 *
 * The registers are the kernel's alone: no component is given them. The words
 * that enable lines for a hart are written by that hart only, so they need no
 * atomic operation.
 */

import { HART_LIMIT } from './layout.ts';

/** The first number of a line that is too large: lines are 1 to 255. The controllers of the boards that we know have up to 136. */
export const INTERRUPT_LINE_LIMIT: u64 = 256n;
/** Turns the number of a line, which is below `INTERRUPT_LINE_LIMIT`, into an index. */
export const INTERRUPT_LINE_MASK: u64 = 255n;
/** Where the registers are, from the start of the controller: a word of priority for each line; 1024 bits for each context, by which lines are enabled; threshold and claim of each context. */
export const PLIC_PRIORITY: u64 = 0n;
export const PLIC_ENABLE: u64 = 0x2000n;
export const PLIC_ENABLE_SIZE: u64 = 0x80n;
export const PLIC_CONTEXT: u64 = 0x20_0000n;
export const PLIC_CONTEXT_SIZE: u64 = 0x1000n;
const PLIC_CLAIM: u64 = 4n;
/** Turns the position of a hart into an index. */
const HART_MASK: u64 = u64(HART_LIMIT) - 1n;
/** Lines in a word that enables them. */
const WORD_LINES: u64 = 32n;

/** One register. */
class PlicRegister {
  readonly value = volatile(u32);
}

/** The controller. Written at boot. */
export class Plic {
  /** Kernel address of the priorities. */
  priority: u64 = 0n;
  /** The first number that is no line: 0 when there is no controller. */
  lines: u64 = 0n;
  /** Kernel addresses of the words that enable lines, by the position of the hart. */
  readonly enables = array(u64, 8);
}
export const plic = new Plic();

function register(address: u64): PlicRegister {
  return objectAt<PlicRegister>(address);
}

/** Takes over the controller at a kernel address, with lines 1 to `highest`: none of them interrupts. For boot. */
export function plicStart(base: u64, highest: u64): void {
  plic.priority = base + PLIC_PRIORITY;
  plic.lines = highest >= INTERRUPT_LINE_LIMIT ? INTERRUPT_LINE_LIMIT : highest + 1n;
  for (let line: u64 = 1n; line < INTERRUPT_LINE_LIMIT && line < plic.lines; line++) {
    plicPrioritize(line, 0);
  }
}

/**
 * The context of the hart at a position: no line is enabled, and every one that will be gets through. `base`: kernel
 * address of the controller. Answers that of the register by which the hart claims and completes. For boot.
 */
export function plicJoin(base: u64, index: u64, context: u64): u64 {
  const enable: u64 = base + PLIC_ENABLE + context * PLIC_ENABLE_SIZE;
  plic.enables[u32(index & HART_MASK)] = enable;
  const threshold: u64 = base + PLIC_CONTEXT + context * PLIC_CONTEXT_SIZE;
  for (let word: u64 = 0n; word < INTERRUPT_LINE_LIMIT / WORD_LINES; word++) {
    if (word * WORD_LINES >= plic.lines) break;
    register(enable + word * 4n).value.write(0);
  }
  register(threshold).value.write(0);
  return threshold + PLIC_CLAIM;
}

/** The word that enables a line for the hart at a position. */
function enableWord(index: u64, line: u64): PlicRegister {
  return register(plic.enables[u32(index & HART_MASK)] + (line / WORD_LINES) * 4n);
}

/** The bit of a line in that word. */
function enableBit(line: u64): u32 {
  return u32(1) << u32(line % WORD_LINES);
}

/** Offers a line to the calling hart, which is at a position. */
export function plicEnable(index: u64, line: u64): void {
  const word = enableWord(index, line);
  word.value.write(word.value.read() | enableBit(line));
}

/** No longer offers a line to the calling hart. */
export function plicDisable(index: u64, line: u64): void {
  const word = enableWord(index, line);
  word.value.write(word.value.read() & ~enableBit(line));
}

/** Sets the priority of a line: 0 never interrupts. */
export function plicPrioritize(line: u64, priority: u32): void {
  register(plic.priority + line * 4n).value.write(priority);
}

/**
 * Claims the pending line of the highest priority, by the calling hart's register at an address: it is masked from now on.
 * 0 if there is none. No other line than one below `INTERRUPT_LINE_LIMIT` was ever enabled.
 */
export function plicClaim(address: u64): u64 {
  return u64(u8.wrap(register(address).value.read()));
}

/** Completes a claim, by the calling hart's register; the line is enabled for that hart. It is not masked any more. */
export function plicComplete(address: u64, line: u64): void {
  register(address).value.write(u32.wrap(line));
}
