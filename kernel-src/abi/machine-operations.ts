/** The operations of interrupts and of harts. How the comments are read says `operations.ts`. */

/**
 * Binds the line to a thread: from now on, an interrupt gives the thread the signals `bits`, and the line is masked
 * until it is acknowledged. It interrupts the hart that makes this call. An earlier binding ends, whoever made it. If
 * the line is masked by an earlier interrupt, the thread gets the signals at once. When the thread is gone, the line
 * stays masked from the next interrupt on.
 *
 * @kind Interrupt
 * @rights bind
 * @argument thread A Thread capability with the right to signal.
 * @argument bits The signals; not 0, and of those that the capability can give.
 * @error BadArgument `bits` is 0 (detail 1), or the id is malformed (detail 0).
 * @error NoCapability The id names nothing. Detail: the level where the search ended.
 * @error WrongKind The id names another kind. Detail: the kind that was found.
 * @error MissingRights The right to signal is missing (detail: that right), or some of the bits (detail: those that are missing).
 * @error Busy Something was being changed. Detail: 0.
 */
export const OPERATION_INTERRUPT_BIND: u64 = 36n;
/**
 * Ends the binding of the line: it interrupts nobody. If it is masked, it stays so.
 *
 * @kind Interrupt
 * @rights bind
 * @error Empty The line is not bound. Detail: 0.
 * @error Busy Something was being changed. Detail: 0.
 */
export const OPERATION_INTERRUPT_UNBIND: u64 = 37n;
/**
 * Tells the interrupt controller that the interrupt has been handled: the line is not masked any more.
 *
 * @kind Interrupt
 * @rights acknowledge
 * @error Empty There is no interrupt to acknowledge, or the line is not bound. Detail: 0.
 * @error WrongHart Bind was called on another hart. Detail: that hart.
 * @error Busy Something was being changed. Detail: 0.
 */
export const OPERATION_INTERRUPT_ACKNOWLEDGE: u64 = 38n;
/**
 * Tells what a hart is and whether it runs.
 *
 * @kind Hart
 * @argument field What to tell: one of the `HART_INSPECT` fields.
 * @result The field.
 * @error OutOfRange `field` is above 2. Detail: 3.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_HART_INSPECT: u64 = 39n;

/** Hart.Inspect: the firmware's number of the hart. */
export const HART_INSPECT_IDENTIFIER: u64 = 0n;
/** Hart.Inspect: its position in `BootInfo.harts`, by which a thread names its home. */
export const HART_INSPECT_POSITION: u64 = 1n;
/** Hart.Inspect: 1 when it runs threads, 0 when it has not been started. */
export const HART_INSPECT_STATE: u64 = 2n;
