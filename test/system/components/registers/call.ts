/** A system call with every register of the component's choice. */

import { tapAnswer } from '../tap.ts';

/** The registers `x0` to `x31` around a system call, by their numbers. */
export class RegisterFile {
  readonly before = array(u64, 32);
  readonly after = array(u64, 32);
  /** What `callWith` keeps of its caller. */
  readonly kept = array(u64, 16);
}
staticAssert(offsetof<RegisterFile>('after') === 256, 'call.S: AFTER');
staticAssert(offsetof<RegisterFile>('kept') === 512, 'call.S: KEPT');

const file = new RegisterFile();
/** Numbers of registers: the stack pointer, `a0`, `s11`, which holds the address of the file. */
const REGISTER_SP: u32 = 2;
const REGISTER_A0: u32 = 10;
const REGISTER_S11: u32 = 27;
/** By number: 1 for a register that comes back as it was (ra, sp, gp, tp, s0 to s11), 2 for one that comes back zero. */
const RULES: readonly u32[] = [
  0, 1, 1, 1, 1, 2, 2, 2, 1, 1, 0, 0, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2,
];

/** State of the random numbers (xorshift64). */
let seed: u64 = 0x2026_1123_0000_0007n;

function random(): u64 {
  seed = seed ^ (seed << 13n);
  seed = seed ^ (seed >> 7n);
  seed = seed ^ (seed << 17n);
  return seed;
}

/** Makes the system call that is in `file.before`. Defined in `call.S`. */
declare function callWith(file: RegisterFile): void;

/** The result of the latest call. */
export function callResult(): u64 {
  return file.after[REGISTER_A0 + 1];
}

/** Sets the argument `a` to `a7` of the next call. */
export function callArgument(number: u32, value: u64): void {
  assert(number < 8);
  file.before[REGISTER_A0 + number] = value;
}

/** Random values in all registers that carry no argument; `stack` in the stack pointer if it is not 0. */
export function callPrepare(stack: u64): void {
  for (let number: u32 = 1; number < 32; number++) file.before[number] = random();
  for (let number: u32 = 0; number < 6; number++) file.before[REGISTER_A0 + number] = 0n;
  if (stack !== 0n) file.before[REGISTER_SP] = stack;
  file.before[REGISTER_S11] = addressOf(file);
}

/** Makes the call. True if it answered `error`, and every other register is as the manual says; a comment tells which is not. */
export function callMake(error: u64): boolean {
  for (let number: u32 = 0; number < 32; number++) file.after[number] = 0xbad0_bad0_bad0_bad0n;
  callWith(file);
  let sound = tapAnswer({ error: file.after[REGISTER_A0], value: callResult() }, error, callResult(), file.before[16]);
  for (let number: u32 = 1; number < 32; number++) {
    const rule = RULES[number];
    if (rule === 0) continue;
    const expected: u64 = rule === 1 ? file.before[number] : 0n;
    const found = file.after[number];
    if (!tapAnswer({ error: 0n, value: found }, 0n, expected, u64(number))) sound = false;
  }
  return sound;
}
