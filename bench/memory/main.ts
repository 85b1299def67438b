/** Bench: system calls as such, and the memory system. One line for each row; `make bench` reads them. */

import {
  BOOT_SLOT_COMPONENT,
  BOOT_SLOT_FRAMES,
  BOOT_SLOT_SYSTEM,
  BOOT_SLOT_TABLE,
  type BootInfo,
} from '../../kernel-src/abi/boot-info.ts';

import {
  INSPECT_COUNT,
  INSPECT_KIND,
  OPERATION_CAPABILITY_TABLE_COPY,
  OPERATION_CAPABILITY_TABLE_CREATE,
  OPERATION_CAPABILITY_TABLE_DROP,
  OPERATION_CAPABILITY_TABLE_INSPECT,
} from '../../kernel-src/abi/capability-table-operations.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { ERROR_NO_CAPABILITY } from '../../kernel-src/abi/errors.ts';
import {
  FRAME_TYPE_BLANK,
  FRAME_TYPE_UNTYPED,
  FRAME_TYPE_USER,
  FRAME_WORD_TYPE_MASK,
  FRAME_WORD_TYPE_SHIFT,
} from '../../kernel-src/abi/frame-types.ts';
import { KIND_PAGE_TABLE, KIND_THREAD } from '../../kernel-src/abi/kinds.ts';
import { OPERATION_FRAMES_INSPECT, OPERATION_FRAMES_RETYPE } from '../../kernel-src/abi/operations.ts';
import { OPERATION_PAGE_TABLE_MAP, OPERATION_PAGE_TABLE_UNMAP } from '../../kernel-src/abi/page-table-operations.ts';
import {
  capabilityTableCreate,
  capabilityTableDrop,
  capabilityTableInspect,
  framesInspect,
  framesRetype,
  systemShutdown,
} from '../../user/lib/generated/operations.ts';
import { benchFail, measureCall, measured, measureNothing, required } from '../lib/measure.ts';
import { rowPrint, rowSample, rowStart, SAMPLES } from '../lib/samples.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const FRAMES: u64 = u64(BOOT_SLOT_FRAMES);
/** Slots that the bench uses. */
const SLOT_PAGE_TABLE: u64 = 60n;
const SLOT_OBJECT: u64 = 61n;
const SLOT_COPY: u64 = 62n;
const SLOT_EMPTY: u64 = 63n;
/** Permissions to read and write. */
const READ_WRITE: u64 = 6n;

/** The highest frame of the first range below `limit` that is Untyped. */
function untypedBelow(limit: u64): u64 {
  let index: u64 = limit;
  while (index > 0n) {
    bound(1_000_000);
    index -= 1n;
    const word = required(framesInspect(FRAMES, index), 'Frames.Inspect');
    if (((word >> FRAME_WORD_TYPE_SHIFT) & FRAME_WORD_TYPE_MASK) === FRAME_TYPE_UNTYPED) return index;
  }
  benchFail('no Untyped frame below', limit);
}

/** Rows of a system call that does little. */
function benchCalls(frame: u64): void {
  rowStart();
  for (const _ of range(SAMPLES)) {
    const call = measureCall(SLOT_PAGE_TABLE, INSPECT_KIND, 0n, 0n, 0n, 0n, OPERATION_CAPABILITY_TABLE_INSPECT, TABLE);
    rowSample(measured(call, 'CapabilityTable.Inspect'));
  }
  rowPrint('inspect a slot');
  rowStart();
  for (const _ of range(SAMPLES)) {
    rowSample(measured(measureCall(frame, 0n, 0n, 0n, 0n, 0n, OPERATION_FRAMES_INSPECT, FRAMES), 'Frames.Inspect'));
  }
  rowPrint('inspect a frame');
  rowStart();
  for (const _ of range(SAMPLES)) {
    const call = measureCall(0n, 0n, 0n, 0n, 0n, 0n, OPERATION_FRAMES_INSPECT, SLOT_EMPTY);
    if (call.error !== ERROR_NO_CAPABILITY) benchFail('a call through an empty slot answered', call.error);
    rowSample(call.value);
  }
  rowPrint('failing call');
}

/** One change of type, measured. */
function retype(frame: u64, type: u64): u64 {
  const call = measureCall(frame, type, 0n, 0n, 0n, 0n, OPERATION_FRAMES_RETYPE, FRAMES);
  return measured(call, 'Frames.Retype');
}

