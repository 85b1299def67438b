import type { a } from './a.ts';
import { c } from './c.ts';

export const c: u32 = 1;

// expect HC1005 @1:1
// expect HC1005 @2:1

// expect HC1013 @4:14
