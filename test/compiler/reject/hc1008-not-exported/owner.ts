const hidden: u32 = 1;
export const shown: u32 = hidden;
