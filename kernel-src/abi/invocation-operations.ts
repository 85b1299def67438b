/** The operations of invocations, and of the calling thread. How the comments are read says `operations.ts`. */

/**
 * Takes the calling thread into the component of the invocation. There it enters with the arguments in `a0` to `a3`,
 * the badge in `a4`, its token in `a5`, and every other register zero, `sp` too. The call answers when the thread
 * returns, or when the component faults or dies; the error is the kernel's own word. Floating-point state is not kept.
 *
 * @kind Invocation
 * @rights call
 * @argument first What the component gets in `a0`.
 * @argument second What it gets in `a1`.
 * @argument third What it gets in `a2`.
 * @argument fourth What it gets in `a3`.
 * @result The first result, which the component gave to Return.
 * @result The second result.
 * @result The third result.
 * @result The fourth result.
 * @error DepthExceeded The component needs more levels of invocation than are left. Detail: the levels that are left.
 * @error Dead The component is dead, or died during the call. Detail: 0.
 * @error Faulted The component faulted. Detail: 0.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_INVOCATION_CALL: u64 = 31n;
/**
 * Ends the invocation that the calling thread is in: the Call answers Ok with the results. If the caller has died, the
 * nearest live one goes on, whose Call answers Dead. Outside of any invocation the thread exits. Does not return.
 *
 * @kind Itself
 * @argument first The first result.
 * @argument second The second result.
 * @argument third The third result.
 * @argument fourth The fourth result.
 */
export const OPERATION_ITSELF_RETURN: u64 = 32n;
/**
 * Takes all signals that the calling thread has. If it has none, it waits: its runner gets Waiting, and when it is run
 * with a signal, the call answers. The outermost thread of a hart lets the hart sleep until then.
 *
 * @kind Itself
 * @result The signals.
 */
export const OPERATION_ITSELF_WAIT: u64 = 33n;
/**
 * Ends the Run of the calling thread: its runner gets Yielded. Nobody runs the outermost thread: it goes on.
 *
 * @kind Itself
 */
export const OPERATION_ITSELF_YIELD: u64 = 34n;
/**
 * Tells whether every hart has passed a stamp, so that what was given up with it is used by nobody. If not, asks the
 * harts that lag behind to come; try again.
 *
 * @kind Itself
 * @argument stamp What Unmap, Drop, Retire and the like answered.
 * @error OutOfRange There was no such stamp yet. Detail: the first number that is too large.
 * @error NotQuiescent Some hart has not passed it. Detail: the stamp.
 */
export const OPERATION_ITSELF_QUIESCE: u64 = 35n;
