export class Box {
  value: u32 = 0;
  [index: u32]: u32;
}
export type Callable = { (a: u32): u32 };
export type Changing = { value: u32 };
export type Optional = { readonly value?: u32 };
declare const machine: u32;
declare class Foreign {
  value: u32;
}
export function f(x: u32): u32 {
  x + 1;
  u8(x);
  sizeof<Box>();
  debugger;
  const empty = [];
  const list: u32 = [1, 2];
  const named: Pair = { x };
  const pair: Pair = { ['x']: 1 };
  const quoted: Pair = { 'x': 1 };
  const match: u32 = /a/;
  const meta: u32 = import.meta;
  return x;
}
export interface Pair {
  readonly x: u32;
}

// expect HC2001 @3:3
// expect HC2001 @5:26
// expect HC2001 @6:26
// expect HC2001 @7:26
// expect HC2001 @8:1
// expect HC2001 @9:1
// expect HC4004 @10:3
// expect HC2001 @13:3
// expect HC2001 @14:3
// expect HC2001 @16:3
// expect HC2007 @17:17
// expect HC2007 @18:21
// expect HC2001 @19:25
// expect HC2001 @20:24
// expect HC2001 @21:26
// expect HC2001 @22:22
// expect HC2001 @23:21
