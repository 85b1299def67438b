/**
 * The console of the firmware, byte by byte. It is for bring-up, for the
 * stages of boot and for the last words of a kernel that found a bug in
 * itself. The time that the firmware takes is outside every promise.
 */

import { FIRMWARE_CONSOLE, FIRMWARE_PUTCHAR, firmwareCall, firmwareHas } from './firmware.ts';
import { instructionsRetired } from './processor.ts';

/** Debug console extension: write one byte. */
const CONSOLE_WRITE_BYTE: u64 = 2n;
/** Most bytes of one text. */
const TEXT_LIMIT: u32 = 256;
/** Weight of the first digit of a 64-bit number, in hexadecimal and in decimal, and how many digits it has at most. */
const HEX_WEIGHT: u64 = 0x1000_0000_0000_0000n;
const DECIMAL_WEIGHT: u64 = 10_000_000_000_000_000_000n;
const DIGITS_LIMIT: u32 = 20;

/** Whether the firmware has the debug console extension: else the legacy call is used. Written once, at boot. */
let hasDebugConsole: boolean = false;
/** Instructions that the firmware spent for texts and numbers. Written while one hart boots; a later value means nothing. */
let firmwareInstructions: u64 = 0n;

/** Finds out which console the firmware has. Before that, the legacy one is used. */
export function consoleStart(): void {
  hasDebugConsole = firmwareHas(FIRMWARE_CONSOLE);
}

/** Instructions that the firmware has spent in `consoleText` and its kin. */
export function consoleFirmwareInstructions(): u64 {
  return firmwareInstructions;
}

/** Writes one byte. */
export function consoleByte(byte: u8): void {
  if (hasDebugConsole) firmwareCall(FIRMWARE_CONSOLE, CONSOLE_WRITE_BYTE, u64(byte), 0n, 0n);
  else firmwareCall(FIRMWARE_PUTCHAR, 0n, u64(byte), 0n, 0n);
}

/** Writes one byte, and counts what the firmware spends. @apart */
function countedByte(byte: u8): void {
  const before = instructionsRetired();
  consoleByte(byte);
  firmwareInstructions = firmwareInstructions + (instructionsRetired() - before);
}

/** Writes a text of at most 256 bytes. */
export function consoleText(text: Text): void {
  for (let index: u32 = 0; index < textLength(text); index++) {
    bound(TEXT_LIMIT);
    countedByte(textByte(text, index));
  }
}

/** Writes a number in a base of at most 16, without leading zeros. `first`: the weight of the first digit that it can have. @apart */
function consoleNumber(value: u64, base: u64, first: u64): void {
  let weight: u64 = first;
  while (weight !== 0n) {
    bound(DIGITS_LIMIT);
    const digit: u64 = (value / weight) % base;
    if (value >= weight || weight === 1n) countedByte(u8.wrap(digit < 10n ? digit + 0x30n : digit + 0x57n));
    weight = weight / base;
  }
}

/** Writes a number in hexadecimal, with 0x and without leading zeros. */
export function consoleHex(value: u64): void {
  consoleText('0x');
  consoleNumber(value, 16n, HEX_WEIGHT);
}

/** Writes a number in decimal. */
export function consoleDecimal(value: u64): void {
  consoleNumber(value, 10n, DECIMAL_WEIGHT);
}
