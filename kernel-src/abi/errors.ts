/**
 * The errors: stable numbers with one meaning each. A number is never used
 * again for anything else. The value beside an error is its detail.
 */

/** The operation was carried out. Detail: the result of the operation. */
export const ERROR_OK: u64 = 0n;
/** The capability id names an empty slot, or a level of it has no table. Detail: the level where the search ended, 0 to 3. */
export const ERROR_NO_CAPABILITY: u64 = 1n;
/** The capability is of another kind than the operation is for. Detail: the kind that was found. */
export const ERROR_WRONG_KIND: u64 = 2n;
/** The capability lacks rights that the operation needs. Detail: the rights that are missing. */
export const ERROR_MISSING_RIGHTS: u64 = 3n;
/** There is no operation of this number. Detail: the number. */
export const ERROR_BAD_OPERATION: u64 = 4n;
/** An argument is malformed, for example by bits that must be zero. Detail: which one: 0 to 5 for `a0` to `a5`, 7 for the capability id. */
export const ERROR_BAD_ARGUMENT: u64 = 5n;
/** An argument is well-formed but too large or too small. Detail: the first value that is too large. */
export const ERROR_OUT_OF_RANGE: u64 = 6n;
/** The frame has a type that the operation is not for. Detail: the frame's word, type and reference count. */
export const ERROR_WRONG_TYPE: u64 = 7n;
/** The frame is still referred to. Detail: its reference count. */
export const ERROR_IN_USE: u64 = 8n;
/** Some hart may still use what was given up. Detail: the stamp that all harts must pass. */
export const ERROR_NOT_QUIESCENT: u64 = 9n;
/** The object still holds references. Detail: the first entry that is in use. */
export const ERROR_NOT_EMPTY: u64 = 10n;
/** The place is taken. Detail: the kind of what is there, or 0. */
export const ERROR_OCCUPIED: u64 = 11n;
/** There is nothing in the place. Detail: 0. */
export const ERROR_EMPTY: u64 = 12n;
/** Another hart was changing the same thing and made progress. Try again. Detail: 0. */
export const ERROR_BUSY: u64 = 13n;
/** A counter is at its limit. Detail: the limit. */
export const ERROR_OVERFLOW: u64 = 14n;
/** A page table of another level is needed. Detail: the level that was found. */
export const ERROR_WRONG_LEVEL: u64 = 15n;
/** The thread is at home on another hart, or the line is bound there. Detail: that hart. */
export const ERROR_WRONG_HART: u64 = 16n;
/** The thread is running, or runs another. Detail: its state. */
export const ERROR_NOT_IDLE: u64 = 17n;
/** The thread is inside an invocation, into which its owner may not look. Detail: 0. */
export const ERROR_IN_INVOCATION: u64 = 18n;
/** The component was retired. Detail: 0. */
export const ERROR_DEAD: u64 = 19n;
/** The called component faulted. Detail: 0. */
export const ERROR_FAULTED: u64 = 20n;
/** The invocation stack or the Run chain has fewer levels left than are needed. Detail: the levels that are left. */
export const ERROR_DEPTH_EXCEEDED: u64 = 21n;
