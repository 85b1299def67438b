/**
 * The registers of a hart, and what the kernel's assembly does with them (`arch/riscv/trap.S` and `switch.S`): it saves
 * them in frames of threads and loads them from there. A test is the component: it writes registers, and looks at them.
 */
import type { HostExternal } from '../../../compiler/runtime/host-machine.ts';

/** Registers that a call keeps: ra, sp, gp, tp, s0 to s11. */
export const KEPT: readonly number[] = [1, 2, 3, 4, 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27];
const SAVED = KEPT.slice(4);
/** `a0` to `a5`. */
const RESULTS = [10, 11, 12, 13, 14, 15];
const ALL = Array.from({ length: 31 }, (_, index) => index + 1);
/** The registers in the frame of a thread, by `ThreadFrame.present`. */
const PRESENT = [[...KEPT, ...RESULTS.slice(0, 2)], [...KEPT, ...RESULTS], ALL];
/** Bytes of an `ecall`. */
const SYSTEM_CALL_SIZE = 4n;
export const NEVER = 0xffff_ffff_ffff_ffffn;
/** `scause` of interrupts. */
export const TIMER = (1n << 63n) | 5n;
export const SOFTWARE = (1n << 63n) | 1n;
export const EXTERNAL = (1n << 63n) | 9n;
const ENTRY_REGISTERS = ['ra', 'sp', 'gp', 'tp'] as const;

export function zeros(): bigint[] {
  return new Array<bigint>(32).fill(0n);
}

/** Where a field of a class of the kernel lies in its object. */
export type OffsetOf = (className: string, field: string) => number;

export class Processor {
  /** Registers of the thread that runs; the pc is apart. */
  registers = zeros();
  pc = 0x1000n;
  floating = zeros();
  fcsr = 0n;
  floatingOn = false;
  satp = 0n;
  /** What the timer is set to, and how often it was. */
  timer = NEVER;
  timerSets = 0;
  /** Whether the hart sleeps. */
  sleeping = false;
  /** Interrupts that are pending (`sip`). */
  pending = 0n;
  /** Whether the latest entry into the kernel ended in a way that loads the registers: the answer is in them. */
  moved = false;
  #words = new BigUint64Array(0);
  #halves = new Uint32Array(0);
  #registers = 0;
  #floating = 0;
  #fcsr = 0;
  #floatingUsed = 0;
  #present = 0;
  #entry: readonly number[] = [];
  #saved = 0;
  #entryPc = 0;

  /** Says which memory the frames of threads are in. */
  attach(memory: ArrayBuffer, offsetOf: OffsetOf): void {
    this.#words = new BigUint64Array(memory);
    this.#halves = new Uint32Array(memory);
    const word = (className: string, field: string): number => offsetOf(className, field) / 8;
    this.#registers = word('ThreadFrame', 'registers');
    this.#floating = word('ThreadFrame', 'floating');
    this.#fcsr = word('ThreadFrame', 'fcsr');
    this.#floatingUsed = offsetOf('ThreadFrame', 'floatingUsed') / 4;
    this.#present = offsetOf('ThreadFrame', 'present') / 4;
    this.#entry = ENTRY_REGISTERS.map((name) => word('InvocationEntry', name));
    this.#saved = word('InvocationEntry', 'saved');
    this.#entryPc = word('InvocationEntry', 'pc');
  }

  /** The functions of the machine that the kernel calls and that act on this hart. */
  functions(): Readonly<Record<string, HostExternal>> {
    return {
      threadSwitch: (to: number, satp: bigint, from: number) => this.#move(this.#switch(from, to, satp)),
      threadSwitchAnswer: (to: number, satp: bigint, from: number, value: bigint) =>
        this.#move(this.#switchAnswer(from, to, satp, value)),
      threadLeaveAnswer: (to: number, satp: bigint, from: number, value: bigint) =>
        this.#move(this.#leaveAnswer(from, to, satp, value)),
      threadLeave: (to: number, satp: bigint, from: number) => this.#move(this.#leave(from, to, satp)),
      threadContinue: (to: number, satp: bigint) => this.#move(this.#continue(to, satp)),
      threadRestore: (to: number) => this.#move(this.#load(to)),
      threadSleep: (from: number) => this.#move(this.#sleep(from)),
      threadSleepAgain: () => this.#move(),
      invocationEnter: (...values: (bigint | number)[]) => this.#move(this.#enter(values)),
      invocationLeave: (...values: (bigint | number)[]) => this.#move(this.#return(values)),
      trapPc: () => this.pc,
      trapPcSet: (pc: bigint) => void (this.pc = pc),
      floatingIsOn: () => this.floatingOn,
      floatingOff: () => void (this.floatingOn = false),
      floatingStart: () => this.#startFloating(),
      timerCompareSet: (time: bigint) => {
        this.timer = time;
        this.timerSets++;
      },
      addressSpaceSelect: (satp: bigint) => void (this.satp = satp),
      interruptClear: () => void (this.pending &= ~2n),
      interruptsPending: () => this.pending,
    };
  }

