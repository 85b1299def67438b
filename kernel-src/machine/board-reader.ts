/**
 * Fills in the board from a device tree: memory, reserved memory, harts, time,
 * boot archive, and the registers of devices. One walk over the tokens; what a
 * node says is judged when its properties are complete, which is before its
 * first child (Devicetree Specification 0.4, section 5.4.2).
 */

import {
  BOARD_ARCHIVE,
  BOARD_ARCHIVE_EMPTY,
  BOARD_CPUS,
  BOARD_DEPTH,
  BOARD_HEADER,
  BOARD_MEMORY,
  BOARD_OK,
  BOARD_ORDER,
  BOARD_TIMEBASE,
  BOARD_TOKEN,
  type Board,
} from './board.ts';
import {
  boardContexts,
  boardNode,
  boardReservations,
  NodeFacts,
  ROLE_CHOSEN,
  ROLE_CPUS,
  ROLE_OTHER,
  ROLE_RESERVED,
  ROLE_ROOT,
} from './board-node.ts';
import {
  TOKEN_END,
  TOKEN_NODE,
  TOKEN_NODE_END,
  TOKEN_PROPERTY,
  TREE_TOKENS,
  TreeCursor,
  treeNext,
  treeOpen,
} from './device-tree.ts';
import { memoryClear } from './memory.ts';
import { type Span, spanBegins, spanBig32, spanBig64, spanByte, spanIs } from './span.ts';

/** Most levels of nodes. */
const DEPTH_LIMIT: u32 = 16;

/** The node at one level, and what holds for its children. */
const levels = array(NodeFacts, 16);
const cursor = new TreeCursor();

/** First letters of names of properties. */
const LETTER_C: u32 = 0x63;
const LETTER_D: u32 = 0x64;
const LETTER_I: u32 = 0x69;
const LETTER_M: u32 = 0x6d;
const LETTER_P: u32 = 0x70;
const LETTER_R: u32 = 0x72;
const LETTER_S: u32 = 0x73;
const HASH: u32 = 0x23;
const UNDERSCORE: u32 = 0x5f;
/** Most bytes of a list of extensions that are looked at. */
const EXTENSIONS_LIMIT: u64 = 1024n;

/** `reg`, `ranges`, `riscv,ndev`. */
function placeProperty(tree: Span, node: NodeFacts): void {
  if (spanIs(tree, cursor.name, 'reg')) {
    node.reg = cursor.value;
    node.regLength = cursor.valueLength;
  } else if (spanIs(tree, cursor.name, 'ranges')) {
    node.hasRanges = true;
    node.translates = cursor.valueLength !== 0n;
  } else if (spanIs(tree, cursor.name, 'riscv,ndev')) {
    node.lines = propertyNumber(tree) & 0xffff_ffffn;
  }
}

/**
 * Whether the property lists the Sstc extension: `riscv,isa`, whose extensions of several letters begin with `_`, or
 * `riscv,isa-extensions`, a list of texts (Linux, Documentation/devicetree/bindings/riscv/extensions.yaml).
 */
function extensionProperty(tree: Span): boolean {
  if (!spanIs(tree, cursor.name, 'riscv,isa') && !spanIs(tree, cursor.name, 'riscv,isa-extensions')) return false;
  for (let index: u64 = 0n; index < EXTENSIONS_LIMIT && index + 5n <= cursor.valueLength; index++) {
    const at: u64 = cursor.value + index;
    const before: u32 = index === 0n ? 0 : spanByte(tree, at - 1n);
    const after: u32 = spanByte(tree, at + 4n);
    if ((before === 0 || before === UNDERSCORE) && (after === 0 || after === UNDERSCORE)) {
      if (spanBegins(tree, at, 'sstc')) return true;
    }
  }
  return false;
}

/** `#address-cells`, `#size-cells`. */
function cellsProperty(tree: Span, node: NodeFacts): void {
  if (cursor.valueLength !== 4n) return;
  if (spanIs(tree, cursor.name, '#address-cells')) node.addressCells = spanBig32(tree, cursor.value);
  else if (spanIs(tree, cursor.name, '#size-cells')) node.sizeCells = spanBig32(tree, cursor.value);
}

/** A property that means the same in every node. Told by the first letter first: a tree has hundreds of them. */
function commonProperty(tree: Span, node: NodeFacts): void {
  const letter: u32 = spanByte(tree, cursor.name);
  if (letter === LETTER_R) {
    placeProperty(tree, node);
    if (!node.hasTimer) node.hasTimer = extensionProperty(tree);
  } else if (letter === LETTER_C) {
    if (!spanIs(tree, cursor.name, 'compatible')) return;
    node.compatible = cursor.value;
    node.compatibleLength = cursor.valueLength;
  } else if (letter === LETTER_S) {
    if (!spanIs(tree, cursor.name, 'status')) return;
    node.disabled = !spanIs(tree, cursor.value, 'okay') && !spanIs(tree, cursor.value, 'ok');
  } else if (letter === LETTER_D) {
    if (!spanIs(tree, cursor.name, 'device_type')) return;
    node.isMemory = spanIs(tree, cursor.value, 'memory');
    node.isHart = spanIs(tree, cursor.value, 'cpu');
  } else if (letter === HASH) {
    cellsProperty(tree, node);
  } else if (letter === LETTER_M && spanIs(tree, cursor.name, 'mmu-type')) {
    node.hasMmu = !spanIs(tree, cursor.value, 'riscv,none');
  } else if (letter === LETTER_P && spanIs(tree, cursor.name, 'phandle')) {
    node.handle = propertyNumber(tree) & 0xffff_ffffn;
  } else if (letter === LETTER_I && spanIs(tree, cursor.name, 'interrupts-extended')) {
    node.targets = cursor.value;
    node.targetsLength = cursor.valueLength;
  }
}

