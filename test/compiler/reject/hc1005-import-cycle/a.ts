import { b } from './b.ts';

export const a: u32 = b + 1;
