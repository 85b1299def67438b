export const one: u32 = 1;

// expect HC1010 @none
