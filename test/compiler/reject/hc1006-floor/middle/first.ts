import { second } from './second.ts';

export const middle: u32 = second;

// expect HC1006 @1:1
