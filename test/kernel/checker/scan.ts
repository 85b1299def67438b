/**
 * What one frame of memory refers to, and whether the object in it is well-formed (INV3, INV4, INV5, INV6). Reads the
 * bytes of that frame only: what a reference needs of its target is tested by who knows all frames.
 */
import {
  COMPONENT,
  ENTRIES,
  FRAME_BYTES,
  KIND,
  HARTS,
  INVOCATION,
  KERNEL_HALF,
  NEVER,
  PTE,
  SATP_MODE,
  SLOT,
  SLOTS,
  THREAD,
  THREAD_HOME_SHIFT,
  THREAD_MOVED,
  THREAD_STATE,
  TYPE,
  WINDOW,
} from './numbers.ts';
import { indexOfAddress, isDevice, keyOf, referenceOf, type Places, type RawMemory } from './raw.ts';

/** How many types there are that a reference can need. */
export const NEEDS = 11;

/** References of a frame: index of a target and what it must be, one after the other. */
export type References = number[];

export interface Scan {
  readonly references: References;
  readonly problems: string[];
}

/** What a capability of a kind names, or 0 if it counts nothing; a page table has a level besides. */
const NEED_OF_KIND: ReadonlyMap<number, number> = new Map([
  [KIND.Frames, 0],
  [KIND.Device, 0],
  [KIND.CapabilityTable, TYPE.CapabilityTable],
  [KIND.PageTable, TYPE.PageTable0],
  [KIND.Component, TYPE.Component],
  [KIND.Thread, TYPE.Thread],
  [KIND.Invocation, 0],
  [KIND.InterruptControl, 0],
  [KIND.Interrupt, 0],
  [KIND.Hart, 0],
  [KIND.Console, 0],
  [KIND.System, 0],
]);
const LEAF = PTE.valid | PTE.user | PTE.accessed;

/** Adds a reference, or a problem if it leads out of the memory. */
function refer(scan: Scan, places: Places, frame: number, need: number, what: string): void {
  const index = frame - places.first;
  if (index >= 0 && index < places.frames) scan.references.push(index, need);
  else scan.problems.push(`${what} names frame ${frame}, which is no frame of memory`);
}

/** What the object of a capability must be: by the kind, and for a page table of the level by which operations find it. */
function scanObject(raw: RawMemory, byte: number, kindNeed: number, what: string, scan: Scan): number {
  const address = raw.big(byte + SLOT.extra) - WINDOW;
  const level = kindNeed === TYPE.PageTable0 ? Number(address & 3n) : 0;
  if (address !== BigInt(raw.number(byte + SLOT.frame)) * BigInt(FRAME_BYTES) + BigInt(level)) {
    scan.problems.push(`INV3: ${what} leads to another object than the one that it counts`);
  }
  return kindNeed + level;
}

/** A weak reference to a component: the address of a frame of memory, and a key of an incarnation that there can be. */
function scanWeak(raw: RawMemory, places: Places, address: number, key: number, what: string, scan: Scan): void {
  const found = raw.big(key);
  const isFrame = indexOfAddress(places, raw.big(address)) >= 0;
  if (isFrame && found === keyOf(TYPE.Component, (found >> 8n) & 0xffff_ffffn)) return;
  scan.problems.push(`INV3: ${what} names no component, with the key ${found.toString(16)}`);
}

function scanSlot(raw: RawMemory, places: Places, index: number, slot: number, scan: Scan): void {
  const byte = index * FRAME_BYTES + slot * SLOT.bytes;
  const header = raw.low(byte);
  const what = `slot ${slot} of table ${index}`;
  if (!raw.isZero(byte + SLOT.child)) {
    refer(scan, places, raw.number(byte + SLOT.child), TYPE.CapabilityTable, `the child of ${what}`);
  }
  if (header === 0) return;
  const need = NEED_OF_KIND.get(header & 0xff);
  if (need === undefined || header >>> 24 !== 0) {
    scan.problems.push(`INV3: ${what} has the header ${header.toString(16)}`);
    return;
  }
  const frame = raw.number(byte + SLOT.frame);
  if (need !== 0) {
    refer(scan, places, frame, scanObject(raw, byte, need, what, scan), what);
  } else if (frame !== 0) scan.problems.push(`INV3: ${what} counts frame ${frame}, though its kind counts none`);
  if ((header & 0xff) === KIND.Invocation) scanWeak(raw, places, byte + SLOT.first, byte + SLOT.extra, what, scan);
}

