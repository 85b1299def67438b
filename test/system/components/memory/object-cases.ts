/** Capability tables, components and threads: chains, counts, what is left when the last capability goes. */

import { BOOT_SLOT_CONSOLE, BOOT_SLOT_TABLE } from '../../../../kernel-src/abi/boot-info.ts';
import { INSPECT_KIND } from '../../../../kernel-src/abi/capability-table-operations.ts';
import {
  ERROR_BAD_ARGUMENT,
  ERROR_EMPTY,
  ERROR_IN_USE,
  ERROR_NO_CAPABILITY,
  ERROR_OCCUPIED,
  ERROR_OK,
  ERROR_WRONG_TYPE,
} from '../../../../kernel-src/abi/errors.ts';
import {
  FRAME_TYPE_BLANK,
  FRAME_TYPE_CAPABILITY_TABLE,
  FRAME_TYPE_THREAD,
  FRAME_WORD_INCARNATION_SHIFT,
  FRAME_WORD_TYPE_SHIFT,
} from '../../../../kernel-src/abi/frame-types.ts';
import { IDENTIFIER_LEVELS_SHIFT } from '../../../../kernel-src/abi/identifiers.ts';
import {
  KIND_CAPABILITY_TABLE,
  KIND_COMPONENT,
  KIND_CONSOLE,
  KIND_PAGE_TABLE,
  KIND_THREAD,
} from '../../../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../../../kernel-src/abi/outcome.ts';
import {
  RIGHT_CAPABILITY_TABLE_INSPECT,
  RIGHT_THREAD_SIGNAL,
  RIGHTS_CAPABILITY_TABLE,
} from '../../../../kernel-src/abi/rights.ts';
import { frameGiveBack, frameIndex, frameRange, frameTake, frameWord } from '../../../../user/lib/frames.ts';
import {
  capabilityTableClear,
  capabilityTableCopy,
  capabilityTableCreate,
  capabilityTableDrop,
  capabilityTableInspect,
  capabilityTableLink,
  capabilityTableMove,
  capabilityTableUnlink,
} from '../../../../user/lib/generated/operations.ts';
import { frameReclaim, objectMake, objectUnmake } from '../../../../user/lib/objects.ts';
import { slotBelow, slotFind } from '../../../../user/lib/slots.ts';
import { tapAnswer, tapCheck, tapOk } from '../tap.ts';
import { isFrame, mapFrame, PLACE, READ } from './mapping.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const CONSOLE: u64 = u64(BOOT_SLOT_CONSOLE);
const TABLE_TYPE: u64 = FRAME_TYPE_CAPABILITY_TABLE;
const ONE_LEVEL: u64 = 1n << IDENTIFIER_LEVELS_SHIFT;
const INDEXES: u64 = ONE_LEVEL - 1n;

/** Looks at slot 0 of the table that an id names. */
function look(identifier: u64): Outcome {
  return capabilityTableInspect(identifier, TABLE, INSPECT_KIND);
}

/** Whether an id names the own table, with the right to inspect. */
function findsTable(identifier: u64): boolean {
  const kind: u64 = KIND_CAPABILITY_TABLE | (RIGHTS_CAPABILITY_TABLE << 8n);
  return tapAnswer(look(identifier), ERROR_OK, kind, identifier);
}

