export class Box {
  value: u32 = 0;
}
export type Same = Box;
export function f(a: Nowhere, b: u32 | null, c: u32[], d: 5, e: Box | Same | null, g: Inner.Type): u32 {
  return 1;
}
export type Bare = Distinct<Box, 'Bare'>;
export type Twice = Distinct<Page, 'Twice'>;
export type Page = Distinct<u64, 'Page'>;
export type Broken = Nowhere;
export function quiet(x: Broken): Broken {
  return x;
}
export const other = new Missing();
export function predicate(x: Box | null): x is Box {
  return true;
}
function list(...[a]: Parameters<Box>): void {}

// expect HC3001 @5:22
// expect HC3001 @5:34
// expect HC3001 @5:49
// expect HC3001 @5:59
// expect HC3001 @5:65
// expect HC3001 @5:87
// expect HC3001 @8:20
// expect HC3001 @9:21
// expect HC3001 @11:22
// expect HC3001 @15:26
// expect HC3001 @16:43
// expect HC3001 @19:23
