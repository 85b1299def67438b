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
/** Hexadecimal digits of a 64-bit number, and decimal ones. */
const HEX_DIGITS: u64 = 16n;
const DECIMAL_DIGITS: u32 = 20;
/** 10^19: the weight of the first of 20 decimal digits. */
const DECIMAL_WEIGHT: u64 = 10_000_000_000_000_000_000n;

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

/** Writes one byte, and counts what the firmware spends. */
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

/** Writes a number in hexadecimal, with 0x and without leading zeros. */
export function consoleHex(value: u64): void {
  consoleText('0x');
  let started = false;
  for (let index: u64 = 0n; index < HEX_DIGITS; index++) {
    const digit: u64 = (value >> ((15n - index) << 2n)) & 0xfn;
    if (digit !== 0n || index === 15n) started = true;
    if (started) countedByte(u8.wrap(digit < 10n ? digit + 0x30n : digit + 0x57n));
  }
}

/** Writes a number in decimal. */
export function consoleDecimal(value: u64): void {
  let rest: u64 = value;
  let weight: u64 = DECIMAL_WEIGHT;
  let started = false;
  for (let index: u32 = 0; index < DECIMAL_DIGITS; index++) {
    const digit: u64 = rest / weight;
    rest = rest % weight;
    if (digit !== 0n || weight === 1n) started = true;
    if (started) countedByte(u8.wrap((digit & 0xfn) + 0x30n));
    weight = weight === 1n ? 1n : weight / 10n;
  }
}
