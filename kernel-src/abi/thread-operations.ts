/** The operations of threads. How the comments are read says `operations.ts`. */

/**
 * Runs a thread on the calling hart until something happens, and answers with the event. The thread must be at home
 * here. A thread that waits goes on if it has a signal. The caller becomes its runner: it gets the wake bits as signals
 * when the thread gets its first signal. If the caller itself has signals, and has not been told since it took some
 * last, the thread does not run, and the event is Interrupted: Wait takes them. So a scheduler misses none that come
 * before it runs a thread. At most 8 threads run inside each other.
 *
 * @kind Thread
 * @rights run
 * @argument deadline The time, in ticks of the time counter, at which the Run ends; all bits set: never. If it has passed, the thread does not run.
 * @argument wakeBits The signals that the caller gets when the thread is signalled; 0: none.
 * @result The event: one of the `EVENT` numbers.
 * @result Fault: the cause (`scause`). Else 0.
 * @result Fault, with the right to registers: the address (`stval`). Else 0.
 * @result Fault, with the right to registers: the pc. Else 0.
 * @error WrongHart The thread is at home on another hart. Detail: that hart.
 * @error NotIdle The thread runs already, or runs another. Detail: 1.
 * @error DepthExceeded 8 threads run inside each other already. Detail: 0.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_THREAD_RUN: u64 = 25n;
/**
 * Gives a thread signals. If it has none yet, its runner gets the wake bits as signals, and so on outwards; if that
 * reaches the outermost thread of a hart, its Run ends with Interrupted.
 *
 * @kind Thread
 * @rights signal
 * @argument bits The signals; not 0.
 * @error BadArgument `bits` is 0. Detail: 0.
 * @error MissingRights The mask of the capability does not have all the bits. Detail: those that are missing.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_THREAD_SIGNAL: u64 = 26n;
/**
 * Reads a register of a thread that does not run.
 *
 * @kind Thread
 * @rights registers
 * @argument register 0: the pc; 1 to 31: `x1` to `x31`; 32 to 63: `f0` to `f31`; 64: `fcsr`.
 * @result The register. Floating-point registers of a thread that has not used any are 0.
 * @error OutOfRange `register` is above 64. Detail: 65.
 * @error WrongHart The thread is at home on another hart. Detail: that hart.
 * @error NotIdle The thread is running. Detail: 1.
 * @error InInvocation The thread is inside an invocation. Detail: 0.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_THREAD_READ_REGISTER: u64 = 27n;
/**
 * Writes a register of a thread that does not run. A thread that has exited can be run again when its pc was written.
 *
 * @kind Thread
 * @rights registers
 * @argument register 0: the pc; 1 to 31: `x1` to `x31`; 32 to 63: `f0` to `f31`; 64: `fcsr`.
 * @argument value What to write.
 * @error OutOfRange `register` is above 64, or `fcsr` above 255. Detail: 65, or 256.
 * @error WrongHart The thread is at home on another hart. Detail: that hart.
 * @error NotIdle The thread is running. Detail: 1.
 * @error InInvocation The thread is inside an invocation. Detail: 0.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_THREAD_WRITE_REGISTER: u64 = 28n;
/**
 * Gives a thread that does not run another home hart.
 *
 * @kind Thread
 * @rights migrate
 * @argument hart The new home: its position in `BootInfo.harts`.
 * @error OutOfRange `hart` is above 7. Detail: 8.
 * @error WrongHart The new home does not run, or the thread is at home on another hart than the calling one. Detail: the calling hart, or the home.
 * @error NotIdle The thread is running. Detail: 1.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_THREAD_MIGRATE: u64 = 29n;
/**
 * Tells the state or the home of a thread, which can change at any time.
 *
 * @kind Thread
 * @argument field What to tell: one of the `THREAD_INSPECT` fields.
 * @result The field.
 * @error OutOfRange `field` is above 1. Detail: 2.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_THREAD_INSPECT: u64 = 30n;

/** Thread.Inspect: 0 idle, 1 running or running another, 2 waiting, 3 exited. */
export const THREAD_INSPECT_STATE: u64 = 0n;
/** Thread.Inspect: the home hart: its position in `BootInfo.harts`. */
export const THREAD_INSPECT_HOME: u64 = 1n;
/** Thread.ReadRegister and WriteRegister: the pc. */
export const THREAD_REGISTER_PC: u64 = 0n;
/** Thread.ReadRegister and WriteRegister: `f0`, the first of 32 floating-point registers. */
export const THREAD_REGISTER_FLOATING: u64 = 32n;
/** Thread.ReadRegister and WriteRegister: `fcsr`. */
export const THREAD_REGISTER_FCSR: u64 = 64n;
/** Thread.Run: the deadline that never comes. */
export const DEADLINE_NEVER: u64 = 0xffff_ffff_ffff_ffffn;