  #move(_done?: void): { readonly error: bigint; readonly value: bigint } {
    this.moved = true;
    return { error: 0n, value: 0n };
  }

  #word(frame: number, word: number): bigint {
    return this.#words[frame / 8 + word] ?? 0n;
  }

  #half(frame: number, half: number): number {
    return this.#halves[frame / 4 + half] ?? 0;
  }

  #setWord(frame: number, word: number, value: bigint): void {
    this.#words[frame / 8 + word] = value;
  }

  #keepCalled(from: number): void {
    for (const number of KEPT) this.#setWord(from, this.#registers + number, this.registers[number] ?? 0n);
    this.#setWord(from, this.#registers, BigInt.asUintN(64, this.pc + SYSTEM_CALL_SIZE));
  }

  #keepFloating(from: number): void {
    if (!this.floatingOn) return;
    for (const [index, value] of this.floating.entries()) this.#setWord(from, this.#floating + index, value);
    this.#setWord(from, this.#fcsr, this.fcsr);
    this.floatingOn = false;
  }

  #switch(from: number, to: number, satp: bigint): void {
    this.#keepCalled(from);
    this.#leave(from, to, satp);
  }

  #switchAnswer(from: number, to: number, satp: bigint, value: bigint): void {
    this.#keepCalled(from);
    this.#leaveAnswer(from, to, satp, value);
  }

  #leaveAnswer(from: number, to: number, satp: bigint, value: bigint): void {
    this.#leave(from, to, satp);
    this.registers.fill(0n, 5, 8);
    this.registers.fill(0n, 10, 18);
    this.registers.fill(0n, 28, 32);
    this.registers[11] = value;
  }

  #leave(from: number, to: number, satp: bigint): void {
    this.#keepFloating(from);
    this.#continue(to, satp);
  }

  #continue(to: number, satp: bigint): void {
    this.satp = satp;
    if (this.#half(to, this.#floatingUsed) !== 0) {
      this.floating = this.floating.map((_, index) => this.#word(to, this.#floating + index));
      this.fcsr = this.#word(to, this.#fcsr);
      this.floatingOn = true;
    }
    this.#load(to);
  }

  #load(to: number): void {
    this.sleeping = false;
    const list = PRESENT[this.#half(to, this.#present)] ?? ALL;
    this.registers.fill(0n);
    for (const number of list) this.registers[number] = this.#word(to, this.#registers + number);
    this.pc = this.#word(to, this.#registers);
  }

  #sleep(from: number): void {
    this.#keepCalled(from);
    this.#keepFloating(from);
    this.sleeping = true;
  }

  #enter(values: readonly (bigint | number)[]): void {
    const entry = Number(values[6]);
    this.#entry.forEach((word, index) => this.#setWord(entry, word, this.registers[index + 1] ?? 0n));
    SAVED.forEach((number, index) => this.#setWord(entry, this.#saved + index, this.registers[number] ?? 0n));
    this.registers.fill(0n);
    for (let index = 0; index < 6; index++) this.registers[10 + index] = BigInt(values[index] ?? 0n);
    this.satp = BigInt(values[7] ?? 0n);
  }

  #return(values: readonly (bigint | number)[]): void {
    const entry = Number(values[5]);
    this.registers.fill(0n);
    this.#entry.forEach((word, index) => (this.registers[index + 1] = this.#word(entry, word)));
    SAVED.forEach((number, index) => (this.registers[number] = this.#word(entry, this.#saved + index)));
    for (let index = 0; index < 4; index++) this.registers[11 + index] = BigInt(values[index] ?? 0n);
    this.pc = this.#word(entry, this.#entryPc);
    this.satp = BigInt(values[4] ?? 0n);
  }

  #startFloating(): boolean {
    this.floating = zeros();
    this.fcsr = 0n;
    this.floatingOn = true;
    return true;
  }

  // ---------------------------------------------------- what the ways in do, before the kernel and after it

  /** The thread that runs is about to make a system call: its registers are these. */
  prepareCall(capability: bigint, operation: bigint, values: readonly bigint[]): void {
    for (let index = 0; index < 6; index++) this.registers[10 + index] = values[index] ?? 0n;
    this.registers[16] = operation;
    this.registers[17] = capability;
    this.moved = false;
  }

  /** The system call has an answer, unless somebody else runs now: every register that a call does not keep is zero. */
  finishCall({ error, value }: { readonly error: bigint; readonly value: bigint }): void {
    if (this.moved) return;
    this.pc = BigInt.asUintN(64, this.pc + SYSTEM_CALL_SIZE);
    for (const number of ALL) if (!KEPT.includes(number)) this.registers[number] = 0n;
    this.registers[10] = error;
    this.registers[11] = value;
  }

  /** The thread in a frame, which runs, has trapped: every register goes into its frame. */
  saveAll(thread: number): void {
    this.moved = false;
    for (const number of ALL) this.#setWord(thread, this.#registers + number, this.registers[number] ?? 0n);
    this.#setWord(thread, this.#registers, this.pc);
  }

  /** The thread in a frame runs from now on, in an address space. */
  resume(thread: number, satp: bigint): void {
    this.#continue(thread, satp);
  }

  /** The thread in a frame, which ran, stops: all of its registers go into the frame. */
  suspend(thread: number): void {
    this.saveAll(thread);
    this.#halves[thread / 4 + this.#present] = PRESENT.length - 1;
    this.#keepFloating(thread);
  }

  /** `a0` and `a1` of the thread that runs. */
  answer(): { readonly error: bigint; readonly value: bigint } {
    return { error: this.registers[10] ?? 0n, value: this.registers[11] ?? 0n };
  }

  /** As after a start of the machine. */
  reset(): void {
    this.registers.fill(0n);
    this.floating.fill(0n);
    Object.assign(this, { pc: 0x1000n, fcsr: 0n, floatingOn: false, satp: 0n, timer: NEVER, timerSets: 0 });
    Object.assign(this, { sleeping: false, pending: 0n, moved: false });
  }
}
