/** What one node of the device tree adds to the board. */

import {
  BOARD_CELLS,
  BOARD_DEVICE_LIMIT,
  BOARD_HART_LIMIT,
  BOARD_HEADER,
  BOARD_MEMORY,
  BOARD_MEMORY_LIMIT,
  BOARD_OK,
  BOARD_RANGE_LIMIT,
  BOARD_RESERVED,
  BOARD_WRAP,
  type Board,
  type BoardRanges,
} from './board.ts';
import { DEVICE_FINISHER, DEVICE_OWNED, DEVICE_PASSIVE, DEVICE_PLIC, deviceFacts } from './board-names.ts';
import { type Span, spanBig32, spanBig64, spanHas } from './span.ts';

/** What a node is for. */
export const ROLE_OTHER: u32 = 0;
export const ROLE_ROOT: u32 = 1;
export const ROLE_CPUS: u32 = 2;
export const ROLE_CHOSEN: u32 = 3;
export const ROLE_RESERVED: u32 = 4;

/** The properties of one node that matter. Offsets are in bytes from the start of the tree. */
export class NodeFacts {
  role: u32 = 0;
  name: u64 = 0n;
  reg: u64 = 0n;
  regLength: u64 = 0n;
  compatible: u64 = 0n;
  compatibleLength: u64 = 0n;
  /** Cells of the addresses and sizes in `reg` of its children. */
  addressCells: u64 = 0n;
  sizeCells: u64 = 0n;
  /** Its properties are complete and have been judged. */
  complete: boolean = false;
  disabled: boolean = false;
  isMemory: boolean = false;
  isHart: boolean = false;
  hasMmu: boolean = false;
  /** The node of a hart lists the Sstc extension. */
  hasTimer: boolean = false;
  /** The node of a hart that the board has kept: one more than its position there; else 0. */
  hart: u32 = 0;
  /** By which other nodes name this one; 0 if they cannot. */
  handle: u64 = 0n;
  /** `interrupts-extended`, and `riscv,ndev`, of an interrupt controller. */
  targets: u64 = 0n;
  targetsLength: u64 = 0n;
  lines: u64 = 0n;
  /** Addresses of its children are addresses of its parent, as they are or (`translates`) at another place. */
  hasRanges: boolean = false;
  translates: boolean = false;
}

/** Most entries of one `reg`, and of the memory reservations with the pair that ends them. */
const REG_LIMIT: u64 = 64n;
const RESERVATION_LIMIT: u64 = 65n;

/** A number of 0, 1 or 2 cells. */
function cells(tree: Span, offset: u64, count: u64): u64 {
  if (count === 0n) return 0n;
  return count === 1n ? spanBig32(tree, offset) : spanBig64(tree, offset);
}

/** Whether `base + size` goes beyond the last address. */
function wraps(base: u64, size: u64): boolean {
  return base + size < base;
}

/** Adds a range, unless it is empty. Answers `BOARD_OK` or `BOARD_WRAP`, or `full` when there are `limit` already. */
function addRange(list: BoardRanges, base: u64, size: u64, limit: u32, full: u32): u32 {
  if (size === 0n) return BOARD_OK;
  if (wraps(base, size)) return BOARD_WRAP;
  const index = list.count;
  if (index >= limit) {
    list.missing = true;
    return full;
  }
  const part = list.parts[index & (BOARD_RANGE_LIMIT - 1)];
  part.base = base;
  part.size = size;
  list.count = index + 1;
  return BOARD_OK;
}

/** Memory that the kernel is to leave alone. */
function addReserved(board: Board, base: u64, size: u64): u32 {
  return addRange(board.reserved, base, size, BOARD_RANGE_LIMIT, BOARD_RESERVED);
}

function addDevice(board: Board, name: u64, base: u64, size: u64, master: u32): void {
  if (size === 0n || wraps(base, size)) return;
  const index = board.deviceCount;
  if (index >= BOARD_DEVICE_LIMIT) {
    board.deviceMissing = board.deviceMissing + 1;
    return;
  }
  const device = board.devices[index];
  device.base = base;
  device.size = size;
  device.name = name;
  device.master = master;
  board.deviceCount = index + 1;
}

/** Bytes of one entry of `reg` in the children of a node; 0 if they are not addresses of the kernel. */
function entrySize(parent: NodeFacts): u64 {
  if (parent.addressCells === 0n || parent.addressCells > 2n || parent.sizeCells > 2n) return 0n;
  return (parent.addressCells + parent.sizeCells) << 2n;
}

/** How many entries `reg` has; 0 if it is not made of whole entries. */
function entryCount(node: NodeFacts, entry: u64): u64 {
  return entry === 0n || node.regLength % entry !== 0n ? 0n : node.regLength / entry;
}

/** Each entry of `reg` of a memory node, or of a child of /reserved-memory. */
function memoryNode(tree: Span, node: NodeFacts, parent: NodeFacts, board: Board): u32 {
  const entry = entrySize(parent);
  const count = entryCount(node, entry);
  if (count === 0n || count > REG_LIMIT) return BOARD_CELLS;
  for (let index: u64 = 0n; index < count; index++) {
    const at: u64 = node.reg + index * entry;
    const base = cells(tree, at, parent.addressCells);
    const size = cells(tree, at + (parent.addressCells << 2n), parent.sizeCells);
    const problem = node.isMemory
      ? addRange(board.memory, base, size, BOARD_MEMORY_LIMIT, BOARD_MEMORY)
      : addReserved(board, base, size);
    if (problem !== BOARD_OK) return problem;
  }
  return BOARD_OK;
}

