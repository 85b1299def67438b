/** What every operation answers. */

/** The answer of an operation: it travels in the registers `a0` and `a1`. */
export type Outcome = {
  /** One of the numbers in `errors.ts`; `ERROR_OK` is 0. */
  readonly error: u64;
  /** The result; or, after an error, the detail that its description promises. */
  readonly value: u64;
};
