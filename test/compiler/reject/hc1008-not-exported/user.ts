import { hidden, missing, shown } from './owner.ts';

export const sum: u32 = hidden + missing + shown;

// expect HC1008 @1:10
// expect HC1008 @1:18
