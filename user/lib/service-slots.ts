/** What the small services (`user/pager`, `user/watchdog`) and whoever makes them agree on: slots of their tables, signals. */

/** The thread that a pager or watchdog runs: with the right to run it, for a pager also to registers, for a watchdog to signal it. */
export const CLIENT_THREAD: u64 = 20n;
/** Its component, with the right to retire it. */
export const CLIENT_COMPONENT: u64 = 21n;
/** Pager: the root of its page table, with the rights to map and remove. */
export const CLIENT_ROOT: u64 = 22n;

/** In the table of a component that is watched: the watchdog's thread, with the right to signal it the answer. */
export const CLIENT_WATCHDOG: u64 = 23n;

/** Where a pager maps pages on demand: a part of the address space where nothing else is. */
export const PAGED_BASE: u64 = 0x8_0000_0000n;
/** Most pages. */
export const PAGED_PAGES: u64 = 64n;

/** The signal with which a watchdog asks, and the one with which it is answered. */
export const WATCHDOG_ASKS: u64 = 0x1n;
export const WATCHDOG_ANSWERED: u64 = 0x2n;
/** A watchdog that gets this signal asks at once. */
export const WATCHDOG_CHECK: u64 = 0x4n;
