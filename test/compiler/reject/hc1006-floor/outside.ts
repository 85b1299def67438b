export const outside: u32 = 1;
