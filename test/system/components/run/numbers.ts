/** The programs in `programs.S`. */

export const PROGRAM_ZEROS: u64 = 0n;
export const PROGRAM_KEEPS: u64 = 1n;
export const PROGRAM_LOAD: u64 = 2n;
export const PROGRAM_STORE: u64 = 3n;
export const PROGRAM_FETCH: u64 = 4n;
export const PROGRAM_ILLEGAL: u64 = 5n;
export const PROGRAM_MISALIGNED: u64 = 6n;
export const PROGRAM_BREAK: u64 = 7n;
export const PROGRAM_YIELDS: u64 = 8n;
export const PROGRAM_SPINS: u64 = 9n;
export const PROGRAM_WAITS: u64 = 10n;
export const PROGRAM_RUNS: u64 = 11n;
export const PROGRAM_SIGNALS: u64 = 12n;