/** A number of one or two cells; 0 if the property has another length. */
function propertyNumber(tree: Span): u64 {
  if (cursor.valueLength === 8n) return spanBig64(tree, cursor.value);
  return cursor.valueLength === 4n ? spanBig32(tree, cursor.value) : 0n;
}

/** A property of a node that only one role has. */
function ownProperty(tree: Span, node: NodeFacts, board: Board): void {
  if (node.role === ROLE_CHOSEN) {
    if (spanIs(tree, cursor.name, 'linux,initrd-start')) board.archiveStart = propertyNumber(tree);
    else if (spanIs(tree, cursor.name, 'linux,initrd-end')) board.archiveEnd = propertyNumber(tree);
  } else if (spanIs(tree, cursor.name, 'timebase-frequency')) {
    board.timebase = propertyNumber(tree);
  }
}

/** What a node is for, by its name and its parent. */
function roleOf(tree: Span, name: u64, depth: u32): u32 {
  if (depth === 0) return ROLE_ROOT;
  if (depth !== 1) return ROLE_OTHER;
  if (spanIs(tree, name, 'cpus')) return ROLE_CPUS;
  if (spanIs(tree, name, 'chosen')) return ROLE_CHOSEN;
  return spanIs(tree, name, 'reserved-memory') ? ROLE_RESERVED : ROLE_OTHER;
}

/** Starts to collect the facts of a node at a depth below the limit. */
function openNode(tree: Span, node: NodeFacts, depth: u32): void {
  memoryClear(addressOf(node), u64(sizeof<NodeFacts>()));
  node.role = roleOf(tree, cursor.name, depth);
  node.name = cursor.name;
  node.addressCells = 2n;
  node.sizeCells = 1n;
  node.hasRanges = depth === 0;
}

/** Judges a node whose properties are complete. */
function completeNode(tree: Span, depth: u32, board: Board): u32 {
  const node = levels[depth & 15];
  if (node.complete) return BOARD_OK;
  node.complete = true;
  if (depth === 0) return BOARD_OK;
  return boardNode(tree, node, levels[(depth - 1) & 15], board);
}

/** Walks over the tokens. `depth` counts the nodes that are open. */
function walk(tree: Span, board: Board): u32 {
  let depth: u32 = 0;
  for (let tokens: u32 = 0; tokens < TREE_TOKENS; tokens++) {
    const token = treeNext(tree, cursor);
    if (token === TOKEN_END) return depth === 0 ? BOARD_OK : BOARD_ORDER;
    if (token === TOKEN_NODE) {
      if (depth >= DEPTH_LIMIT) return BOARD_DEPTH;
      const problem = depth === 0 ? BOARD_OK : completeNode(tree, depth - 1, board);
      if (problem !== BOARD_OK) return problem;
      openNode(tree, levels[depth], depth);
      depth++;
      continue;
    }
    if (depth === 0) return BOARD_ORDER;
    const node = levels[(depth - 1) & 15];
    if (token === TOKEN_NODE_END) {
      const problem = completeNode(tree, depth - 1, board);
      if (problem !== BOARD_OK) return problem;
      depth--;
    } else if (token === TOKEN_PROPERTY) {
      if (node.complete) return BOARD_ORDER;
      commonProperty(tree, node);
      if (node.role === ROLE_CHOSEN || node.role === ROLE_CPUS) ownProperty(tree, node, board);
    } else {
      return BOARD_TOKEN;
    }
  }
  return BOARD_TOKEN;
}

/** Whether the board has what a kernel cannot do without. */
function missing(board: Board): u32 {
  if (board.memory.count === 0) return BOARD_MEMORY;
  if (board.hartCount === 0) return BOARD_CPUS;
  if (board.timebase === 0n) return BOARD_TIMEBASE;
  if (board.archiveStart === 0n || board.archiveEnd === 0n) return BOARD_ARCHIVE;
  return board.archiveEnd <= board.archiveStart ? BOARD_ARCHIVE_EMPTY : BOARD_OK;
}

/**
 * Reads a device tree into a board that is still empty. Answers `BOARD_OK`, or
 * the number of the first problem; `board` then holds what came before it.
 */
export function boardRead(tree: Span, board: Board): u32 {
  if (!treeOpen(tree, cursor)) return BOARD_HEADER;
  const reservations = boardReservations(tree, cursor.reservations, board);
  if (reservations !== BOARD_OK) return reservations;
  const problem = walk(tree, board);
  if (problem !== BOARD_OK) return problem;
  boardContexts(tree, board);
  return missing(board);
}
