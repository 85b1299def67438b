/**
 * The operations: numbers that are unique over all kinds, with a range for
 * each kind. The comments are the source of the reference manual and of the
 * stubs in the user library: `@argument` in the order of `a0` to `a5`, then
 * what comes back in `a1`, then each error with its cause. Errors of the
 * look-up, which every operation can answer, are not repeated here.
 */

/**
 * Writes up to 8 bytes to the console of the firmware. For bring-up: the time
 * that the firmware takes is outside every promise.
 *
 * @kind Console
 * @rights write
 * @argument bytes The bytes; the first one is in the lowest 8 bits.
 * @argument count How many bytes: 1 to 8.
 * @result How many bytes were written.
 * @error BadArgument A byte after the first `count` ones is not zero. Detail: 0.
 * @error OutOfRange `count` is 0, or above 8. Detail: 9.
 */
export const OPERATION_CONSOLE_WRITE: u64 = 1n;
/**
 * Switches the machine off, with an exit code where the machine has one. Does
 * not return.
 *
 * @kind System
 * @rights shutdown
 * @argument code The exit code: 0 to 255; 0 says that all went well.
 * @error OutOfRange `code` is above 255. Detail: 256.
 */
export const OPERATION_SYSTEM_SHUTDOWN: u64 = 2n;
/**
 * Starts the machine again. Does not return.
 *
 * @kind System
 * @rights shutdown
 */
export const OPERATION_SYSTEM_REBOOT: u64 = 3n;
/**
 * Tells the type, the reference count and the incarnation of a frame.
 *
 * @kind Frames
 * @argument index Which frame of the range, from 0.
 * @result The frame's word: reference count in bits 0 to 23, type in bits 24 to 31, incarnation in bits 32 to 63.
 * @error OutOfRange `index` is not in the range. Detail: how many frames the range has.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_FRAMES_INSPECT: u64 = 4n;
/**
 * Changes the type of a frame: Untyped to User or to Kernel (Blank), and each of these back to Untyped. What becomes
 * User or Blank is zeroed. An object becomes Untyped when nothing names it and it holds nothing; a component gives up
 * its page table and its capability table by this. A component or thread dies even if the call answers NotQuiescent.
 *
 * @kind Frames
 * @rights retype
 * @argument index Which frame of the range, from 0.
 * @argument type The new type: 2 Untyped, 3 User, 4 Blank.
 * @error BadArgument `type` is none of these. Detail: 1.
 * @error OutOfRange `index` is not in the range. Detail: how many frames the range has.
 * @error WrongType There is no such change. Detail: type and count of the frame.
 * @error InUse The frame is still referred to. Detail: its reference count.
 * @error NotQuiescent Some hart may still use what it was; try again. Detail: the stamp that all harts must pass.
 * @error NotEmpty The table still holds something. Detail: the first slot or entry that is in use.
 * @error WrongHart The thread is at home on another hart. Detail: that hart.
 * @error NotIdle The thread is running. Detail: its state.
 * @error Overflow The frame has been an object 2^32 - 1 times: it can no longer become Kernel. Detail: that number.
 * @error Busy The capability or the frame was being changed. Detail: 0.
 */
export const OPERATION_FRAMES_RETYPE: u64 = 5n;
/**
 * Makes a capability for the object in a frame, whatever anybody built in it, with the rights to empty it and to
 * look at its entries (tables), to retire it (components), and no others.
 *
 * @kind Frames
 * @rights retype
 * @argument index Which frame of the range, from 0.
 * @argument slot Which slot of the caller's first-level table gets it: 0 to 63, empty.
 * @error OutOfRange `slot` is above 63, or `index` is not in the range. Detail: 64, or how many frames the range has.
 * @error WrongType There is no object in the frame. Detail: type and count of the frame.
 * @error Occupied The slot is not empty. Detail: the kind that is in it.
 * @error Dead The component or thread is dead already; when nothing names it, it can be retyped. Detail: 0.
 * @error Overflow The frame's reference count is at its limit. Detail: the limit.
 * @error Busy The capability, the frame or the slot was being changed. Detail: 0.
 */
