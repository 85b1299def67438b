/** The operations of components. How the comments are read says `operations.ts`. */

/**
 * Marks a component dead, for ever. No thread runs in it any more: one that is inside goes on in its nearest live
 * caller, whose Call answers Dead; if there is none, it stops, and its runner gets ComponentDied. A thread that retires
 * the component that it is in ends like that, too.
 *
 * @kind Component
 * @rights retire
 * @result The stamp after which no hart is inside any more.
 * @error Dead It is dead already. Detail: 0.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_COMPONENT_RETIRE: u64 = 23n;
/**
 * Tells what a component is made of.
 *
 * @kind Component
 * @argument field What to tell: one of the `COMPONENT_INSPECT` fields.
 * @result The field.
 * @error OutOfRange `field` is above 2. Detail: 3.
 * @error Busy The capability was being changed. Detail: 0.
 */
export const OPERATION_COMPONENT_INSPECT: u64 = 24n;

/** Component.Inspect: 0 when it is alive, 1 when it is dead. */
export const COMPONENT_INSPECT_STATE: u64 = 0n;
/** Component.Inspect: frame number of its root page table. */
export const COMPONENT_INSPECT_ROOT: u64 = 1n;
/** Component.Inspect: frame number of its capability table. */
export const COMPONENT_INSPECT_TABLE: u64 = 2n;
