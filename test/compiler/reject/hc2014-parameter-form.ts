export class Box {
  value: u32 = 0;
}
export function optional(x?: u32): void {}
export function rest(...x: u32[]): void {}
export function preset(x: u32 = 1): void {}
export function method(this: Box): void {}
type Pair = (first: u32, second: u32) => void;
export function rests(...[first, ...more]: Parameters<Pair>): void {}
export function presets(...[first = 1]: Parameters<Pair>): void {}
export function named(...pair: Parameters<Pair>): void {}
export function late(x: u32, ...[first]: Parameters<Pair>): void {}

// expect HC2014 @4:26
// expect HC2014 @5:22
// expect HC2014 @6:24
// expect HC2014 @7:24
// expect HC2014 @9:23
// expect HC2014 @10:25
// expect HC2014 @11:23
// expect HC2014 @12:30