function scanLeaf(raw: RawMemory, places: Places, index: number, entry: number, scan: Scan): void {
  const byte = index * FRAME_BYTES + entry * 8;
  const low = raw.low(byte);
  const high = raw.high(byte);
  const what = `entry ${entry} of page table ${index}`;
  const write = (low & PTE.write) !== 0;
  if (write && (low & PTE.execute) !== 0) scan.problems.push(`INV6: ${what} is writable and executable`);
  const fixed = (low & (LEAF | PTE.global | 0x200)) === LEAF && high >>> 22 === 0;
  const readable = (low & (PTE.read | PTE.execute)) !== 0 && (!write || (low & PTE.read) !== 0);
  if (!fixed || !readable || write !== ((low & PTE.dirty) !== 0)) {
    scan.problems.push(`INV3: ${what} is no legal leaf: ${high.toString(16)} ${low.toString(16)}`);
  }
  const frame = Math.floor(raw.number(byte) / 1024);
  if (isDevice(places, frame) !== ((low & PTE.uncounted) !== 0)) {
    scan.problems.push(`INV3: ${what} says of the wrong page that it is not counted`);
  }
  if (!isDevice(places, frame)) refer(scan, places, frame, TYPE.User, what);
  else if ((low & PTE.execute) !== 0) scan.problems.push(`INV6: ${what} makes a device executable`);
}

function scanLink(raw: RawMemory, places: Places, index: number, entry: number, level: number, scan: Scan): void {
  const byte = index * FRAME_BYTES + entry * 8;
  const what = `entry ${entry} of page table ${index}`;
  if ((raw.low(byte) & 0x3ff) !== PTE.valid || raw.high(byte) >>> 22 !== 0) {
    scan.problems.push(`INV3: ${what} is no legal link: ${raw.low(byte).toString(16)}`);
  }
  refer(scan, places, Math.floor(raw.number(byte) / 1024), TYPE.PageTable0 + level - 1, what);
}

function scanPageTable(raw: RawMemory, places: Places, index: number, level: number, scan: Scan): void {
  const length = level === 2 ? KERNEL_HALF : ENTRIES;
  const { words } = raw;
  const base = (index * FRAME_BYTES) >> 2;
  for (let entry = 0; entry < length; entry++) {
    const at = base + entry * 2;
    if (words[at] === 0 && words[at + 1] === 0) continue;
    if (level === 0) scanLeaf(raw, places, index, entry, scan);
    else scanLink(raw, places, index, entry, level, scan);
  }
  const template = places.template >> 2;
  for (let word = length * 2; word < ENTRIES * 2; word++) {
    if (words[base + word] === words[template + word]) continue;
    scan.problems.push(`INV4: word ${word} of the root in frame ${index} differs from the kernel's`);
    return;
  }
}

function scanComponent(raw: RawMemory, places: Places, index: number, scan: Scan): void {
  const byte = index * FRAME_BYTES;
  const root = raw.number(byte + COMPONENT.root);
  const table = raw.number(byte + COMPONENT.table);
  refer(scan, places, root, TYPE.PageTable2, `the root of component ${index}`);
  refer(scan, places, table, TYPE.CapabilityTable, `the table of component ${index}`);
  if (raw.big(byte + COMPONENT.satp) !== (SATP_MODE | BigInt(root))) {
    scan.problems.push(`INV3: component ${index} has a satp that is not its root's`);
  }
  if (indexOfAddress(places, raw.big(byte + COMPONENT.tableAddress)) !== table - places.first) {
    scan.problems.push(`INV3: component ${index} has the address of another table`);
  }
}

