import { c } from './c.ts';

export const b: u32 = c + 1;
