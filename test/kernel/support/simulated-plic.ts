/**
 * A platform-level interrupt controller for the simulated machine, with the registers that the kernel uses, in one page:
 * priorities from byte 0, words that enable lines from 0x800, threshold and claim of each hart from 0xc00.
 */

export const PLIC_SIZE = 0x1000;
const ENABLE = 0x800;
const ENABLE_SIZE = 0x20;
const CONTEXT = 0xc00;
const CONTEXT_SIZE = 8;
const HARTS = 8;
export const LINES = 64;

export class SimulatedPlic {
  /** Byte index of its first register. */
  readonly start: number;
  readonly #words = new Uint32Array(PLIC_SIZE / 4);
  /** Lines that their devices hold up; that wait for a claim; that were claimed and not completed. */
  readonly #raised = new Set<number>();
  readonly #pending = new Set<number>();
  readonly #inService = new Set<number>();

  constructor(start: number) {
    this.start = start;
  }

  /** Byte indexes of the registers of a hart. */
  registers(hart: number): { readonly enable: number; readonly claim: number } {
    return { enable: this.start + ENABLE + hart * ENABLE_SIZE, claim: this.start + CONTEXT + hart * CONTEXT_SIZE + 4 };
  }

  /** As after a start of the machine. */
  reset(): void {
    this.#words.fill(0);
    for (const lines of [this.#raised, this.#pending, this.#inService]) lines.clear();
  }

  /** A device raises its line, or lowers it. */
  raise(line: number): void {
    this.#raised.add(line);
    if (!this.#inService.has(line)) this.#pending.add(line);
  }
  lower(line: number): void {
    this.#raised.delete(line);
  }

  isMasked(line: number): boolean {
    return this.#inService.has(line);
  }

  isEnabled(hart: number, line: number): boolean {
    const word = this.#words[(ENABLE + hart * ENABLE_SIZE) / 4 + (line >> 5)] ?? 0;
    return ((word >>> (line & 31)) & 1) === 1;
  }

  /** Whether a line is enabled for a hart, and with a priority that interrupts. */
  offers(hart: number, line: number): boolean {
    return this.isEnabled(hart, line) && (this.#words[line] ?? 0) > 0;
  }

  /** Whether the controller interrupts a hart. */
  interrupts(hart: number): boolean {
    return this.#next(hart) !== 0;
  }

  #next(hart: number): number {
    for (let line = 1; line < LINES; line++) if (this.#pending.has(line) && this.offers(hart, line)) return line;
    return 0;
  }

  #claimOf(offset: number): number | null {
    const hart = (offset - CONTEXT - 4) / CONTEXT_SIZE;
    return Number.isInteger(hart) && hart >= 0 && hart < HARTS ? hart : null;
  }

  covers(address: number): boolean {
    return address >= this.start && address < this.start + PLIC_SIZE;
  }

  read(address: number): number {
    const offset = address - this.start;
    const hart = this.#claimOf(offset);
    if (hart === null) return this.#words[offset / 4] ?? 0;
    const line = this.#next(hart);
    if (line !== 0) {
      this.#pending.delete(line);
      this.#inService.add(line);
    }
    return line;
  }

  write(address: number, value: number): void {
    const offset = address - this.start;
    const hart = this.#claimOf(offset);
    if (hart === null) {
      this.#words[offset / 4] = value;
      return;
    }
    /* A completion through a context in which the line is not enabled is ignored (specification, chapter 9). */
    if (!this.isEnabled(hart, value)) return;
    this.#inService.delete(value);
    if (this.#raised.has(value)) this.#pending.add(value);
  }
}