/** A hart: one that has an MMU and is not disabled can run the kernel. */
function hartNode(tree: Span, node: NodeFacts, parent: NodeFacts, board: Board): u32 {
  const count = parent.addressCells;
  if (count === 0n || count > 2n || node.regLength < count << 2n) return BOARD_CELLS;
  const index = board.hartCount;
  if (node.disabled || !node.hasMmu || index >= BOARD_HART_LIMIT) {
    board.hartUnable = board.hartUnable + 1;
    return BOARD_OK;
  }
  board.harts[index] = cells(tree, node.reg, count);
  if (node.hasTimer) board.hartTimers = board.hartTimers + 1;
  board.hartCount = index + 1;
  node.hart = index + 1;
  return BOARD_OK;
}

/** The platform interrupt controller: the first one, if there are several. */
function controllerNode(node: NodeFacts, base: u64, size: u64, board: Board): void {
  if (board.interruptControllerSize !== 0n || wraps(base, size)) return;
  board.interruptController = base;
  board.interruptControllerSize = size;
  board.interruptLines = node.lines;
  board.interruptTargets = node.targets;
  board.interruptTargetsLength = node.targetsLength;
}

/** A device: its registers, unless they belong to the kernel or the firmware. */
function deviceNode(tree: Span, node: NodeFacts, parent: NodeFacts, board: Board): void {
  const entry = entrySize(parent);
  const count = entryCount(node, entry);
  const facts = deviceFacts(tree, node.compatible, node.compatibleLength);
  for (let index: u64 = 0n; index < REG_LIMIT - 1n && index < count; index++) {
    const at: u64 = node.reg + index * entry;
    const base = cells(tree, at, parent.addressCells);
    const size = cells(tree, at + (parent.addressCells << 2n), parent.sizeCells);
    if (parent.translates) {
      board.deviceMissing = board.deviceMissing + 1;
      continue;
    }
    if (index === 0n && (facts & DEVICE_FINISHER) !== 0) board.finisher = base;
    if (index === 0n && (facts & DEVICE_PLIC) !== 0) controllerNode(node, base, size, board);
    if ((facts & DEVICE_OWNED) !== 0) addRange(board.owned, base, size, BOARD_RANGE_LIMIT, BOARD_OK);
    else addDevice(board, node.name, base, size, (facts & DEVICE_PASSIVE) === 0 ? 1 : 0);
  }
}

/** Adds what a node says, whose properties are complete. `parent` is the node that it is in. */
export function boardNode(tree: Span, node: NodeFacts, parent: NodeFacts, board: Board): u32 {
  if (parent.role === ROLE_RESERVED) return node.regLength === 0n ? BOARD_OK : memoryNode(tree, node, parent, board);
  if (parent.role === ROLE_CPUS) return node.isHart ? hartNode(tree, node, parent, board) : BOARD_OK;
  if (parent.hart !== 0 && parent.hart <= BOARD_HART_LIMIT && node.handle !== 0n) {
    board.handles[parent.hart - 1] = node.handle;
  }
  if (node.disabled) return BOARD_OK;
  if (parent.role === ROLE_ROOT && node.isMemory) return memoryNode(tree, node, parent, board);
  if (parent.hasRanges && node.regLength !== 0n) deviceNode(tree, node, parent, board);
  return BOARD_OK;
}

/** Most entries of `interrupts-extended` that are looked at, and bytes of one: a handle, and the number of an interrupt of a hart. */
const TARGETS_LIMIT: u64 = 256n;
const TARGET_SIZE: u64 = 8n;
/** The interrupt of a hart by which a device interrupts supervisor mode (`scause`). */
const TARGET_SUPERVISOR: u64 = 9n;

/**
 * Finds the contexts of the harts at the platform interrupt controller: entry number c of `interrupts-extended` says
 * which hart and mode context c is for (Linux, Documentation/devicetree/bindings/interrupt-controller/sifive,plic-1.0.0.yaml).
 */
export function boardContexts(tree: Span, board: Board): void {
  const count: u64 = board.interruptTargetsLength / TARGET_SIZE;
  for (let context: u64 = 0n; context < TARGETS_LIMIT && context < count; context++) {
    const at: u64 = board.interruptTargets + context * TARGET_SIZE;
    const handle = spanBig32(tree, at);
    if (handle === 0n || spanBig32(tree, at + 4n) !== TARGET_SUPERVISOR) continue;
    for (let hart: u32 = 0; hart < BOARD_HART_LIMIT && hart < board.hartCount; hart++) {
      if (board.handles[hart] === handle) board.contexts[hart] = u32(context + 1n);
    }
  }
}

/** Adds the memory reservations in front of the tokens: pairs of address and size, up to a pair of zeros. */
export function boardReservations(tree: Span, offset: u64, board: Board): u32 {
  for (let index: u64 = 0n; index < RESERVATION_LIMIT; index++) {
    const at: u64 = offset + (index << 4n);
    if (!spanHas(tree, at, 16n)) return BOARD_HEADER;
    const base = spanBig64(tree, at);
    const size = spanBig64(tree, at + 8n);
    if (base === 0n && size === 0n) return BOARD_OK;
    const problem = addReserved(board, base, size);
    if (problem !== BOARD_OK) return problem;
  }
  return BOARD_RESERVED;
}
