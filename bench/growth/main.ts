/**
 * Bench: what costs grow with. One line `point SERIES: SIZE INSTRUCTIONS` for each point, the dearest of ten samples;
 * `make growth` reads them.
 */

import { BOOT_SLOT_SYSTEM, type BootInfo } from '../../kernel-src/abi/boot-info.ts';
import {
  OPERATION_CAPABILITY_TABLE_CLEAR,
  OPERATION_CAPABILITY_TABLE_COPY,
  OPERATION_CAPABILITY_TABLE_DROP,
} from '../../kernel-src/abi/capability-table-operations.ts';
import { FRAME_TYPE_UNTYPED, FRAME_TYPE_USER } from '../../kernel-src/abi/frame-types.ts';
import { OPERATION_INVOCATION_CALL } from '../../kernel-src/abi/invocation-operations.ts';
import { KIND_CAPABILITY_TABLE, KIND_COMPONENT, KIND_PAGE_TABLE, KIND_THREAD } from '../../kernel-src/abi/kinds.ts';
import { OPERATION_FRAMES_INSPECT, OPERATION_FRAMES_RETYPE } from '../../kernel-src/abi/operations.ts';
import {
  OPERATION_PAGE_TABLE_CLEAR,
  OPERATION_PAGE_TABLE_MAP,
  OPERATION_PAGE_TABLE_UNMAP,
} from '../../kernel-src/abi/page-table-operations.ts';
import { DEADLINE_NEVER, OPERATION_THREAD_RUN } from '../../kernel-src/abi/thread-operations.ts';
import { printDecimal, printLine, printText } from '../../user/lib/console.ts';
import {
  capabilityTableCopy,
  capabilityTableDrop,
  capabilityTableLink,
  framesRetype,
  invocationCall,
  pageTableMap,
  systemShutdown,
  threadRun,
} from '../../user/lib/generated/operations.ts';
import { invokeResults, Results } from '../../user/lib/invoke-results.ts';
import { slotBelow, slotFind } from '../../user/lib/slots.ts';
import { measureCall, measured, required } from '../lib/measure.ts';
import {
  fillPages,
  fillTable,
  FRAMES,
  growthCountAt,
  make,
  makeIn,
  makeInvocation,
  makeThread,
  PROGRAM_RUNS,
  PROGRAM_YIELDS,
  READ_WRITE,
  SERVER_NESTS,
  SERVER_RETURNS,
  SLOTS,
  TABLE,
  takeFrame,
  world,
  worldStart,
} from './world.ts';

const SAMPLES: u32 = 10;
/** All rights of any kind. */
const RIGHTS: u64 = 0xffffn;
const results = new Results();

/** Prints one point. */
function point(series: Text, size: u64, cost: u64): void {
  printText('point ');
  printText(series);
  printText(': ');
  printDecimal(size);
  printText(' ');
  printDecimal(cost);
  printLine();
}

/** The dearest of some samples of one system call. */
function dearest(a0: u64, a1: u64, a2: u64, a3: u64, operation: u64, capability: u64): u64 {
  let most: u64 = 0n;
  for (const _ of range(SAMPLES)) {
    const cost = measured(measureCall(a0, a1, a2, a3, 0n, 0n, operation, capability), 'a measured call');
    if (cost > most) most = cost;
  }
  return most;
}

/** What a page costs while `size` frames are mapped: Map and Unmap, and to User and back. */
function pointsOfPages(size: u64, node: u64, frame: u64): void {
  let map: u64 = 0n;
  let unmap: u64 = 0n;
  let retype: u64 = 0n;
  for (const _ of range(SAMPLES)) {
    let sum = measured(measureCall(frame, FRAME_TYPE_USER, 0n, 0n, 0n, 0n, OPERATION_FRAMES_RETYPE, FRAMES), 'to User');
    const call = measureCall(3n, FRAMES, frame, READ_WRITE, 0n, 0n, OPERATION_PAGE_TABLE_MAP, node);
    const mapped = measured(call, 'PageTable.Map');
    const unmapped = measured(measureCall(3n, 0n, 0n, 0n, 0n, 0n, OPERATION_PAGE_TABLE_UNMAP, node), 'Unmap');
    sum += measured(measureCall(frame, FRAME_TYPE_UNTYPED, 0n, 0n, 0n, 0n, OPERATION_FRAMES_RETYPE, FRAMES), 'back');
    if (mapped > map) map = mapped;
    if (unmapped > unmap) unmap = unmapped;
    if (sum > retype) retype = sum;
  }
  point('mapped frames, map', size, map);
  point('mapped frames, unmap', size, unmap);
  point('mapped frames, retype to User and back', size, retype);
}

