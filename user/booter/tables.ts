/** Capability tables: a chain of them, copies, moves, and what is refused. */

import { BOOT_SLOT_CONSOLE, BOOT_SLOT_TABLE } from '../../kernel-src/abi/boot-info.ts';
import { INSPECT_KIND } from '../../kernel-src/abi/capability-table-operations.ts';
import {
  ERROR_BAD_ARGUMENT,
  ERROR_EMPTY,
  ERROR_MISSING_RIGHTS,
  ERROR_NO_CAPABILITY,
  ERROR_OCCUPIED,
  ERROR_OK,
  ERROR_OUT_OF_RANGE,
} from '../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_BLANK, FRAME_TYPE_CAPABILITY_TABLE } from '../../kernel-src/abi/frame-types.ts';
import { IDENTIFIER_LEVELS_SHIFT } from '../../kernel-src/abi/identifiers.ts';
import { KIND_CAPABILITY_TABLE, KIND_CONSOLE } from '../../kernel-src/abi/kinds.ts';
import {
  RIGHT_CAPABILITY_TABLE_INSERT,
  RIGHT_CAPABILITY_TABLE_INSPECT,
  RIGHT_CONSOLE_WRITE,
  RIGHTS_CAPABILITY_TABLE,
} from '../../kernel-src/abi/rights.ts';
import { printFlush, printLine, printTab } from '../lib/console.ts';
import { frameGiveBack, frameIndex, frameRange, frameTake } from '../lib/frames.ts';
import {
  capabilityTableClear,
  capabilityTableCopy,
  capabilityTableCreate,
  capabilityTableDrop,
  capabilityTableInspect,
  capabilityTableLink,
  capabilityTableMove,
  capabilityTableUnlink,
  consoleWrite,
} from '../lib/generated/operations.ts';
import { objectMake, objectUnmake } from '../lib/objects.ts';
import { slotBelow, slotFind } from '../lib/slots.ts';
import {
  ANSWER_BEGIN,
  reportBegin,
  reportFact,
  reportFrame,
  reportMade,
  reportRefusal,
  reportRights,
  reportStep,
  reportTaken,
  reportTitle,
} from './report.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const CONSOLE: u64 = u64(BOOT_SLOT_CONSOLE);
/** In each table of the chain: the slot below which the next one is linked, and the one with a copy of the console. */
const LINK_SLOT: u64 = 5n;
const CONSOLE_SLOT: u64 = 6n;
/** Bytes: the digit 0; a space and the digit 0. */
const DIGIT: u64 = 0x30n;
const SPACE_DIGIT: u64 = 0x3020n;

/** Puts a copy of the console into a table and links it below the slot of an id's table. */
function chainTable(table: u64, parent: u64, slot: u64): boolean {
  const copied = capabilityTableCopy(table, CONSOLE_SLOT, CONSOLE, RIGHT_CONSOLE_WRITE, 0n, 0n, 0n);
  return reportStep('Copy', copied) && reportStep('Link', capabilityTableLink(parent, slot, table));
}

/** Writes, with the console that an id names, after a space how many further levels the id has. */
function writeLevel(identifier: u64): boolean {
  const level: u64 = identifier >> IDENTIFIER_LEVELS_SHIFT;
  return consoleWrite(identifier, SPACE_DIGIT + (level << 8n), 2n).error === ERROR_OK;
}

/** A chain of three tables below the slot `first` of the own one: their capabilities are in the slots `first` to `third`. */
function showChain(first: u64, second: u64, third: u64): void {
  if (!chainTable(first, TABLE, first)) return;
  if (!chainTable(second, first, LINK_SLOT)) return;
  if (!chainTable(third, second, LINK_SLOT)) return;
  const middle = slotBelow(first, LINK_SLOT);
  const deepest = slotBelow(slotBelow(middle, LINK_SLOT), CONSOLE_SLOT);
  reportBegin('3 tables linked: a console at each level writes');
  printTab(ANSWER_BEGIN);
  printFlush();
  let sound = consoleWrite(CONSOLE, DIGIT, 1n).error === ERROR_OK;
  if (!writeLevel(slotBelow(first, CONSOLE_SLOT))) sound = false;
  if (!writeLevel(slotBelow(middle, CONSOLE_SLOT))) sound = false;
  if (!writeLevel(deepest)) sound = false;
  printLine();
  if (!sound) reportFact('the four writes', false, 'Ok');
  const four: u64 = deepest + (1n << IDENTIFIER_LEVELS_SHIFT);
  reportRefusal('an id of 4 further levels', consoleWrite(four, 0n, 1n), ERROR_BAD_ARGUMENT, 7n);
  const none: u64 = deepest & ((1n << IDENTIFIER_LEVELS_SHIFT) - 1n);
  reportRefusal('the id of level 3 without its levels', consoleWrite(none, 0n, 1n), ERROR_BAD_ARGUMENT, 7n);
  const noTable = slotBelow(slotBelow(first, CONSOLE_SLOT), 0n);
  reportRefusal('below a slot without a table', consoleWrite(noTable, 0n, 1n), ERROR_NO_CAPABILITY, 2n);
  reportRefusal(
    'Link where a table is',
    capabilityTableLink(TABLE, first, second),
    ERROR_OCCUPIED,
    KIND_CAPABILITY_TABLE,
  );
}

