/**
 * The component's own address space: maps pages at addresses of its choice and
 * makes the page tables that are missing on the way. It knows the tables that it
 * made; an address whose tables are somebody else's is refused as Occupied.
 */

import { ERROR_EMPTY, ERROR_OK, ERROR_OVERFLOW } from '../../kernel-src/abi/errors.ts';
import { FRAME_TYPE_PAGE_TABLE_0 } from '../../kernel-src/abi/frame-types.ts';
import { KIND_PAGE_TABLE } from '../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import {
  pageTableLink,
  pageTableMap,
  pageTableProtect,
  pageTableUnlink,
  pageTableUnmap,
} from './generated/operations.ts';
import { objectMake, objectUnmake, pageTableEmpty } from './objects.ts';
import { SLOT_NONE } from './slots.ts';

/** The level of a root. */
const ROOT_LEVEL: u64 = 2n;
/** Most tables that it makes. */
const NODE_LIMIT: u32 = 16;

/** One table that it made. */
class SpaceNode {
  /** The part of the address space: an address shifted as `nodePart` does. */
  part: u64 = 0n;
  level: u64 = 0n;
  /** Slot of its capability. */
  slot: u64 = 0n;
  frame: u64 = 0n;
}

class Space {
  /** Id of the own capability table. */
  table: u64 = 0n;
  /** Id of the root's capability. */
  root: u64 = 0n;
  count: u32 = 0;
  /** In the order of making: a table comes after the one it is linked in. */
  readonly nodes = array(SpaceNode, 16);
}
const space = new Space();

/** Says which capability table and which root are the component's own. */
export function spaceStart(table: u64, root: u64): void {
  space.table = table;
  space.root = root;
  space.count = 0;
}

/** How many page tables it has made and not given back. */
export function spaceTables(): u64 {
  return u64(space.count);
}

/** Which table of a level an address belongs to. */
function nodePart(address: u64, level: u64): u64 {
  return address >> (12n + 9n * (level + 1n));
}

/** The entry of an address in its table of a level. */
export function spaceEntry(address: u64, level: u64): u64 {
  return (address >> (12n + 9n * level)) & 0x1ffn;
}

/** The slot of the table of a level for an address, if it made that; the root's at level 2; else `SLOT_NONE`. */
export function spaceSlot(address: u64, level: u64): u64 {
  if (level === ROOT_LEVEL) return space.root;
  for (let index: u32 = 0; index < NODE_LIMIT; index++) {
    if (index >= space.count) break;
    const node = space.nodes[index];
    if (node.level === level && node.part === nodePart(address, level)) return node.slot;
  }
  return SLOT_NONE;
}

/** Makes the table of a level for an address, and links it in the one above, which is there. */
function makeNode(address: u64, level: u64): Outcome {
  const index = space.count;
  if (index >= NODE_LIMIT) return { error: ERROR_OVERFLOW, value: u64(NODE_LIMIT) };
  const made = objectMake(space.table, KIND_PAGE_TABLE, level, 0n);
  if (made.error !== ERROR_OK) return { error: made.error, value: made.detail };
  const linked = pageTableLink(spaceSlot(address, level + 1n), spaceEntry(address, level + 1n), made.slot);
  if (linked.error !== ERROR_OK) {
    objectUnmake(space.table, made.slot, made.frame);
    return linked;
  }
  const node = space.nodes[index];
  node.part = nodePart(address, level);
  node.level = level;
  node.slot = made.slot;
  node.frame = made.frame;
  space.count = index + 1;
  return { error: ERROR_OK, value: 0n };
}

/** Maps page `page` of the range that the id `source` names at an address. Makes the tables that are missing. */
export function spaceMap(address: u64, source: u64, page: u64, permissions: u64): Outcome {
  if (spaceSlot(address, 1n) === SLOT_NONE) {
    const made = makeNode(address, 1n);
    if (made.error !== ERROR_OK) return made;
  }
  if (spaceSlot(address, 0n) === SLOT_NONE) {
    const made = makeNode(address, 0n);
    if (made.error !== ERROR_OK) return made;
  }
  return pageTableMap(spaceSlot(address, 0n), spaceEntry(address, 0n), source, page, permissions);
}

/** Unmaps the page at an address. Empty if there is none. */
export function spaceUnmap(address: u64): Outcome {
  const slot = spaceSlot(address, 0n);
  if (slot === SLOT_NONE) return { error: ERROR_EMPTY, value: 0n };
  return pageTableUnmap(slot, spaceEntry(address, 0n));
}

/** Takes permissions away from the page at an address: `permissions` stay. Empty if there is none. */
export function spaceProtect(address: u64, permissions: u64): Outcome {
  const slot = spaceSlot(address, 0n);
  if (slot === SLOT_NONE) return { error: ERROR_EMPTY, value: 0n };
  return pageTableProtect(slot, spaceEntry(address, 0n), permissions);
}

/** Gives back the table that was made last. */
function unmakeLast(): Outcome {
  const node = space.nodes[space.count - 1];
  const address: u64 = node.part << (12n + 9n * (node.level + 1n));
  const emptied = pageTableEmpty(node.slot, FRAME_TYPE_PAGE_TABLE_0 + node.level);
  if (emptied.error !== ERROR_OK) return emptied;
  const unlinked = pageTableUnlink(spaceSlot(address, node.level + 1n), spaceEntry(address, node.level + 1n));
  if (unlinked.error !== ERROR_OK) return unlinked;
  return objectUnmake(space.table, node.slot, node.frame);
}

/** Unmaps everything that it mapped and gives back every table that it made. */
export function spaceGiveBack(): Outcome {
  for (let step: u32 = 0; step < NODE_LIMIT; step++) {
    if (space.count === 0) break;
    const given = unmakeLast();
    if (given.error !== ERROR_OK) return given;
    space.count = space.count - 1;
  }
  return { error: ERROR_OK, value: 0n };
}
