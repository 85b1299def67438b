export const frameCount: u32 = 1;

// expect HC1007 @1:14
