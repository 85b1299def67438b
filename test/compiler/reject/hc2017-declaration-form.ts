export enum Color {
  Red,
}
export namespace Inner {
  export const one: u32 = 1;
}
export function same<T>(x: T): T {
  return x;
}
export type Box<T> = { readonly inside: T };
export function f(x: u32): u32 {
  plain<u32>(x);
  return Color.Red;
}
export function plain(x: u32): void {}
export function overloaded(x: u8): u8;

// expect HC2017 @1:1
// expect HC2017 @4:1
// expect HC2017 @7:22
// expect HC2017 @10:17
// expect HC2017 @12:3
// expect HC2017 @16:1
