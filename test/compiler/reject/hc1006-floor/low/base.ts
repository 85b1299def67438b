import { middle } from '../middle/first.ts';

export const low: u32 = middle;

// expect HC1006 @1:1
