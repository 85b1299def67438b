export const range: u32 = 1;
export function u8(): u32 {
  return 1;
}
export class Atomic {
  value: u32 = 0;
}
export type Text = u32;
export interface Value {
  readonly __proto__: u32;
}
export class Box {
  __proto__: u32 = 0;
}

// expect HC1011 @1:14
// expect HC1011 @2:17
// expect HC1011 @5:14
// expect HC1011 @8:13
// expect HC1011 @10:12
// expect HC1011 @13:3