/** Rows of mapping: the page table has one level and is not linked anywhere, which costs the same. */
function benchMapping(frame: u64): void {
  required(framesRetype(FRAMES, frame, FRAME_TYPE_USER), 'Frames.Retype to User');
  rowStart();
  for (const _ of range(SAMPLES)) {
    const map = measureCall(3n, FRAMES, frame, READ_WRITE, 0n, 0n, OPERATION_PAGE_TABLE_MAP, SLOT_PAGE_TABLE);
    rowSample(measured(map, 'PageTable.Map'));
    measured(unmap(), 'PageTable.Unmap');
  }
  rowPrint('map a page');
  rowStart();
  for (const _ of range(SAMPLES)) {
    const map = measureCall(3n, FRAMES, frame, READ_WRITE, 0n, 0n, OPERATION_PAGE_TABLE_MAP, SLOT_PAGE_TABLE);
    measured(map, 'PageTable.Map');
    rowSample(measured(unmap(), 'PageTable.Unmap'));
  }
  rowPrint('unmap a page');
  required(framesRetype(FRAMES, frame, FRAME_TYPE_UNTYPED), 'Frames.Retype to Untyped');
  rowStart();
  for (const _ of range(SAMPLES)) {
    let sum: u64 = retype(frame, FRAME_TYPE_USER);
    const map = measureCall(3n, FRAMES, frame, READ_WRITE, 0n, 0n, OPERATION_PAGE_TABLE_MAP, SLOT_PAGE_TABLE);
    sum += measured(map, 'PageTable.Map');
    sum += measured(unmap(), 'PageTable.Unmap');
    rowSample(sum + retype(frame, FRAME_TYPE_UNTYPED));
  }
  rowPrint('frame cycle');
}
function unmap(): Outcome {
  return measureCall(3n, 0n, 0n, 0n, 0n, 0n, OPERATION_PAGE_TABLE_UNMAP, SLOT_PAGE_TABLE);
}

/** Rows of making an object of a kind in a used frame, and of giving it back. */
function benchObject(frame: u64, kind: u64, first: u64): void {
  for (const _ of range(SAMPLES)) {
    let sum: u64 = retype(frame, FRAME_TYPE_BLANK);
    const make = measureCall(SLOT_OBJECT, kind, FRAMES, frame, first, 0n, OPERATION_CAPABILITY_TABLE_CREATE, TABLE);
    sum += measured(make, 'CapabilityTable.Create');
    rowSample(sum);
    required(capabilityTableDrop(TABLE, SLOT_OBJECT), 'CapabilityTable.Drop');
    required(framesRetype(FRAMES, frame, FRAME_TYPE_UNTYPED), 'Frames.Retype to Untyped');
  }
}

function benchThreadEnd(frame: u64): void {
  rowStart();
  for (const _ of range(SAMPLES)) {
    required(framesRetype(FRAMES, frame, FRAME_TYPE_BLANK), 'Frames.Retype to Blank');
    const made = capabilityTableCreate(TABLE, SLOT_OBJECT, KIND_THREAD, FRAMES, frame, u64(BOOT_SLOT_COMPONENT), 0n);
    required(made, 'CapabilityTable.Create');
    const drop = measureCall(SLOT_OBJECT, 0n, 0n, 0n, 0n, 0n, OPERATION_CAPABILITY_TABLE_DROP, TABLE);
    rowSample(measured(drop, 'CapabilityTable.Drop') + retype(frame, FRAME_TYPE_UNTYPED));
  }
  rowPrint('destroy a thread');
}

/** Rows of copying a capability and dropping the copy. */
function benchCopies(): void {
  rowStart();
  for (const _ of range(SAMPLES)) {
    rowSample(copy());
    required(capabilityTableDrop(TABLE, SLOT_COPY), 'CapabilityTable.Drop');
  }
  rowPrint('copy a capability');
  rowStart();
  for (const _ of range(SAMPLES)) {
    copy();
    const drop = measureCall(SLOT_COPY, 0n, 0n, 0n, 0n, 0n, OPERATION_CAPABILITY_TABLE_DROP, TABLE);
    rowSample(measured(drop, 'CapabilityTable.Drop'));
  }
  rowPrint('drop a capability');
}
function copy(): u64 {
  const call = measureCall(SLOT_COPY, SLOT_PAGE_TABLE, 1n, 0n, 0n, 0n, OPERATION_CAPABILITY_TABLE_COPY, TABLE);
  return measured(call, 'CapabilityTable.Copy');
}

/** Entered by the start file. */
export function componentMain(_info: BootInfo): never {
  const nops = measureNothing();
  if (nops !== 1000n) benchFail('1000 nops count as', nops);
  const count = required(capabilityTableInspect(TABLE, FRAMES, INSPECT_COUNT), 'CapabilityTable.Inspect');
  const node = untypedBelow(count);
  const frame = untypedBelow(node);
  required(framesRetype(FRAMES, node, FRAME_TYPE_BLANK), 'Frames.Retype to Blank');
  const made = capabilityTableCreate(TABLE, SLOT_PAGE_TABLE, KIND_PAGE_TABLE, FRAMES, node, 0n, 0n);
  required(made, 'CapabilityTable.Create');
  benchCalls(frame);
  benchMapping(frame);
  rowStart();
  benchObject(frame, KIND_PAGE_TABLE, 0n);
  rowPrint('make a page table');
  rowStart();
  benchObject(frame, KIND_THREAD, u64(BOOT_SLOT_COMPONENT));
  rowPrint('make a thread');
  benchThreadEnd(frame);
  benchCopies();
  systemShutdown(u64(BOOT_SLOT_SYSTEM), 0n);
  unreachable();
}
