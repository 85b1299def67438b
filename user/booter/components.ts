/** A component and a thread: made of frames, counted, given back. They do not run yet. */

import { BOOT_SLOT_TABLE } from '../../kernel-src/abi/boot-info.ts';
import {
  ERROR_IN_USE,
  ERROR_OUT_OF_RANGE,
  ERROR_WRONG_HART,
  ERROR_WRONG_KIND,
  ERROR_WRONG_LEVEL,
  ERROR_WRONG_TYPE,
} from '../../kernel-src/abi/errors.ts';
import {
  FRAME_TYPE_COMPONENT,
  FRAME_TYPE_PAGE_TABLE_2,
  FRAME_TYPE_THREAD,
  FRAME_TYPE_UNTYPED,
  FRAME_WORD_TYPE_SHIFT,
} from '../../kernel-src/abi/frame-types.ts';
import { KIND_CAPABILITY_TABLE, KIND_COMPONENT, KIND_PAGE_TABLE, KIND_THREAD } from '../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { RIGHT_FRAMES_READ, RIGHT_THREAD_SIGNAL } from '../../kernel-src/abi/rights.ts';
import { spaceGiveBack, spaceMap } from '../lib/address-space.ts';
import { frameGiveBack, frameIndex, frameRange } from '../lib/frames.ts';
import { capabilityTableClear, capabilityTableCopy, capabilityTableDrop } from '../lib/generated/operations.ts';
import { type MadeObject, objectMake, objectUnmake } from '../lib/objects.ts';
import { PAGE_FIRST } from './pages.ts';
import { reportFrame, reportMade, reportRefusal, reportStep, reportTitle } from './report.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
/** Copies of the thread's capability. */
const COPIES: u64 = 10n;
/** A hart that does not run: only the booter's does. */
const OTHER_HART: u64 = 7n;
/** More harts than a machine can have. */
const HARTS: u64 = 8n;

/** The answer in what `objectMake` answers. */
function answerOf(made: MadeObject): Outcome {
  return { error: made.error, value: made.detail };
}

/** Components and threads that cannot be made. */
function showForbidden(root: u64, table: u64): void {
  const lower = objectMake(TABLE, KIND_PAGE_TABLE, 1n, 0n);
  if (!reportMade(lower)) return;
  const level = answerOf(objectMake(TABLE, KIND_COMPONENT, lower.slot, table));
  reportRefusal('a component around a table of level 1', level, ERROR_WRONG_LEVEL, 1n);
  reportStep('Drop', capabilityTableDrop(TABLE, lower.slot));
  reportStep('the table given back', frameGiveBack(lower.frame));
  const swapped = answerOf(objectMake(TABLE, KIND_COMPONENT, table, root));
  reportRefusal('with root and table exchanged', swapped, ERROR_WRONG_KIND, KIND_CAPABILITY_TABLE);
}

/** Threads that cannot be made. */
function showForbiddenThreads(component: u64): void {
  const other = answerOf(objectMake(TABLE, KIND_THREAD, component, OTHER_HART));
  reportRefusal('a thread at home on a hart that does not run', other, ERROR_WRONG_HART, 0n);
  const none = answerOf(objectMake(TABLE, KIND_THREAD, component, HARTS));
  reportRefusal('a thread at home on hart 8', none, ERROR_OUT_OF_RANGE, HARTS);
}

/** Capabilities of a thread: counted, whatever becomes of them. `table` has room for copies. */
function showThreadCopies(table: u64, slot: u64, frame: u64): void {
  for (let copy: u64 = 0n; copy < COPIES; copy++) {
    const copied = capabilityTableCopy(table, copy, slot, RIGHT_THREAD_SIGNAL, 0n, 0n, 1n);
    if (!reportStep('Copy', copied)) return;
  }
  reportFrame('its capability copied 10 times', frame, FRAME_TYPE_THREAD, COPIES + 1n);
  const word: u64 = (FRAME_TYPE_THREAD << FRAME_WORD_TYPE_SHIFT) + COPIES + 1n;
  const mapped = spaceMap(PAGE_FIRST, frameRange(frame), frameIndex(frame), RIGHT_FRAMES_READ);
  reportRefusal('its frame mapped', mapped, ERROR_WRONG_TYPE, word);
  reportStep('the page tables given back', spaceGiveBack());
  if (!reportStep('Clear', capabilityTableClear(table, 0n, COPIES))) return;
  if (!reportStep('Drop', capabilityTableDrop(TABLE, slot))) return;
  reportFrame('all 11 dropped: still a thread', frame, FRAME_TYPE_THREAD, 0n);
}

/** What a living component names cannot be taken from it; when it goes, it lets go of both. */
function showComponentEnd(component: MadeObject, root: MadeObject, table: MadeObject): void {
  if (!reportStep('Drop', capabilityTableDrop(TABLE, root.slot))) return;
  if (!reportStep('Drop', capabilityTableDrop(TABLE, table.slot))) return;
  reportRefusal('its root becomes Untyped', frameGiveBack(root.frame), ERROR_IN_USE, 1n);
  reportRefusal('its table becomes Untyped', frameGiveBack(table.frame), ERROR_IN_USE, 1n);
  if (!reportStep('component', objectUnmake(TABLE, component.slot, component.frame))) return;
  reportFrame('the component dropped, made Untyped', component.frame, FRAME_TYPE_UNTYPED, 0n);
  reportFrame('its root', root.frame, FRAME_TYPE_PAGE_TABLE_2, 0n);
  if (!reportStep('root', frameGiveBack(root.frame))) return;
  reportStep('table', frameGiveBack(table.frame));
}

/** The section on components and threads. */
export function showComponents(): void {
  reportTitle('Component and thread');
  const root = objectMake(TABLE, KIND_PAGE_TABLE, 2n, 0n);
  const table = objectMake(TABLE, KIND_CAPABILITY_TABLE, 0n, 0n);
  if (!reportMade(root) || !reportMade(table)) return;
  showForbidden(root.slot, table.slot);
  const component = objectMake(TABLE, KIND_COMPONENT, root.slot, table.slot);
  if (!reportMade(component)) return;
  reportFrame('a component around a root and a table', component.frame, FRAME_TYPE_COMPONENT, 1n);
  reportFrame('its root: one for its slot, one for it', root.frame, FRAME_TYPE_PAGE_TABLE_2, 2n);
  showForbiddenThreads(component.slot);
  const thread = objectMake(TABLE, KIND_THREAD, component.slot, 0n);
  if (!reportMade(thread)) return;
  reportFrame('a thread in it, at home on this hart', thread.frame, FRAME_TYPE_THREAD, 1n);
  showThreadCopies(table.slot, thread.slot, thread.frame);
  showComponentEnd(component, root, table);
  if (!reportStep('thread', frameGiveBack(thread.frame))) return;
  reportFrame('the thread, whose component is gone', thread.frame, FRAME_TYPE_UNTYPED, 0n);
}
