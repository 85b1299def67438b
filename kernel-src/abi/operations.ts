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
/** The first number after the last operation. */
export const OPERATION_LIMIT: u64 = 9n;

/** CapabilityTable.Inspect: the kind in bits 0 to 7 and the rights in bits 8 to 23. */
export const INSPECT_KIND: u64 = 0n;
/** CapabilityTable.Inspect: frame number of the first frame, page or object; the firmware's number of a hart; else 0. */
export const INSPECT_FIRST: u64 = 1n;
/** CapabilityTable.Inspect: the number of frames or pages of a range; else 0. */
export const INSPECT_COUNT: u64 = 2n;
/** CapabilityTable.Inspect: the frame number of the table that is linked below the slot, or 0. */
export const INSPECT_CHILD: u64 = 3n;
