export const imported: u32 = 1;
