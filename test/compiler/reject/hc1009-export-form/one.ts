export const one: u32 = 1;