/** Mapped frames: 512, and so many page tables more that 100,352 are mapped in the end. */
function growPages(): void {
  const upper = make(KIND_PAGE_TABLE, 1n, 0n);
  const node = make(KIND_PAGE_TABLE, 0n, 0n);
  const frame = takeFrame(FRAME_TYPE_USER);
  required(framesRetype(FRAMES, frame, FRAME_TYPE_UNTYPED), 'Frames.Retype');
  pointsOfPages(0n, node, frame);
  for (let tables: u64 = 0n; tables < 196n; tables++) {
    fillPages(upper, tables);
    const full: u64 = tables + 1n;
    if (full === 1n || full === 4n || full === 16n || full === 64n || full === 128n || full === 196n) {
      pointsOfPages(full * 512n, node, frame);
    }
  }
}

/** Objects of a kind, and with each a capability: up to 4,096, while something is measured. */
function growObjects(series: Text, copies: Text, kind: u64, first: u64, second: u64, capability: u64): void {
  const directory = make(KIND_CAPABILITY_TABLE, 0n, 0n);
  const operation = kind === KIND_THREAD ? OPERATION_THREAD_RUN : OPERATION_INVOCATION_CALL;
  const deadline = kind === KIND_THREAD ? DEADLINE_NEVER : 0n;
  const empty = slotFind(TABLE, 0n);
  for (let tables: u64 = 0n; tables <= SLOTS; tables++) {
    if (tables === 0n || tables === 1n || tables === 4n || tables === 16n || tables === SLOTS) {
      point(series, tables * SLOTS, dearest(deadline, 0n, 0n, 0n, operation, capability));
      const copy = measureCall(empty, capability, 1n, 0n, 0n, 0n, OPERATION_CAPABILITY_TABLE_COPY, TABLE);
      let sum = measured(copy, 'CapabilityTable.Copy');
      const drop = measureCall(empty, 0n, 0n, 0n, 0n, 0n, OPERATION_CAPABILITY_TABLE_DROP, TABLE);
      sum += measured(drop, 'CapabilityTable.Drop');
      point(copies, tables * SLOTS, sum);
    }
    if (tables < SLOTS) fillTable(directory, tables, kind, first, second);
  }
}

/** Levels of an id: Inspect through one of 1 to 4 slots. */
function growLevels(): void {
  let id = make(KIND_CAPABILITY_TABLE, 0n, 0n);
  point('levels of an id, inspect a frame', 1n, dearest(0n, 0n, 0n, 0n, OPERATION_FRAMES_INSPECT, FRAMES));
  let below = id;
  required(capabilityTableLink(TABLE, id, id), 'CapabilityTable.Link');
  for (let level: u64 = 2n; level <= 4n; level++) {
    const source = slotBelow(below, 1n);
    required(capabilityTableCopy(id, 1n, FRAMES, RIGHTS & 0xfn, 0n, 0n, 0n), 'CapabilityTable.Copy');
    point('levels of an id, inspect a frame', level, dearest(0n, 0n, 0n, 0n, OPERATION_FRAMES_INSPECT, source));
    if (level === 4n) break;
    const next = make(KIND_CAPABILITY_TABLE, 0n, 0n);
    required(capabilityTableLink(id, 0n, next), 'CapabilityTable.Link');
    below = slotBelow(below, 0n);
    id = next;
  }
}

