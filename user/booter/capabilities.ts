/** Shows the booter's capability table, slot by slot, as Inspect tells it. */

import { BOOT_SLOT_TABLE } from '../../kernel-src/abi/boot-info.ts';
import { ERROR_EMPTY, ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { CAPABILITY_TABLE_SLOTS } from '../../kernel-src/abi/identifiers.ts';
import { KIND_DEVICE, KIND_FRAMES, KIND_HART } from '../../kernel-src/abi/kinds.ts';
import { INSPECT_COUNT, INSPECT_FIRST, INSPECT_KIND } from '../../kernel-src/abi/capability-table-operations.ts';
import { printDecimal, printDecimalAt, printHex, printLine, printTab, printText } from '../lib/console.ts';
import { errorName, kindName, RIGHT_BITS, rightName } from '../lib/generated/names.ts';
import { capabilityTableInspect } from '../lib/generated/operations.ts';
import { reportFailure, reportTitle } from './report.ts';

/** Columns: end of the slot number, kind, what is named, rights. */
const SLOT_END: u32 = 4;
const KIND_BEGIN: u32 = 6;
const NAMED_BEGIN: u32 = 24;
const RIGHTS_BEGIN: u32 = 54;
/** The booter's own table. */
const TABLE: u64 = u64(BOOT_SLOT_TABLE);

/** One field of one slot, which is known to hold a capability. */
function inspectField(slot: u64, field: u64): u64 {
  const outcome = capabilityTableInspect(TABLE, slot, field);
  assert(outcome.error === ERROR_OK);
  return outcome.value;
}

function printNamed(kind: u64, slot: u64): void {
  const first = inspectField(slot, INSPECT_FIRST);
  const count = inspectField(slot, INSPECT_COUNT);
  if (kind === KIND_FRAMES || kind === KIND_DEVICE) {
    printDecimal(count);
    printText(count === 1n ? ' page at ' : kind === KIND_FRAMES ? ' frames at ' : ' pages at ');
    printHex(first << 12n, 10);
  } else if (kind === KIND_HART) {
    printText('hart ');
    printDecimal(first);
  } else if (first !== 0n) {
    printText('in the frame at ');
    printHex(first << 12n, 10);
  }
}

function printRights(kind: u64, rights: u64): void {
  let column: u32 = RIGHTS_BEGIN;
  for (let bit: u64 = 0n; bit < RIGHT_BITS; bit++) {
    if (((rights >> bit) & 1n) === 1n) {
      printTab(column);
      printText(rightName(kind, bit));
      column = 0;
    }
  }
  printLine();
}

function showSlot(slot: u64, capability: u64): void {
  const kind: u64 = capability & 0xffn;
  printDecimalAt(slot, SLOT_END);
  printTab(KIND_BEGIN);
  printText(kindName(kind));
  printTab(NAMED_BEGIN);
  printNamed(kind, slot);
  printRights(kind, capability >> 8n);
}

/** Every capability of the table. */
export function showCapabilities(): void {
  reportTitle('Capabilities');
  for (let slot: u64 = 0n; slot < CAPABILITY_TABLE_SLOTS; slot++) {
    const outcome = capabilityTableInspect(TABLE, slot, INSPECT_KIND);
    if (outcome.error === ERROR_OK) {
      showSlot(slot, outcome.value);
    } else if (outcome.error !== ERROR_EMPTY) {
      printText('  slot ');
      printDecimal(slot);
      printText(' answers ');
      printText(errorName(outcome.error));
      printText(', expected a capability or Empty');
      printLine();
      reportFailure();
      return;
    }
  }
}
