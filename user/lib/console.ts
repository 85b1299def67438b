/**
 * Printing, by the Console capability or by the console driver: whichever is in
 * the slot for the console. Bytes are gathered until a register is full or a line
 * ends, so a line of 80 characters costs ten or twelve calls.
 */

import { BOOT_SLOT_CONSOLE, BOOT_SLOT_TABLE } from '../../kernel-src/abi/boot-info.ts';
import { INSPECT_KIND } from '../../kernel-src/abi/capability-table-operations.ts';
import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { KIND_INVOCATION } from '../../kernel-src/abi/kinds.ts';
import { capabilityTableInspect, consoleWrite } from './generated/operations.ts';
import { TERMINAL_BYTES, terminalPrint } from './terminal.ts';

/** Bytes that a register holds. */
const REGISTER_BYTES: u64 = 8n;
/** The kind in what Inspect tells. */
const KIND_MASK: u64 = 0xffn;
/** Digits of the largest 64-bit number in decimal. */
const DECIMAL_DIGITS: u32 = 20;
/** Digits of the largest 64-bit number in hexadecimal. */
const HEXADECIMAL_DIGITS: u32 = 16;
/** Longest text that can be printed, in bytes. */
const TEXT_LIMIT: u32 = 256;
/** Widest column. */
const WIDTH_LIMIT: u32 = 80;
const NEWLINE: u64 = 10n;
const SPACE: u64 = 32n;
const COMMA: u64 = 44n;
const ZERO: u64 = 48n;
const LETTER_A: u64 = 97n;

/** Bytes that wait to be written, the first one in the lowest bits. */
let gathered: u64 = 0n;
/** How many they are: 0 to 7. */
let gatheredCount: u64 = 0n;
/** Bytes since the line began: where columns count from. */
let column: u32 = 0;
/** Whether the slot for the console holds an invocation of the console driver. */
let byDriver = false;

/** Looks at what is in the slot for the console: needs the right to inspect the own table. Who does not call this uses the Console. */
export function printStart(): void {
  const found = capabilityTableInspect(u64(BOOT_SLOT_TABLE), u64(BOOT_SLOT_CONSOLE), INSPECT_KIND);
  byDriver = found.error === ERROR_OK && (found.value & KIND_MASK) === KIND_INVOCATION;
}

/** Writes what was gathered: for whoever goes on without these functions. */
export function printFlush(): void {
  if (gatheredCount === 0n) return;
  if (byDriver) {
    terminalPrint(u64(BOOT_SLOT_CONSOLE), gathered, gatheredCount);
  } else {
    const outcome = consoleWrite(u64(BOOT_SLOT_CONSOLE), gathered, gatheredCount);
    assert(outcome.error === ERROR_OK);
  }
  gathered = 0n;
  gatheredCount = 0n;
}

/** Prints one byte. */
export function printByte(byte: u64): void {
  gathered = gathered | ((byte & 0xffn) << (gatheredCount << 3n));
  gatheredCount = gatheredCount + 1n;
  column = column + 1;
  if (byte === NEWLINE) column = 0;
  const most: u64 = byDriver ? TERMINAL_BYTES : REGISTER_BYTES;
  if (gatheredCount === most || byte === NEWLINE) printFlush();
}

/** Prints a text of at most 256 bytes. */
export function printText(text: Text): void {
  for (const index of range(textLength(text))) {
    bound(TEXT_LIMIT);
    printByte(u64(textByte(text, index)));
  }
}

/** Ends the line. */
export function printLine(): void {
  printByte(NEWLINE);
}

/** Prints spaces until the line is so long; at least one when it already is. */
export function printTab(width: u32): void {
  if (column >= width) printByte(SPACE);
  for (let count: u32 = 0; count < WIDTH_LIMIT; count++) {
    if (column >= width) return;
    printByte(SPACE);
  }
}

/** Number of decimal digits of a value. */
function decimalDigits(value: u64): u32 {
  let rest: u64 = value / 10n;
  let digits: u32 = 1;
  for (let count: u32 = 1; count < DECIMAL_DIGITS; count++) {
    if (rest === 0n) return digits;
    rest = rest / 10n;
    digits++;
  }
  return digits;
}

/** 10 to the power of an exponent below 20. */
function powerOfTen(exponent: u32): u64 {
  let power: u64 = 1n;
  for (let count: u32 = 0; count < DECIMAL_DIGITS; count++) {
    if (count === exponent) return power;
    power = power * 10n;
  }
  return power;
}

/** Prints a number in decimal. */
export function printDecimal(value: u64): void {
  let divisor: u64 = powerOfTen(decimalDigits(value) - 1);
  for (let count: u32 = 0; count < DECIMAL_DIGITS; count++) {
    if (divisor === 0n) return;
    printByte(ZERO + ((value / divisor) % 10n));
    divisor = divisor / 10n;
  }
}

/** Prints a number in decimal, with a comma between groups of three digits. */
export function printGrouped(value: u64): void {
  let left: u32 = decimalDigits(value);
  let divisor: u64 = powerOfTen(left - 1);
  for (let count: u32 = 0; count < DECIMAL_DIGITS; count++) {
    if (divisor === 0n) return;
    if (count !== 0 && left % 3 === 0) printByte(COMMA);
    printByte(ZERO + ((value / divisor) % 10n));
    divisor = divisor / 10n;
    left--;
  }
}

/** Prints a number in decimal so that it ends at a column. */
export function printDecimalAt(value: u64, end: u32): void {
  const digits = decimalDigits(value);
  if (end > digits && column < end - digits) printTab(end - digits);
  printDecimal(value);
}

/** Prints a number in hexadecimal with `0x` and at least so many digits. */
export function printHex(value: u64, digits: u32): void {
  printText('0x');
  let started = false;
  for (let count: u32 = 0; count < HEXADECIMAL_DIGITS; count++) {
    const left: u32 = HEXADECIMAL_DIGITS - count;
    const digit: u64 = (value >> u64((left - 1) * 4)) & 0xfn;
    if (digit !== 0n || left <= digits || left === 1) started = true;
    if (started) printByte(digit < 10n ? ZERO + digit : LETTER_A + (digit - 10n));
  }
}
