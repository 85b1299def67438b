export const a: u32 = 1.5;
export const b: u32 = 1e3;
export const c: u32 = .5;
export const d: u32 = 0x10;
export const e: u32 = 0b10 + 0o17 + 1_000;

// expect HC2009 @1:23
// expect HC2009 @2:23
// expect HC2009 @3:23
