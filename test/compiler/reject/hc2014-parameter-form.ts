export class Box {
  value: u32 = 0;
}
export function optional(x?: u32): void {}
export function rest(...x: u32[]): void {}
export function preset(x: u32 = 1): void {}
export function method(this: Box): void {}

// expect HC2014 @4:26
// expect HC2014 @5:22
// expect HC2014 @6:24
// expect HC2014 @7:24
