/** Capabilities, copied, restricted and recovered, as the chapter "Capabilities" of the book tells it. */

import { BOOT_SLOT_TABLE, BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import { INSPECT_KIND } from '../../../../kernel-src/abi/capability-table-operations.ts';
import {
  ERROR_IN_USE,
  ERROR_MISSING_RIGHTS,
  ERROR_NO_CAPABILITY,
  ERROR_NOT_EMPTY,
  ERROR_OCCUPIED,
  ERROR_OK,
  ERROR_OUT_OF_RANGE,
} from '../../../../kernel-src/abi/errors.ts';
import {
  FRAME_TYPE_BLANK,
  FRAME_TYPE_CAPABILITY_TABLE,
  FRAME_TYPE_UNTYPED,
} from '../../../../kernel-src/abi/frame-types.ts';
import { IDENTIFIER_INDEX_BITS, IDENTIFIER_LEVELS_SHIFT } from '../../../../kernel-src/abi/identifiers.ts';
import { KIND_CAPABILITY_TABLE, KIND_FRAMES } from '../../../../kernel-src/abi/kinds.ts';
import {
  RIGHT_CAPABILITY_TABLE_INSERT,
  RIGHT_CAPABILITY_TABLE_INSPECT,
  RIGHT_CAPABILITY_TABLE_REMOVE,
  RIGHT_FRAMES_READ,
  RIGHT_FRAMES_RETYPE,
} from '../../../../kernel-src/abi/rights.ts';
import {
  capabilityTableClear,
  capabilityTableCopy,
  capabilityTableCreate,
  capabilityTableDrop,
  capabilityTableInspect,
  capabilityTableLink,
  capabilityTableMove,
  capabilityTableUnlink,
  framesInspect,
  framesRecover,
  framesRetype,
} from '../../../../user/lib/generated/operations.ts';
import { frameIs, FRAMES, freeFrames } from '../free-frames.ts';
import { tapAnswer, tapCheck, tapEnd } from '../tap.ts';

const OWN: u64 = u64(BOOT_SLOT_TABLE);
/** Slots that boot leaves empty: for the new table, for what hangs below, for what is recovered. */
const CHILD: u64 = 60n;
const BELOW: u64 = 61n;
const RECOVERED: u64 = 62n;
/** The id of slot 5 of the table that is linked below the slot `BELOW`. */
const DEEP: u64 = (1n << IDENTIFIER_LEVELS_SHIFT) | (5n << IDENTIFIER_INDEX_BITS) | BELOW;

/** Makes a capability table in a frame, named by the slot `CHILD`. */
function makeTable(frame: u64): boolean {
  if (!tapAnswer(framesRetype(FRAMES, frame, FRAME_TYPE_BLANK), ERROR_OK, 0n, frame)) return false;
  return tapAnswer(
    capabilityTableCreate(OWN, CHILD, KIND_CAPABILITY_TABLE, FRAMES, frame, 0n, 0n),
    ERROR_OK,
    0n,
    CHILD,
  );
}

/** A table below a slot, and a capability with fewer rights in it. */
function share(frame: u64): void {
  tapCheck(makeTable(frame), 'a new table, named by slot 60');
  tapCheck(tapAnswer(framesInspect(DEEP, 0n), ERROR_NO_CAPABILITY, 1n, DEEP), 'no table below slot 61: NoCapability 1');
  tapCheck(tapAnswer(capabilityTableLink(OWN, BELOW, CHILD), ERROR_OK, 0n, BELOW), 'Link the table below slot 61');
  tapCheck(frameIs(frame, FRAME_TYPE_CAPABILITY_TABLE, 2n), 'a slot and a link name it: it counts 2');
  const copy = capabilityTableCopy(CHILD, 5n, FRAMES, RIGHT_FRAMES_READ, frame, 1n, 0n);
  tapCheck(tapAnswer(copy, ERROR_OK, 0n, 5n), 'Copy one frame of the range into slot 5, with the right to read');
  tapCheck(framesInspect(DEEP, 0n).error === ERROR_OK, 'the id of slot 5 below slot 61 names it');
  tapCheck(tapAnswer(framesInspect(DEEP, 1n), ERROR_OUT_OF_RANGE, 1n, DEEP), 'a second frame is OutOfRange 1');
  const retype = framesRetype(DEEP, 0n, FRAME_TYPE_UNTYPED);
  tapCheck(tapAnswer(retype, ERROR_MISSING_RIGHTS, RIGHT_FRAMES_RETYPE, DEEP), 'Retype is MissingRights 1: retype');
  const more = capabilityTableCopy(CHILD, 6n, DEEP, RIGHT_FRAMES_READ | RIGHT_FRAMES_RETYPE, 0n, 1n, 0n);
  tapCheck(
    tapAnswer(more, ERROR_MISSING_RIGHTS, RIGHT_FRAMES_RETYPE, 6n),
    'a copy with more rights is MissingRights 1',
  );
}

/** A move changes no count; a slot that is taken stays as it is. */
function move(frame: u64): void {
  const taken = capabilityTableCopy(CHILD, 5n, FRAMES, 0n, 0n, 0n, 0n);
  tapCheck(tapAnswer(taken, ERROR_OCCUPIED, KIND_FRAMES, 5n), 'a copy onto it is Occupied 1: Frames');
  tapCheck(tapAnswer(capabilityTableMove(CHILD, 7n, DEEP), ERROR_OK, 0n, 7n), 'Move from slot 5 to slot 7');
  tapCheck(tapAnswer(framesInspect(DEEP, 0n), ERROR_NO_CAPABILITY, 1n, DEEP), 'slot 5 is empty: NoCapability 1');
  tapCheck(frameIs(frame, FRAME_TYPE_CAPABILITY_TABLE, 2n), 'the table still counts 2');
}

/** A table that nothing names any more, with something in it. */
function orphan(frame: u64): void {
  const lost =
    capabilityTableUnlink(OWN, BELOW).error === ERROR_OK && capabilityTableDrop(OWN, CHILD).error === ERROR_OK;
  tapCheck(lost && frameIs(frame, FRAME_TYPE_CAPABILITY_TABLE, 0n), 'Unlink and Drop: an orphan, it counts 0');
  const full = framesRetype(FRAMES, frame, FRAME_TYPE_UNTYPED);
  tapCheck(tapAnswer(full, ERROR_NOT_EMPTY, 7n, frame), 'it does not become Untyped: NotEmpty 7');
  tapCheck(
    tapAnswer(framesRecover(FRAMES, frame, RECOVERED), ERROR_OK, 0n, frame),
    'Recover makes a capability for it',
  );
  const found = capabilityTableInspect(OWN, RECOVERED, INSPECT_KIND);
  const rights: u64 = RIGHT_CAPABILITY_TABLE_REMOVE | RIGHT_CAPABILITY_TABLE_INSPECT;
  tapCheck(
    found.value === (KIND_CAPABILITY_TABLE | (rights << 8n)),
    'with the rights remove and inspect, and no others',
  );
  const insert = capabilityTableCopy(RECOVERED, 0n, FRAMES, 0n, 0n, 0n, 0n);
  tapCheck(
    tapAnswer(insert, ERROR_MISSING_RIGHTS, RIGHT_CAPABILITY_TABLE_INSERT, RECOVERED),
    'a copy into it is MissingRights 1: insert',
  );
  tapCheck(reclaim(frame), 'Clear and Drop: now it becomes Untyped');
}

/** Empties the recovered table, gives up its capability, and frees its frame. */
function reclaim(frame: u64): boolean {
  if (capabilityTableClear(RECOVERED, 0n, 64n).error !== ERROR_OK) return false;
  if (capabilityTableDrop(OWN, RECOVERED).error !== ERROR_OK) return false;
  return tapAnswer(framesRetype(FRAMES, frame, FRAME_TYPE_UNTYPED), ERROR_OK, 0n, frame);
}

/** A table that is linked below one of its own slots: its count never becomes 0 by itself. */
function cycle(frame: u64): void {
  const linked = makeTable(frame) && tapAnswer(capabilityTableLink(CHILD, 0n, CHILD), ERROR_OK, 0n, CHILD);
  tapCheck(linked && capabilityTableDrop(OWN, CHILD).error === ERROR_OK, 'a table below itself, named by nothing else');
  const used = framesRetype(FRAMES, frame, FRAME_TYPE_UNTYPED);
  tapCheck(tapAnswer(used, ERROR_IN_USE, 1n, frame), 'it does not become Untyped: InUse 1');
  const recovered = tapAnswer(framesRecover(FRAMES, frame, RECOVERED), ERROR_OK, 0n, frame);
  tapCheck(recovered && reclaim(frame), 'Recover, Clear and Drop: now it does');
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  const frame = freeFrames(info);
  share(frame);
  move(frame);
  orphan(frame);
  cycle(frame);
  tapEnd();
}
