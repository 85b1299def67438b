/** The operations of capability tables. How the comments are read says `operations.ts`. */

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
 * to use). Kind 6, a thread: `first` is its component (with the right to bind), `second` its home hart; all registers
 * are zero. Kind 7, an invocation, has no frame: `frames` is its component (with the right to bind), `index` the entry
 * point, `first` the badge, `second` how many further levels of invocation the component needs, 0 to 18. Kind 9, an
 * interrupt, has no frame: `frames` is an InterruptControl capability (with the right to bind), `index` the line,
 * `first` and `second` are 0; the line is masked until it is bound.
 *
 * @kind CapabilityTable
 * @rights insert
 * @argument slot Which slot of the table gets it: 0 to 63, empty.
 * @argument kind The kind of object: 3 to 7, or 9.
 * @argument frames A Frames capability with the right to retype; or what the kind needs.
 * @argument index Which frame of its range, from 0; or what the kind needs.
 * @argument first What the kind needs.
 * @argument second What the kind needs.
 * @error BadArgument `kind` is none of these, `first` or `second` is not 0 where it must be, an entry point is odd or not in the lower half, or an id is malformed. Detail: which argument.
 * @error OutOfRange `slot`, `index`, the level, the hart or the number of levels is too large, or there is no such line. Detail: the first value that is too large.
 * @error Occupied The slot is not empty. Detail: the kind that is in it.
 * @error NoCapability An id in the arguments names nothing. Detail: the level where the search ended.
 * @error WrongKind An id in the arguments names another kind. Detail: the kind that was found.
 * @error MissingRights A capability in the arguments lacks rights. Detail: the rights that are missing.
 * @error WrongType The frame is not Blank. Detail: its type and count.
 * @error InUse The frame is being referred to. Detail: its reference count.
 * @error WrongLevel The root is a page table of another level. Detail: its level.
 * @error Dead The component of a thread or invocation is dead. Detail: 0.
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

/** CapabilityTable.Inspect: the kind in bits 0 to 7 and the rights in bits 8 to 23. */
export const INSPECT_KIND: u64 = 0n;
/** CapabilityTable.Inspect: frame number of the first frame, page or object; the firmware's number of a hart; the number of a line; else 0. */
export const INSPECT_FIRST: u64 = 1n;
/** CapabilityTable.Inspect: the number of frames or pages of a range; else 0. */
export const INSPECT_COUNT: u64 = 2n;
/** CapabilityTable.Inspect: the frame number of the table that is linked below the slot, or 0. */
export const INSPECT_CHILD: u64 = 3n;
