/** The counters that a component can read without a system call. */

/** Instructions that this hart has retired, in all modes (`instret`). */
export declare function instructionsRetired(): u64;

/** The time counter, in ticks; `BootInfo.timebase` says how many a second has (`time`). */
export declare function timeNow(): u64;
