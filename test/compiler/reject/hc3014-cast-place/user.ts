import type { Frame, Physical } from './address.ts';

export function f(value: u64): Frame {
  const address = distinct<Physical>(value);
  return objectAt<Frame>(address);
}

// expect HC3014 @4:19
// expect HC3014 @5:10