export const OPERATION_FRAMES_RECOVER: u64 = 6n;
/**
 * Tells what a slot of the table holds. Slots can be changed by others
 * between two calls: each call is one consistent look.
 *
 * @kind CapabilityTable
 * @rights inspect
 * @argument slot Which slot: 0 to 63.
 * @argument field What to tell: one of the `INSPECT` fields.
 * @result The field.
 * @error OutOfRange `slot` is above 63, or `field` above 3. Detail: 64, or 4.
 * @error Empty The slot is empty (but for `INSPECT_CHILD`). Detail: 0.
 * @error Busy The slot was being changed. Detail: 0.
 */
export const OPERATION_CAPABILITY_TABLE_INSPECT: u64 = 8n;
/**
 * Makes an object in a frame of type Blank, and a capability with all rights for it. Kind 3, a capability table:
 * `first` and `second` are 0. Kind 4, a page table: `first` is its level, 0 to 2, `second` is 0. Kind 5, a component:
 * `first` is its root (a page table of level 2, with the right to link), `second` its capability table (with the right
 * to use). Kind 6, a thread: `first` is its component (with the right to bind), `second` its home hart.
 *
 * @kind CapabilityTable
 * @rights insert
 * @argument slot Which slot of the table gets it: 0 to 63, empty.
 * @argument kind The kind of object: 3 to 6.
 * @argument frames A Frames capability with the right to retype.
 * @argument index Which frame of its range, from 0.
 * @argument first What the kind needs.
 * @argument second What the kind needs.
 * @error BadArgument `kind` is none of these, `first` or `second` is not 0 where it must be, or an id is malformed. Detail: which argument.
 * @error OutOfRange `slot`, `index`, the level or the hart is too large. Detail: the first value that is too large.
 * @error Occupied The slot is not empty. Detail: the kind that is in it.
 * @error NoCapability An id in the arguments names nothing. Detail: the level where the search ended.
 * @error WrongKind An id in the arguments names another kind. Detail: the kind that was found.
 * @error MissingRights A capability in the arguments lacks rights. Detail: the rights that are missing.
 * @error WrongType The frame is not Blank. Detail: its type and count.
 * @error InUse The frame is being referred to. Detail: its reference count.
 * @error WrongLevel The root is a page table of another level. Detail: its level.
 * @error Dead The component of a thread is dead. Detail: 0.
 * @error WrongHart The home hart does not run. Detail: the hart that does.
 * @error Overflow A reference count is at its limit. Detail: the limit.
 * @error Busy Something was being changed. Detail: 0.
 */
export const OPERATION_CAPABILITY_TABLE_CREATE: u64 = 9n;
/**
 * Copies a capability of the caller's into the table: with the same or fewer rights, for a range of frames or
 * device pages also a part of it.
 *
 * @kind CapabilityTable
 * @rights insert
 * @argument slot Which slot of the table gets it: 0 to 63, empty.
 * @argument source The capability.
 * @argument rights The rights of the copy.
 * @argument first Frames, Device: where the part begins in the source's range. Else 0.
 * @argument count Frames, Device: the length of the part; 0: up to the end of the source's range. Else 0.
 * @argument mask Thread: the signals that the copy can give, of those of the source. Else 0.
 * @error BadArgument An argument that must be 0 is not, `rights` is above 0xffff, or the id is malformed. Detail: which argument.
 * @error OutOfRange `slot` is above 63, or the part is not in the range. Detail: the first value that is too large.
 * @error Occupied The slot is not empty. Detail: the kind that is in it.
 * @error NoCapability The source is empty, or not there. Detail: the level where the search ended.
 * @error MissingRights The source lacks rights. Detail: the rights that are missing.
 * @error Dead The source names a dead component or thread. Detail: 0.
 * @error Overflow A reference count is at its limit. Detail: the limit.
 * @error Busy Something was being changed. Detail: 0.
 */
