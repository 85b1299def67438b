/** What boot says on the console: a line for each stage, and one for what it cannot go on without. */

import { consoleDecimal, consoleHex, consoleText } from '../machine/console.ts';
import { machineShutdown } from '../machine/power.ts';

/** The machine's exit code when the kernel could not boot. */
const EXIT_BOOT: u32 = 1;

/** Begins the line of a stage. */
export function bootStage(text: Text): void {
  consoleText('boot: ');
  consoleText(text);
}

/** A number of bytes, in the largest unit that divides it. */
export function bootSize(bytes: u64): void {
  if (bytes >= 0x10_0000n && (bytes & 0xf_ffffn) === 0n) {
    consoleDecimal(bytes >> 20n);
    consoleText(' MiB');
  } else if (bytes >= 0x400n && (bytes & 0x3ffn) === 0n) {
    consoleDecimal(bytes >> 10n);
    consoleText(' KiB');
  } else {
    consoleDecimal(bytes);
    consoleText(' bytes');
  }
}

/** A range of addresses: first byte, last byte, size. `size` is not 0. */
export function bootRange(base: u64, size: u64): void {
  consoleHex(base);
  consoleText(' to ');
  consoleHex(base + size - 1n);
  consoleText(', ');
  bootSize(size);
}

/** Begins the one line that says why the kernel cannot boot. */
export function bootFailure(text: Text): void {
  consoleText('boot failed: ');
  consoleText(text);
}

/** Ends that line and stops the machine. */
export function bootStop(text: Text): never {
  consoleText(text);
  consoleText('\n');
  machineShutdown(EXIT_BOOT);
}
