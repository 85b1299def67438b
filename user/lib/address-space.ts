/**
 * Address spaces, the component's own one and those of components that it
 * makes: maps pages at addresses of its choice and makes the page tables that are
 * missing on the way. It knows the tables that it made; an address whose tables
 * are somebody else's is refused as Occupied.
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
import { SLOT_NONE, slotIdentifier } from './slots.ts';

/** The level of a root. */
const ROOT_LEVEL: u64 = 2n;
/** Most tables that it makes. */
const NODE_LIMIT: u32 = 16;

/** One table that it made. */
class SpaceNode {
  /** The part of the address space: an address shifted as `nodePart` does. */
  part: u64 = 0n;
  level: u64 = 0n;
  /** Slot of its capability in the table of the space. */
  slot: u64 = 0n;
  frame: u64 = 0n;
}

/** What is known of an address space. */
export class Space {
  /** Id of the capability table that names the page tables: the own one, or one as `slotIdentifier` says. */
  table: u64 = 0n;
  /** Id of the root's capability. */
  root: u64 = 0n;
  /** How many page tables were made and not given back. */
  count: u32 = 0;
  /** In the order of making: a table comes after the one it is linked in. */
  readonly nodes = array(SpaceNode, 16);
}
/** The component's own address space. */
const ownSpace = new Space();

/** Begins to know an address space by its root; capabilities for page tables are made in the table. */
export function spaceOpen(space: Space, table: u64, root: u64): void {
  space.table = table;
  space.root = root;
  space.count = 0;
}

/** Says which capability table and which root are the component's own. */
export function spaceStart(table: u64, root: u64): void {
  spaceOpen(ownSpace, table, root);
}

/** Which table of a level an address belongs to. */
function nodePart(address: u64, level: u64): u64 {
  return address >> (12n + 9n * (level + 1n));
}

/** The entry of an address in its table of a level. */
export function spaceEntry(address: u64, level: u64): u64 {
  return (address >> (12n + 9n * level)) & 0x1ffn;
}

/** The id of the table of a level for an address, if it made that; the root's at level 2; else `SLOT_NONE`. */
export function spaceNode(space: Space, address: u64, level: u64): u64 {
  if (level === ROOT_LEVEL) return space.root;
  for (let index: u32 = 0; index < NODE_LIMIT; index++) {
    if (index >= space.count) break;
    const node = space.nodes[index];
    if (node.level === level && node.part === nodePart(address, level)) return slotIdentifier(space.table, node.slot);
  }
  return SLOT_NONE;
}

/** The slot of the own table of a level for an address, as `spaceNode` tells it. */
export function spaceSlot(address: u64, level: u64): u64 {
  return spaceNode(ownSpace, address, level);
}

/** Makes the table of a level for an address, and links it in the one above, which is there. */
function makeNode(space: Space, address: u64, level: u64): Outcome {
  const index = space.count;
  if (index >= NODE_LIMIT) return { error: ERROR_OVERFLOW, value: u64(NODE_LIMIT) };
  const made = objectMake(space.table, KIND_PAGE_TABLE, level, 0n);
  if (made.error !== ERROR_OK) return { error: made.error, value: made.detail };
  const parent = spaceNode(space, address, level + 1n);
  const linked = pageTableLink(parent, spaceEntry(address, level + 1n), slotIdentifier(space.table, made.slot));
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

/** Maps page `page` of the range that the id `source` names at an address of a space. Makes the tables that are missing. */
export function spaceMapIn(space: Space, address: u64, source: u64, page: u64, permissions: u64): Outcome {
  if (spaceNode(space, address, 1n) === SLOT_NONE) {
    const made = makeNode(space, address, 1n);
    if (made.error !== ERROR_OK) return made;
  }
  if (spaceNode(space, address, 0n) === SLOT_NONE) {
    const made = makeNode(space, address, 0n);
    if (made.error !== ERROR_OK) return made;
  }
  return pageTableMap(spaceNode(space, address, 0n), spaceEntry(address, 0n), source, page, permissions);
}

/** As `spaceMapIn`, in the own space. */
export function spaceMap(address: u64, source: u64, page: u64, permissions: u64): Outcome {
  return spaceMapIn(ownSpace, address, source, page, permissions);
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
function unmakeLast(space: Space): Outcome {
  const node = space.nodes[space.count - 1];
  const address: u64 = node.part << (12n + 9n * (node.level + 1n));
  const emptied = pageTableEmpty(slotIdentifier(space.table, node.slot), FRAME_TYPE_PAGE_TABLE_0 + node.level);
  if (emptied.error !== ERROR_OK) return emptied;
  const parent = spaceNode(space, address, node.level + 1n);
  const unlinked = pageTableUnlink(parent, spaceEntry(address, node.level + 1n));
  if (unlinked.error !== ERROR_OK) return unlinked;
  return objectUnmake(space.table, node.slot, node.frame);
}

/** Unmaps everything that was mapped in a space and gives back every table that was made for it. */
export function spaceClose(space: Space): Outcome {
  for (let step: u32 = 0; step < NODE_LIMIT; step++) {
    if (space.count === 0) break;
    const given = unmakeLast(space);
    if (given.error !== ERROR_OK) return given;
    space.count = space.count - 1;
  }
  return { error: ERROR_OK, value: 0n };
}

/** As `spaceClose`, for the own space: what was mapped otherwise stays. */
export function spaceGiveBack(): Outcome {
  return spaceClose(ownSpace);
}