/** K4: a table below itself, so that every id of 1 to 3 levels finds it; in each of its slots. */
function checkChain(): void {
  const made = objectMake(TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
  let sound = tapOk(capabilityTableLink(TABLE, made.slot, made.slot), 0n);
  for (let slot: u64 = 0n; slot < 64n; slot++) {
    if (!tapOk(capabilityTableLink(made.slot, slot, made.slot), slot)) sound = false;
    if (!tapOk(capabilityTableCopy(made.slot, slot, TABLE, RIGHT_CAPABILITY_TABLE_INSPECT, 0n, 0n, 0n), slot))
      sound = false;
  }
  tapCheck(sound && isFrame(made.frame, TABLE_TYPE, 66n), 'K4 a table linked below each of its own slots: count 66');
  for (let slot: u64 = 0n; slot < 64n; slot++) {
    const one = slotBelow(made.slot, slot);
    const two = slotBelow(one, 63n - slot);
    const three = slotBelow(two, slot ^ 0x15n);
    if (!findsTable(one) || !findsTable(two) || !findsTable(three)) sound = false;
    if (!tapAnswer(look(three + ONE_LEVEL), ERROR_BAD_ARGUMENT, 7n, slot)) sound = false;
    if (!tapAnswer(look(three & INDEXES), ERROR_BAD_ARGUMENT, 7n, slot)) sound = false;
  }
  tapCheck(sound, 'K4 found at every depth, 1 to 3; an id of depth 4, or of none with further bits: BadArgument');
  sound = tapOk(capabilityTableClear(made.slot, 0n, 64n), 0n) && tapOk(capabilityTableUnlink(TABLE, made.slot), 0n);
  const below = look(slotBelow(made.slot, 0n));
  tapCheck(sound && tapAnswer(below, ERROR_NO_CAPABILITY, 1n, 0n), 'K4 unlinked: NoCapability at level 1');
  tapCheck(tapOk(objectUnmake(TABLE, made.slot, made.frame), 0n), 'K4 the table is given back');
}

/** K1: Create into a full slot; K3: the capability by which it is dropped; K7: Move. */
function checkSlots(): void {
  const frame = frameTake(FRAME_TYPE_BLANK);
  const full = capabilityTableCreate(
    TABLE,
    CONSOLE,
    KIND_CAPABILITY_TABLE,
    frameRange(frame),
    frameIndex(frame),
    0n,
    0n,
  );
  let sound = tapAnswer(full, ERROR_OCCUPIED, KIND_CONSOLE, 0n) && isFrame(frame, FRAME_TYPE_BLANK, 0n);
  tapCheck(
    sound && tapOk(frameGiveBack(frame), 0n),
    'K1 create into a full slot: Occupied; the frame was not consumed',
  );
  const spare = slotFind(TABLE, 0n);
  sound = tapOk(capabilityTableCopy(TABLE, spare, TABLE, RIGHTS_CAPABILITY_TABLE, 0n, 0n, 0n), 0n);
  const dropped = capabilityTableDrop(TABLE, TABLE);
  const next = capabilityTableInspect(TABLE, 0n, INSPECT_KIND);
  sound = tapOk(capabilityTableMove(spare, TABLE, spare), 1n) && sound;
  tapCheck(
    tapOk(dropped, 0n) && tapAnswer(next, ERROR_NO_CAPABILITY, 0n, 0n),
    'K3 drop the very capability invoked: Ok, then NoCapability',
  );
  tapCheck(sound, 'K7 moved back by the copy of it');
  const made = objectMake(TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
  const target = slotFind(TABLE, 0n);
  sound = tapOk(capabilityTableMove(TABLE, target, made.slot), 0n) && isFrame(made.frame, TABLE_TYPE, 1n);
  sound = sound && tapAnswer(capabilityTableInspect(TABLE, made.slot, INSPECT_KIND), ERROR_EMPTY, 0n, 0n);
  tapCheck(sound, 'K7 move: the count is as before, the source empty');
  tapCheck(tapOk(objectUnmake(TABLE, target, made.frame), 0n), 'K7 the table is given back');
}

/** C5, R2, O2: a component, a thread, their counts; and that a thread's frame is never mapped. */
function checkComponents(): void {
  const root = objectMake(TABLE, KIND_PAGE_TABLE, 2n, 0n);
  const table = objectMake(TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
  const component = objectMake(TABLE, KIND_COMPONENT, root.slot, table.slot);
  const thread = objectMake(TABLE, KIND_THREAD, component.slot, 0n);
  tapCheck(thread.error === ERROR_OK && isFrame(thread.frame, FRAME_TYPE_THREAD, 1n), 'R2 a thread: Thread, count 1');
  const word: u64 = (FRAME_TYPE_THREAD << FRAME_WORD_TYPE_SHIFT) + 1n;
  tapCheck(tapAnswer(mapFrame(thread.frame, PLACE, READ), ERROR_WRONG_TYPE, word, 0n), 'R2 it cannot be mapped');
  let sound = true;
  for (let copy: u64 = 0n; copy < 10n; copy++) {
    if (!tapOk(capabilityTableCopy(table.slot, copy, thread.slot, RIGHT_THREAD_SIGNAL, 0n, 0n, 1n), copy))
      sound = false;
  }
  tapCheck(sound && isFrame(thread.frame, FRAME_TYPE_THREAD, 11n), 'C5 its capability copied 10 times: count 11');
  for (let copy: u64 = 0n; copy < 10n; copy++) {
    if (!tapOk(capabilityTableDrop(table.slot, copy), copy)) sound = false;
  }
  sound = sound && tapOk(capabilityTableDrop(TABLE, thread.slot), 10n);
  tapCheck(sound && isFrame(thread.frame, FRAME_TYPE_THREAD, 0n), 'C5 dropped 11 times: count 0, still a Thread');
  sound = tapOk(capabilityTableDrop(TABLE, root.slot), 0n) && tapOk(capabilityTableDrop(TABLE, table.slot), 1n);
  sound = sound && tapAnswer(frameGiveBack(root.frame), ERROR_IN_USE, 1n, 0n);
  sound = sound && tapAnswer(frameGiveBack(table.frame), ERROR_IN_USE, 1n, 1n);
  tapCheck(sound, 'O2 root and table that a component names: InUse');
  sound = tapOk(objectUnmake(TABLE, component.slot, component.frame), 0n);
  sound = sound && tapOk(frameGiveBack(root.frame), 1n) && tapOk(frameGiveBack(table.frame), 2n);
  tapCheck(sound, 'O2 the component is given back, then its root and its table');
  tapCheck(tapOk(frameGiveBack(thread.frame), 0n), 'C5 the thread is given back');
}

/** O1: two tables inside each other, each also full. And each life of a frame has its own incarnation. */
function checkCycles(): void {
  const first = objectMake(TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
  const second = objectMake(TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
  let sound = true;
  for (let slot: u64 = 0n; slot < 64n; slot++) {
    if (!tapOk(capabilityTableLink(first.slot, slot, second.slot), slot)) sound = false;
    if (!tapOk(capabilityTableLink(second.slot, slot, first.slot), slot)) sound = false;
    if (!tapOk(capabilityTableCopy(first.slot, slot, second.slot, RIGHTS_CAPABILITY_TABLE, 0n, 0n, 0n), slot))
      sound = false;
    if (!tapOk(capabilityTableCopy(second.slot, slot, first.slot, RIGHTS_CAPABILITY_TABLE, 0n, 0n, 0n), slot))
      sound = false;
  }
  sound =
    sound && tapOk(capabilityTableDrop(TABLE, first.slot), 0n) && tapOk(capabilityTableDrop(TABLE, second.slot), 1n);
  sound = sound && isFrame(first.frame, TABLE_TYPE, 128n) && isFrame(second.frame, TABLE_TYPE, 128n);
  tapCheck(sound, 'O1 two full tables inside each other, out of reach: count 128 each');
  sound = tapAnswer(frameReclaim(TABLE, first.frame), ERROR_IN_USE, 128n, 0n);
  sound = sound && tapOk(frameReclaim(TABLE, second.frame), 1n) && tapOk(frameGiveBack(first.frame), 2n);
  tapCheck(sound, 'O1 one recovered and emptied, then the other: both Untyped');
  const before: u64 = frameWord(first.frame) >> FRAME_WORD_INCARNATION_SHIFT;
  const again = objectMake(TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
  const word = frameWord(again.frame);
  sound = tapOk(objectUnmake(TABLE, again.slot, again.frame), 0n);
  const after: u64 = frameWord(again.frame) >> FRAME_WORD_INCARNATION_SHIFT;
  tapCheck(
    sound && before !== 0n && after === (word >> FRAME_WORD_INCARNATION_SHIFT) + 1n,
    'R1 a frame that was an object has the next incarnation',
  );
}

/** Everything about objects that are not page tables. */
export function checkObjects(): void {
  checkChain();
  checkSlots();
  checkComponents();
  checkCycles();
}
