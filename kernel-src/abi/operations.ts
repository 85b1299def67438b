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
/** Operations are below this number: as many as a table has slots, so the kernel tests both by one comparison. */
export const OPERATION_LIMIT: u64 = 64n;
