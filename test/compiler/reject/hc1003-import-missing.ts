import { page } from './nowhere.ts';
import type { Frame } from './nowhere.ts';

export function twice(frame: Frame): u32 {
  return page(frame) + page(frame);
}

// expect HC1003 @1:22
// expect HC1003 @2:28
