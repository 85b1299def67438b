/** Page tables of Sv39 (RISC-V privileged specification, "Sv39: Page-Based 39-bit Virtual-Memory System"). */

/** Entry: valid. */
export const PTE_VALID: u64 = 0x01n;
/** Entry: readable. */
export const PTE_READ: u64 = 0x02n;
/** Entry: writable. */
export const PTE_WRITE: u64 = 0x04n;
/** Entry: executable. */
export const PTE_EXECUTE: u64 = 0x08n;
/** Entry: for user mode. */
export const PTE_USER: u64 = 0x10n;
/** Entry: in every address space. Never set. */
export const PTE_GLOBAL: u64 = 0x20n;
/** Entry: accessed. Harts may fault where it is clear. */
const PTE_ACCESSED: u64 = 0x40n;
/** Entry: dirty. Harts may fault on a store where it is clear. */
const PTE_DIRTY: u64 = 0x80n;
/** Entry: the page is not counted, because it is one of a device. A bit that the hardware leaves to software. */
export const PTE_UNCOUNTED: u64 = 0x100n;
/** Where the frame number begins in an entry. Nothing follows above it: those bits are reserved and zero. */
export const PTE_FRAME_SHIFT: u64 = 10n;

/** Bytes of an entry. */
export const PTE_SIZE: u64 = 8n;
/** Entries of a table. */
export const PTE_COUNT: u64 = 512n;
/** The entry of the root with which the upper half of the address space begins. */
export const PTE_UPPER_HALF: u64 = 256n;
/** Bits of the index of one level. */
const LEVEL_BITS: u64 = 9n;
/** Bytes that a leaf of level 1 maps. */
export const MEGAPAGE_SIZE: u64 = 0x20_0000n;
/** Bytes that a leaf maps, by the level of its table. */
export const LEVEL_SIZES: readonly u64[] = [0x1000n, MEGAPAGE_SIZE, 0x4000_0000n];
/** The level of a root. */
export const LEVEL_ROOT: u32 = 2;
/** How far an address is shifted to be the index of a root, with what lies above the 39 bits. */
export const LEVEL_ROOT_SHIFT: u64 = 30n;

/** `satp`: mode Sv39, address space identifier 0. */
const SATP_SV39: u64 = 0x8000_0000_0000_0000n;

/** A table of one level. */
export class PageTable {
  readonly entries = array(atomic(u64), 512);
}
staticAssert(sizeof<PageTable>() === 4096);

/** One entry of a table. */
export class PageTableEntry {
  readonly word = atomic(u64);
}

/** The entry at a kernel address. */
export function pageTableEntryAt(address: u64): PageTableEntry {
  return objectAt<PageTableEntry>(address);
}

/** The table at a kernel address, which holds one. */
export function pageTableAt(address: u64): PageTable {
  return objectAt<PageTable>(address);
}

/** Whether a component may choose these permissions: readable or executable, not writable without readable, not writable and executable. */
export function pteAllows(permissions: u64): boolean {
  const other: u64 = permissions & ~PTE_WRITE;
  if (other === PTE_READ) return true;
  return (other === PTE_EXECUTE || other === (PTE_READ | PTE_EXECUTE)) && (permissions & PTE_WRITE) === 0n;
}

/**
 * The entry that maps a frame: readable at least, or executable. Accessed, and
 * dirty if writable, from the start: so no hart faults to have them set.
 */
export function pteLeaf(frame: u64, permissions: u64): u64 {
  const dirty: u64 = (permissions & PTE_WRITE) === 0n ? 0n : PTE_DIRTY;
  return (frame << PTE_FRAME_SHIFT) | permissions | dirty | PTE_ACCESSED | PTE_VALID;
}

/** The entry that links the table in a frame. */
export function pteLink(frame: u64): u64 {
  return (frame << PTE_FRAME_SHIFT) | PTE_VALID;
}

/** The frame that an entry maps or links. */
export function pteFrame(entry: u64): u64 {
  return entry >> PTE_FRAME_SHIFT;
}

/** The index of an address in a table of a level, 0 to 2. */
export function pteIndex(address: u64, level: u32): u32 {
  return u32((address >> (12n + LEVEL_BITS * u64(level))) & 0x1ffn);
}

/** What `satp` is for the address space of a root. */
export function satpOf(root: u64): u64 {
  return SATP_SV39 | root;
}