/** The chain again: emptied from its end. */
function undoChain(first: u64, second: u64, third: u64): void {
  reportStep('Clear', capabilityTableClear(third, 0n, 64n));
  reportStep('Clear', capabilityTableClear(second, 0n, 64n));
  reportStep('Clear', capabilityTableClear(first, 0n, 64n));
  reportStep('Unlink', capabilityTableUnlink(TABLE, first));
}

/** Create into a slot that is full: the frame stays blank. */
function showFullSlot(): void {
  const frame = frameTake(FRAME_TYPE_BLANK);
  if (!reportTaken(frame)) return;
  const kind = KIND_CAPABILITY_TABLE;
  const full = capabilityTableCreate(TABLE, CONSOLE, kind, frameRange(frame), frameIndex(frame), 0n, 0n);
  reportRefusal('Create into a full slot', full, ERROR_OCCUPIED, KIND_CONSOLE);
  reportFrame('the frame that it was given', frame, FRAME_TYPE_BLANK, 0n);
  const outside = capabilityTableCreate(TABLE, 64n, kind, frameRange(frame), frameIndex(frame), 0n, 0n);
  reportRefusal('Create into slot 64', outside, ERROR_OUT_OF_RANGE, 64n);
  const slot = slotFind(TABLE, 0n);
  const console = capabilityTableCreate(TABLE, slot, KIND_CONSOLE, frameRange(frame), frameIndex(frame), 0n, 0n);
  reportRefusal('Create of a console', console, ERROR_BAD_ARGUMENT, 1n);
  reportStep('the frame given back', frameGiveBack(frame));
}

/** Copies and moves of the capability of a table. */
function showCopies(table: u64, frame: u64): void {
  const slot = slotFind(TABLE, 0n);
  const copied = capabilityTableCopy(TABLE, slot, table, RIGHT_CAPABILITY_TABLE_INSPECT, 0n, 0n, 0n);
  if (!reportStep('Copy', copied)) return;
  reportFrame('a copy that can only inspect', frame, FRAME_TYPE_CAPABILITY_TABLE, 2n);
  const kind = KIND_CAPABILITY_TABLE;
  const insert = capabilityTableCopy(slot, 0n, CONSOLE, RIGHT_CONSOLE_WRITE, 0n, 0n, 0n);
  reportRights('  Copy into the table by it', insert, ERROR_MISSING_RIGHTS, RIGHT_CAPABILITY_TABLE_INSERT, kind);
  const other = slotFind(TABLE, slot + 1n);
  const more = capabilityTableCopy(TABLE, other, slot, RIGHTS_CAPABILITY_TABLE, 0n, 0n, 0n);
  const missing: u64 = RIGHTS_CAPABILITY_TABLE & ~RIGHT_CAPABILITY_TABLE_INSPECT;
  reportRights('  a copy of it with more rights', more, ERROR_MISSING_RIGHTS, missing, kind);
  if (!reportStep('Move', capabilityTableMove(TABLE, other, slot))) return;
  reportFrame('  moved to another slot', frame, FRAME_TYPE_CAPABILITY_TABLE, 2n);
  reportRefusal('  Inspect where it was', capabilityTableInspect(TABLE, slot, INSPECT_KIND), ERROR_EMPTY, 0n);
  if (!reportStep('Drop', capabilityTableDrop(TABLE, other))) return;
  reportFrame('  dropped', frame, FRAME_TYPE_CAPABILITY_TABLE, 1n);
  reportRefusal('  dropped once more', capabilityTableDrop(TABLE, other), ERROR_EMPTY, 0n);
}

/** The own table drops the capability by which it is asked to. A copy puts it back. */
function showOwnDrop(): void {
  const spare = slotFind(TABLE, 0n);
  if (!reportStep('Copy', capabilityTableCopy(TABLE, spare, TABLE, RIGHTS_CAPABILITY_TABLE, 0n, 0n, 0n))) return;
  const dropped = capabilityTableDrop(TABLE, TABLE);
  const gone = capabilityTableInspect(TABLE, TABLE, INSPECT_KIND);
  const back = capabilityTableCopy(spare, TABLE, spare, RIGHTS_CAPABILITY_TABLE, 0n, 0n, 0n);
  reportFact('slot 0 dropped by the capability in slot 0', dropped.error === ERROR_OK, 'Ok');
  reportRefusal('the next use of it', gone, ERROR_NO_CAPABILITY, 0n);
  reportStep('Copy back into slot 0', back);
  reportStep('Drop', capabilityTableDrop(TABLE, spare));
}

/** The section on capability tables. */
export function showTables(): void {
  reportTitle('Capability tables');
  const first = objectMake(TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
  const second = objectMake(TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
  const third = objectMake(TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
  if (!reportMade(first) || !reportMade(second) || !reportMade(third)) return;
  showChain(first.slot, second.slot, third.slot);
  undoChain(first.slot, second.slot, third.slot);
  showCopies(first.slot, first.frame);
  reportStep('a table given back', objectUnmake(TABLE, first.slot, first.frame));
  reportStep('a table given back', objectUnmake(TABLE, second.slot, second.frame));
  reportStep('a table given back', objectUnmake(TABLE, third.slot, third.frame));
  showFullSlot();
  showOwnDrop();
}
