/**
 * Looks for a device in the device tree (Devicetree Specification 0.4, chapters 2
 * and 5), which the kernel has checked before it gave it to the booter.
 */

import { bytesEqual } from './archive.ts';
import { memoryByte } from './memory.ts';

/** Tokens. */
const TOKEN_NODE: u64 = 1n;
const TOKEN_NODE_END: u64 = 2n;
const TOKEN_PROPERTY: u64 = 3n;
const TOKEN_END: u64 = 9n;
/** Most tokens, and most bytes of a name or of a list of names. */
const TOKEN_LIMIT: u32 = 0x1_0000;
const BYTE_LIMIT: u32 = 0x1_0000;

/** A device, as its node describes it. */
export class TreeDevice {
  /** Whether there is a node with the name that was looked for. */
  found: boolean = false;
  /** Physical address of its first registers. */
  base: u64 = 0n;
  /** The line of its interrupt; 0: none. */
  line: u64 = 0n;
  /** Registers are 2^shift bytes apart, and accessed with so many bytes. */
  shift: u64 = 0n;
  width: u64 = 0n;
  /** Address of the name of the node, which ends with a zero byte. */
  name: u64 = 0n;
}

/** A big-endian word. */
function treeWord(address: u64): u64 {
  let value: u64 = 0n;
  for (let index: u64 = 0n; index < 4n; index++) value = (value << 8n) | u64(memoryByte(address + index));
  return value;
}

/** Bytes up to the zero, and the zero. */
function nameSize(address: u64): u64 {
  for (let index: u64 = 0n; index < u64(BYTE_LIMIT); index++) {
    if (memoryByte(address + index) === 0) return index + 1n;
  }
  unreachable();
}

/** Whether the name at an address, which ends with a zero byte, is a text. */
function nameIs(address: u64, text: Text): boolean {
  return bytesEqual(address, text) && memoryByte(address + u64(textLength(text))) === 0;
}

/** Whether a text is among the names in `size` bytes. */
function namesHold(address: u64, size: u64, text: Text): boolean {
  let at: u64 = 0n;
  while (at < size) {
    bound(BYTE_LIMIT);
    if (nameIs(address + at, text)) return true;
    at = at + nameSize(address + at);
  }
  return false;
}

/** Takes what a property says of the device of the node that is being read. */
function takeProperty(device: TreeDevice, name: u64, value: u64, size: u64, compatible: Text): void {
  if (nameIs(name, 'compatible')) device.found = namesHold(value, size, compatible);
  // Addresses have one or two cells: with their sizes that is 8 or 16 bytes for the first range.
  if (nameIs(name, 'reg') && size === 8n) device.base = treeWord(value);
  if (nameIs(name, 'reg') && size >= 16n) device.base = (treeWord(value) << 32n) | treeWord(value + 4n);
  if (nameIs(name, 'interrupts') && size >= 4n) device.line = treeWord(value);
  if (nameIs(name, 'reg-shift')) device.shift = treeWord(value);
  if (nameIs(name, 'reg-io-width')) device.width = treeWord(value);
}

/** Forgets the node before. */
function clearDevice(device: TreeDevice, name: u64): void {
  device.found = false;
  device.base = 0n;
  device.line = 0n;
  device.shift = 0n;
  device.width = 1n;
  device.name = name;
}

/** Looks for the first node that is compatible with a text. The properties of a node come before its children. */
export function treeFind(tree: u64, compatible: Text, device: TreeDevice): void {
  const names: u64 = tree + treeWord(tree + 12n);
  let at: u64 = tree + treeWord(tree + 8n);
  clearDevice(device, at);
  for (let count: u32 = 0; count < TOKEN_LIMIT; count++) {
    const token = treeWord(at);
    if (token === TOKEN_PROPERTY) {
      const size = treeWord(at + 4n);
      takeProperty(device, names + treeWord(at + 8n), at + 12n, size, compatible);
      at = (at + 12n + size + 3n) & ~3n;
      continue;
    }
    if ((token === TOKEN_NODE || token === TOKEN_NODE_END || token === TOKEN_END) && device.found) return;
    if (token === TOKEN_END) return;
    if (token === TOKEN_NODE || token === TOKEN_NODE_END) clearDevice(device, at + 4n);
    at = token === TOKEN_NODE ? (at + 4n + nameSize(at + 4n) + 3n) & ~3n : at + 4n;
  }
}