/** Depth of the invocation stack: Call and Return with 1 to 19 levels in use. */
function growInvocations(): void {
  makeInvocation(world.table, 0n, SERVER_NESTS);
  makeInvocation(world.table, 1n, SERVER_RETURNS);
  const nests = slotFind(TABLE, 0n);
  makeInvocation(TABLE, nests, SERVER_NESTS);
  for (let depth: u64 = 0n; depth < 18n; depth++) {
    const called = invokeResults(depth, 0n, 0n, 0n, 0n, 0n, OPERATION_INVOCATION_CALL, nests, results);
    required(called, 'Invocation.Call');
    point('depth of invocations, call and return', depth + 2n, results.a2);
  }
  required(invocationCall(nests, 0n, 0n, 0n, 0n), 'Invocation.Call');
}

/** Length of the Run chain: Run of a thread that yields, by the first to the seventh thread. */
function growChain(): void {
  let slot = makeThread(world.component, PROGRAM_YIELDS, 0n);
  required(threadRun(slot, DEADLINE_NEVER, 0n), 'Thread.Run');
  point('length of the Run chain, run', 2n, dearest(DEADLINE_NEVER, 0n, 0n, 0n, OPERATION_THREAD_RUN, slot));
  const innermost = slot;
  for (let length: u64 = 3n; length <= 8n; length++) {
    required(capabilityTableCopy(world.table, slot, slot, 1n, 0n, 0n, 0n), 'CapabilityTable.Copy');
    const outer = makeThread(world.component, PROGRAM_RUNS, slot);
    required(threadRun(outer, DEADLINE_NEVER, 0n), 'Thread.Run');
    required(threadRun(outer, DEADLINE_NEVER, 0n), 'Thread.Run');
    point('length of the Run chain, run', length, growthCountAt(innermost));
    slot = outer;
  }
}

/** What is bounded, not flat: one Clear of up to 64 slots with threads, of up to 64 pages; a page table that becomes Untyped. */
function growClears(): void {
  for (let count: u64 = 1n; count <= SLOTS; count = count * 8n) {
    bound(3);
    const table = make(KIND_CAPABILITY_TABLE, 0n, 0n);
    for (let slot: u64 = 0n; slot < count; slot++) makeIn(table, slot, KIND_THREAD, world.component, 0n);
    const clear = measureCall(0n, SLOTS, 0n, 0n, 0n, 0n, OPERATION_CAPABILITY_TABLE_CLEAR, table);
    point('capabilities, one Clear of 64 slots', count, measured(clear, 'CapabilityTable.Clear'));
    required(capabilityTableDrop(TABLE, table), 'CapabilityTable.Drop');
    const node = make(KIND_PAGE_TABLE, 0n, 0n);
    const frame: u64 = world.next - 1n;
    for (let entry: u64 = 0n; entry < count; entry++) {
      required(pageTableMap(node, entry, FRAMES, takeFrame(FRAME_TYPE_USER), READ_WRITE), 'PageTable.Map');
    }
    const unmap = measureCall(0n, SLOTS, 0n, 0n, 0n, 0n, OPERATION_PAGE_TABLE_CLEAR, node);
    point('mapped frames, one Clear of 64 entries', count, measured(unmap, 'PageTable.Clear'));
    required(capabilityTableDrop(TABLE, node), 'CapabilityTable.Drop');
    const back = measureCall(frame, FRAME_TYPE_UNTYPED, 0n, 0n, 0n, 0n, OPERATION_FRAMES_RETYPE, FRAMES);
    point('emptied page tables, one to Untyped', count, measured(back, 'Frames.Retype'));
  }
}

/** Entered by the start file. */
export function componentMain(_info: BootInfo): never {
  worldStart();
  growInvocations();
  const yields = makeThread(world.component, PROGRAM_YIELDS, 0n);
  required(threadRun(yields, DEADLINE_NEVER, 0n), 'Thread.Run');
  growObjects('threads, run', 'capabilities, copy and drop', KIND_THREAD, world.component, 0n, yields);
  required(capabilityTableDrop(TABLE, yields), 'CapabilityTable.Drop');
  const returns = slotFind(TABLE, 0n);
  makeInvocation(TABLE, returns, SERVER_RETURNS);
  const copies = 'capabilities of components, copy and drop';
  growObjects('components, call and return', copies, KIND_COMPONENT, world.root, world.table, returns);
  growPages();
  growLevels();
  growChain();
  growClears();
  systemShutdown(u64(BOOT_SLOT_SYSTEM), 0n);
  unreachable();
}
