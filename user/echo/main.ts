/**
 * A component that one can type into: it echoes lines, and knows a few words. It
 * has the console, as the client who may read, and nothing else. It ends at `quit`,
 * or at the end of the input.
 */

import { BOOT_SLOT_CONSOLE } from '../../kernel-src/abi/boot-info.ts';
import { IDENTIFIER_ITSELF } from '../../kernel-src/abi/identifiers.ts';
import { printByte, printDecimal, printFlush, printLine, printStart, printText } from '../lib/console.ts';
import { itselfReturn, itselfWait } from '../lib/generated/operations.ts';
import { Results } from '../lib/invoke-results.ts';
import { terminalCounts, terminalRead } from '../lib/terminal.ts';

const CONSOLE: u64 = u64(BOOT_SLOT_CONSOLE);
/** Bytes: end of input (Ctrl-D), backspace and delete, the two ends of a line, and the first and last that can be printed. */
const END_OF_INPUT: u64 = 4n;
const BACKSPACE: u64 = 8n;
const DELETE: u64 = 127n;
const NEWLINE: u64 = 10n;
const RETURN: u64 = 13n;
const SPACE: u64 = 32n;
const LAST: u64 = 126n;
/** Longest line. */
const LINE: u32 = 64;
/** The largest bound of a loop. */
const FOREVER: u64 = 0x8000_0000n;

/** The line that is being typed. */
class Line {
  length: u32 = 0;
  readonly bytes = array(u8, 64);
}
const line = new Line();
const found = new Results();

/** Whether the line is a word. */
function lineIs(word: Text): boolean {
  if (line.length !== textLength(word)) return false;
  for (let index: u32 = 0; index < LINE; index++) {
    if (index === line.length) break;
    if (line.bytes[index] !== textByte(word, index)) return false;
  }
  return true;
}

function printCounts(): void {
  terminalCounts(CONSOLE, found);
  printText('interrupts ');
  printDecimal(found.a2);
  printText(', bytes typed ');
  printDecimal(found.a3);
  printText(', bytes printed ');
  printDecimal(found.a4);
  printLine();
}

function printEcho(): void {
  printText('echo: ');
  for (let index: u32 = 0; index < LINE; index++) {
    if (index === line.length) break;
    printByte(u64(line.bytes[index]));
  }
  printLine();
}

function prompt(): void {
  line.length = 0;
  printText('> ');
  printFlush();
}

/** Does what the line says. False when it says that this is the end. */
function takeLine(): boolean {
  printLine();
  if (lineIs('quit')) return false;
  if (lineIs('help')) printText('quit ends, count tells what the console driver did, anything else is echoed\n');
  else if (lineIs('count')) printCounts();
  else if (line.length !== 0) printEcho();
  prompt();
  return true;
}

/** Takes the last byte of the line away, on the screen too. */
function takeBack(): void {
  if (line.length === 0) return;
  line.length = line.length - 1;
  printByte(BACKSPACE);
  printByte(SPACE);
  printByte(BACKSPACE);
}

/** Takes a byte that was typed. False when it is the end. */
function takeByte(byte: u64): boolean {
  if (byte === END_OF_INPUT) return false;
  if (byte === RETURN || byte === NEWLINE) return takeLine();
  if (byte === BACKSPACE || byte === DELETE) takeBack();
  if (byte >= SPACE && byte <= LAST && line.length < LINE) {
    line.bytes[line.length] = u8.wrap(byte);
    line.length = line.length + 1;
    printByte(byte);
  }
  return true;
}

/** Takes what was typed, or waits for it. False at the end. */
function serveInput(): boolean {
  const read = terminalRead(CONSOLE, found);
  if (read.error !== 0n) return false;
  if (read.value !== 0n) return takeByte(found.a3 & 0xffn);
  printFlush();
  itselfWait(IDENTIFIER_ITSELF);
  return true;
}

/** Entered by the start file. */
export function componentMain(): never {
  printStart();
  prompt();
  for (let turn: u64 = 0n; turn < FOREVER; turn++) {
    if (!serveInput()) break;
  }
  printText('bye\n');
  itselfReturn(IDENTIFIER_ITSELF, 0n, 0n, 0n, 0n);
  unreachable();
}
