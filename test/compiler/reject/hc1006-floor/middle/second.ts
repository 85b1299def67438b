import { outside } from '../outside.ts';

export const second: u32 = outside;

// expect HC1006 @1:1