export const OPERATION_CAPABILITY_TABLE_COPY: u64 = 10n;
/**
 * Moves a capability of the caller's into the table, as it is. No reference count changes.
 *
 * @kind CapabilityTable
 * @rights insert
 * @argument slot Which slot of the table gets it: 0 to 63, empty.
 * @argument source The capability; its slot is empty afterwards.
 * @error BadArgument The id is malformed. Detail: 1.
 * @error OutOfRange `slot` is above 63. Detail: 64.
 * @error Occupied The slot is not empty. Detail: the kind that is in it.
 * @error NoCapability The source is empty, or not there. Detail: the level where the search ended.
 * @error Busy Something was being changed. Detail: 0.
 */
export const OPERATION_CAPABILITY_TABLE_MOVE: u64 = 11n;
/**
 * Empties a slot. What it named stays what it is, even if nothing else names it.
 *
 * @kind CapabilityTable
 * @rights remove
 * @argument slot Which slot of the table: 0 to 63.
 * @result The stamp after which no hart can still use the capability.
 * @error OutOfRange `slot` is above 63. Detail: 64.
 * @error Empty There is nothing in the slot. Detail: 0.
 * @error Busy Something was being changed. Detail: 0.
 */
export const OPERATION_CAPABILITY_TABLE_DROP: u64 = 12n;
/**
 * Empties a range of slots and takes away the tables below them. A slot that another hart is changing at this
 * moment is left as that hart leaves it.
 *
 * @kind CapabilityTable
 * @rights remove
 * @argument first The first slot: 0 to 63.
 * @argument count How many: 1 to 64.
 * @result The stamp after which no hart can still use what was there.
 * @error BadArgument `count` is 0. Detail: 1.
 * @error OutOfRange `first` is above 63, or the range ends above it. Detail: the first value that is too large.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_CAPABILITY_TABLE_CLEAR: u64 = 13n;
/**
 * Links a capability table below a slot, so that its slots get ids of one level more. What is in the slot itself
 * does not matter.
 *
 * @kind CapabilityTable
 * @rights insert
 * @argument slot Below which slot of the table: 0 to 63.
 * @argument child A CapabilityTable capability with the right to use.
 * @error BadArgument The id is malformed. Detail: 1.
 * @error OutOfRange `slot` is above 63. Detail: 64.
 * @error Occupied There is a table below the slot. Detail: 3.
 * @error NoCapability The id names nothing. Detail: the level where the search ended.
 * @error WrongKind The id names another kind. Detail: the kind that was found.
 * @error MissingRights The right to use is missing. Detail: that right.
 * @error Overflow The reference count of the child is at its limit. Detail: the limit.
 * @error Busy Something was being changed. Detail: 0.
 */
export const OPERATION_CAPABILITY_TABLE_LINK: u64 = 14n;
/**
 * Takes away the table below a slot.
 *
 * @kind CapabilityTable
 * @rights remove
 * @argument slot Below which slot of the table: 0 to 63.
 * @result The stamp after which no hart can still use the ids below it.
 * @error OutOfRange `slot` is above 63. Detail: 64.
 * @error Empty There is no table below the slot. Detail: 0.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_CAPABILITY_TABLE_UNLINK: u64 = 15n;
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
/** The first number after the last operation. */
export const OPERATION_LIMIT: u64 = 23n;

/** CapabilityTable.Inspect: the kind in bits 0 to 7 and the rights in bits 8 to 23. */
export const INSPECT_KIND: u64 = 0n;
/** CapabilityTable.Inspect: frame number of the first frame, page or object; the firmware's number of a hart; else 0. */
export const INSPECT_FIRST: u64 = 1n;
/** CapabilityTable.Inspect: the number of frames or pages of a range; else 0. */
export const INSPECT_COUNT: u64 = 2n;
/** CapabilityTable.Inspect: the frame number of the table that is linked below the slot, or 0. */
export const INSPECT_CHILD: u64 = 3n;
