/** The operations of page tables. How the comments are read says `operations.ts`. */

/**
 * Tells an entry of a page table.
 *
 * @kind PageTable
 * @rights inspect
 * @argument index Which entry: 0 to 511, in a root 0 to 255.
 * @result The entry as the hardware reads it (RISC-V privileged specification, Sv39), or 0.
 * @error BadArgument The entry belongs to the kernel's half of a root. Detail: 0.
 * @error OutOfRange `index` is above 511. Detail: 512.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_PAGE_TABLE_INSPECT: u64 = 16n;
/**
 * Maps a frame of type User, or a page of a device, into an entry of a page table of level 0.
 *
 * @kind PageTable
 * @rights map
 * @argument index Which entry: 0 to 511.
 * @argument source A Frames or Device capability with the rights that the permissions need.
 * @argument page Which frame or page of its range, from 0.
 * @argument permissions 2 read, 4 write, 8 execute, added: readable or executable, not both writable and executable, not writable alone.
 * @error BadArgument The permissions are not legal, or the id is malformed. Detail: which argument.
 * @error OutOfRange `index` is above 511, or `page` is not in the range. Detail: the first value that is too large.
 * @error WrongLevel The page table is of level 1 or 2. Detail: its level.
 * @error Occupied The entry is in use. Detail: 0.
 * @error NoCapability The id names nothing. Detail: the level where the search ended.
 * @error WrongKind The id names another kind. Detail: the kind that was found.
 * @error MissingRights The source does not allow the permissions. Detail: the rights that are missing.
 * @error WrongType The frame is not User. Detail: its type and count.
 * @error Overflow The reference count of the frame is at its limit. Detail: the limit.
 * @error Busy Something was being changed. Detail: 0.
 */
export const OPERATION_PAGE_TABLE_MAP: u64 = 17n;
/**
 * Unmaps a page.
 *
 * @kind PageTable
 * @rights remove
 * @argument index Which entry: 0 to 511.
 * @result The stamp after which no hart can still reach the page by this entry. The calling hart cannot already.
 * @error OutOfRange `index` is above 511. Detail: 512.
 * @error WrongLevel The page table is of level 1 or 2. Detail: its level.
 * @error Empty The entry is not in use. Detail: 0.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_PAGE_TABLE_UNMAP: u64 = 18n;
/**
 * Takes permissions away from a mapped page.
 *
 * @kind PageTable
 * @rights remove
 * @argument index Which entry: 0 to 511.
 * @argument permissions Those that stay: 2 read, 4 write, 8 execute, added; legal as for Map.
 * @result The stamp after which no hart can still use the others.
 * @error BadArgument The permissions are not legal. Detail: 1.
 * @error OutOfRange `index` is above 511. Detail: 512.
 * @error WrongLevel The page table is of level 1 or 2. Detail: its level.
 * @error Empty The entry is not in use. Detail: 0.
 * @error MissingRights The page is not mapped with these permissions. Detail: those that are missing.
 * @error Busy Something was being changed. Detail: 0.
 */
export const OPERATION_PAGE_TABLE_PROTECT: u64 = 19n;
/**
 * Links a page table of the level below. A page table can be linked in several places.
 *
 * @kind PageTable
 * @rights map
 * @argument index Which entry: 0 to 511, in a root 0 to 255.
 * @argument child A PageTable capability with the right to link.
 * @error BadArgument The entry belongs to the kernel's half of a root (detail 0), or the id is malformed (detail 1).
 * @error OutOfRange `index` is above 511. Detail: 512.
 * @error WrongLevel The page table is of level 0, or the child not of the level below. Detail: the level that was found.
 * @error Occupied The entry is in use. Detail: 0.
 * @error NoCapability The id names nothing. Detail: the level where the search ended.
 * @error WrongKind The id names another kind. Detail: the kind that was found.
 * @error MissingRights The right to link is missing. Detail: that right.
 * @error Overflow The reference count of the child is at its limit. Detail: the limit.
 * @error Busy Something was being changed. Detail: 0.
 */
export const OPERATION_PAGE_TABLE_LINK: u64 = 20n;
/**
 * Unlinks a page table, and with it in one step whatever hangs below it.
 *
 * @kind PageTable
 * @rights remove
 * @argument index Which entry: 0 to 511, in a root 0 to 255.
 * @result The stamp after which no hart can still reach anything by this entry.
 * @error BadArgument The entry belongs to the kernel's half of a root. Detail: 0.
 * @error OutOfRange `index` is above 511. Detail: 512.
 * @error WrongLevel The page table is of level 0. Detail: 0.
 * @error Empty The entry is not in use. Detail: 0.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_PAGE_TABLE_UNLINK: u64 = 21n;
/**
 * Takes out a range of entries, mapped pages and linked page tables.
 *
 * @kind PageTable
 * @rights remove
 * @argument first The first entry: 0 to 511, in a root 0 to 255.
 * @argument count How many: 1 to 64.
 * @result The stamp after which no hart can still reach anything by these entries.
 * @error BadArgument The first entry belongs to the kernel's half of a root (detail 0), or `count` is 0 (detail 1).
 * @error OutOfRange `first` or `count` is too large. Detail: the first value that is too large.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_PAGE_TABLE_CLEAR: u64 = 22n;
