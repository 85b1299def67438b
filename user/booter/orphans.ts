/** Orphans and cycles: what nobody can reach any more is recovered by whoever owns its frame. */

import { BOOT_SLOT_CONSOLE, BOOT_SLOT_TABLE } from '../../kernel-src/abi/boot-info.ts';
import { ERROR_IN_USE, ERROR_MISSING_RIGHTS, ERROR_NOT_EMPTY, ERROR_OCCUPIED } from '../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_CAPABILITY_TABLE, FRAME_TYPE_UNTYPED } from '../../kernel-src/abi/frame-types.ts';
import { KIND_CAPABILITY_TABLE, KIND_CONSOLE } from '../../kernel-src/abi/kinds.ts';
import {
  RIGHT_CAPABILITY_TABLE_INSERT,
  RIGHT_CAPABILITY_TABLE_USE,
  RIGHT_CONSOLE_WRITE,
  RIGHTS_CAPABILITY_TABLE,
} from '../../kernel-src/abi/rights.ts';
import { frameGiveBack, frameIndex, frameRange } from '../lib/frames.ts';
import {
  capabilityTableClear,
  capabilityTableCopy,
  capabilityTableDrop,
  capabilityTableLink,
  framesRecover,
} from '../lib/generated/operations.ts';
import { frameReclaim, objectMake } from '../lib/objects.ts';
import { slotFind } from '../lib/slots.ts';
import { reportFrame, reportMade, reportRefusal, reportRights, reportStep, reportTitle } from './report.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const CONSOLE: u64 = u64(BOOT_SLOT_CONSOLE);
const TABLE_TYPE: u64 = FRAME_TYPE_CAPABILITY_TABLE;

/** What Recover gives of a table: with it one can empty the table, not use it. */
function showRecovered(frame: u64): void {
  const range = frameRange(frame);
  reportRefusal(
    'Recover into a full slot',
    framesRecover(range, frameIndex(frame), CONSOLE),
    ERROR_OCCUPIED,
    KIND_CONSOLE,
  );
  const slot = slotFind(TABLE, 0n);
  if (!reportStep('Recover', framesRecover(range, frameIndex(frame), slot))) return;
  reportFrame('recovered', frame, TABLE_TYPE, 1n);
  const kind = KIND_CAPABILITY_TABLE;
  const insert = capabilityTableCopy(slot, 0n, CONSOLE, RIGHT_CONSOLE_WRITE, 0n, 0n, 0n);
  reportRights('  Copy into it', insert, ERROR_MISSING_RIGHTS, RIGHT_CAPABILITY_TABLE_INSERT, kind);
  const linked = capabilityTableLink(TABLE, slot, slot);
  reportRights('  linked, to use what is in it', linked, ERROR_MISSING_RIGHTS, RIGHT_CAPABILITY_TABLE_USE, kind);
  if (!reportStep('Clear', capabilityTableClear(slot, 0n, 64n))) return;
  if (!reportStep('Drop', capabilityTableDrop(TABLE, slot))) return;
  if (!reportStep('Untyped', frameGiveBack(frame))) return;
  reportFrame('  cleared, dropped, made Untyped', frame, FRAME_TYPE_UNTYPED, 0n);
}

/** A table that holds capabilities, and whose last capability is dropped. */
function showOrphan(): void {
  const made = objectMake(TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
  if (!reportMade(made)) return;
  const rights = RIGHT_CONSOLE_WRITE;
  if (!reportStep('Copy', capabilityTableCopy(made.slot, 3n, CONSOLE, rights, 0n, 0n, 0n))) return;
  if (!reportStep('Drop', capabilityTableDrop(TABLE, made.slot))) return;
  reportFrame('a full table, its last capability dropped', made.frame, TABLE_TYPE, 0n);
  reportRefusal('it becomes Untyped', frameGiveBack(made.frame), ERROR_NOT_EMPTY, 3n);
  showRecovered(made.frame);
}

/** A table that names itself in a slot of its own. */
function showSelf(): void {
  const made = objectMake(TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
  if (!reportMade(made)) return;
  const copied = capabilityTableCopy(made.slot, 0n, made.slot, RIGHTS_CAPABILITY_TABLE, 0n, 0n, 0n);
  if (!reportStep('Copy', copied)) return;
  if (!reportStep('Drop', capabilityTableDrop(TABLE, made.slot))) return;
  reportRefusal('a table that only itself names', frameGiveBack(made.frame), ERROR_IN_USE, 1n);
  if (!reportStep('Recover', frameReclaim(TABLE, made.frame))) return;
  reportFrame('recovered and given back', made.frame, FRAME_TYPE_UNTYPED, 0n);
}

/** Two tables, each linked below a slot of the other. */
function showCycle(): void {
  const first = objectMake(TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
  const second = objectMake(TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
  if (!reportMade(first) || !reportMade(second)) return;
  if (!reportStep('Link', capabilityTableLink(first.slot, 0n, second.slot))) return;
  if (!reportStep('Link', capabilityTableLink(second.slot, 0n, first.slot))) return;
  if (!reportStep('Drop', capabilityTableDrop(TABLE, first.slot))) return;
  if (!reportStep('Drop', capabilityTableDrop(TABLE, second.slot))) return;
  reportFrame('2 tables, each below the other, both dropped', first.frame, TABLE_TYPE, 1n);
  reportRefusal('the first one becomes Untyped', frameGiveBack(first.frame), ERROR_IN_USE, 1n);
  reportRefusal('recovered and emptied, Untyped', frameReclaim(TABLE, first.frame), ERROR_IN_USE, 1n);
  reportFrame('now nothing names the second one', second.frame, TABLE_TYPE, 0n);
  if (!reportStep('Recover', frameReclaim(TABLE, second.frame))) return;
  reportFrame('the second one recovered and given back', second.frame, FRAME_TYPE_UNTYPED, 0n);
  if (!reportStep('Untyped', frameGiveBack(first.frame))) return;
  reportFrame('then the first one', first.frame, FRAME_TYPE_UNTYPED, 0n);
}

/** The section on orphans and cycles. */
export function showOrphans(): void {
  reportTitle('Orphans and cycles');
  showOrphan();
  showSelf();
  showCycle();
}
