/** The counters that a component can read without a system call. */

/** Instructions that this hart has retired, in all modes (`instret`). */
export declare function instructionsRetired(): u64;
