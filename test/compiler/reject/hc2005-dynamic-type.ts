export function f(a: any, b: unknown, c: number, d: bigint, e: string, g: object, h: symbol, i: undefined): void {}
export type Keyed = { readonly [K in 'a']: u32 };
export type Chosen = u32 extends u8 ? u32 : u8;
export const one: u32 = 1;
export type Same = typeof one;
export type Pair = [u32, u32];
export interface Box {
  readonly inside: u32;
}
export type Field = Box['inside'];

// expect HC2005 @1:22
// expect HC2005 @1:30
// expect HC2005 @1:42
// expect HC2005 @1:53
// expect HC2005 @1:64
// expect HC2005 @1:75
// expect HC2005 @1:86
// expect HC2005 @1:97
// expect HC2005 @2:21
// expect HC2005 @3:22
// expect HC2005 @5:20
// expect HC2005 @6:20
// expect HC2005 @10:21