const STATES: readonly number[] = Object.values(THREAD_STATE);

function scanThread(raw: RawMemory, places: Places, index: number, scan: Scan): void {
  const byte = index * FRAME_BYTES;
  const status = raw.low(byte + THREAD.status);
  const state = status & 0xff;
  const home = status >>> THREAD_HOME_SHIFT;
  const moved = status & 0xff00;
  const known = STATES.includes(state) && (moved === 0 || (moved === THREAD_MOVED && state !== THREAD_STATE.running));
  if (!known || home >= HARTS || raw.high(byte + THREAD.status) !== 0) {
    scan.problems.push(`INV3: thread ${index} has the status ${status.toString(16)}`);
  }
  if (raw.number(byte + THREAD.token) !== places.first + index) {
    scan.problems.push(`INV3: thread ${index} is known to servers as another`);
  }
  const page = referenceOf(WINDOW + BigInt(places.first + index) * BigInt(FRAME_BYTES), 0n);
  if (BigInt(raw.low(byte + THREAD.reference)) !== page) {
    scan.problems.push(`INV3: thread ${index} is known to those whom it runs as another`);
  }
  const sentinel = byte + INVOCATION.sentinel;
  const itself = indexOfAddress(places, raw.big(sentinel + INVOCATION.component)) === index;
  if (!itself || raw.big(sentinel + INVOCATION.key) !== NEVER) {
    scan.problems.push(`INV3: thread ${index} has no sentinel at the end of its invocations`);
  }
  const top = raw.big(byte + THREAD.top);
  const level = (Number(top & 0xfffn) - INVOCATION.start) / INVOCATION.bytes;
  const isEntry = Number.isInteger(level) && level >= 0 && level <= INVOCATION.levels;
  if (!isEntry || indexOfAddress(places, top - (top & 0xfffn)) !== index) {
    scan.problems.push(`INV3: the invocations of thread ${index} end at ${top.toString(16)}`);
    return;
  }
  for (let at = INVOCATION.start; at <= Number(top & 0xfffn); at += INVOCATION.bytes) {
    const entry = byte + at;
    const what = `an invocation of thread ${index}`;
    scanWeak(raw, places, entry + INVOCATION.component, entry + INVOCATION.key, what, scan);
  }
}

/** What the frame at an index, of a type without its dead mark, refers to. A Blank frame must be zero. */
export function scanFrame(raw: RawMemory, places: Places, index: number, type: number): Scan {
  const scan: Scan = { references: [], problems: [] };
  switch (type) {
    case TYPE.CapabilityTable:
      for (let slot = 0; slot < SLOTS; slot++) scanSlot(raw, places, index, slot, scan);
      break;
    case TYPE.PageTable0:
    case TYPE.PageTable1:
    case TYPE.PageTable2:
      scanPageTable(raw, places, index, type - TYPE.PageTable0, scan);
      break;
    case TYPE.Component:
      scanComponent(raw, places, index, scan);
      break;
    case TYPE.Thread:
      scanThread(raw, places, index, scan);
      break;
    case TYPE.Blank:
      if (!isZeroFrame(raw, index)) scan.problems.push(`INV3: the Blank frame ${index} is not zero`);
      break;
    default:
  }
  return scan;
}

const ZERO = new Uint8Array(FRAME_BYTES);

export function isZeroFrame(raw: RawMemory, index: number): boolean {
  return Buffer.compare(raw.bytes.subarray(index * FRAME_BYTES, (index + 1) * FRAME_BYTES), ZERO) === 0;
}

/** Whether a frame of a type byte is what a reference needs. */
export function meets(typeByte: number, need: number): boolean {
  return (typeByte & 0x7f) === need;
}

/** Whether a type byte is one that a frame can have between two operations: every frame in exactly one state (INV10). */
export function isSettled(typeByte: number): boolean {
  if (typeByte === (TYPE.Component | 0x80) || typeByte === (TYPE.Thread | 0x80)) return true;
  return typeByte <= TYPE.Thread && typeByte !== TYPE.Busy;
}
