export function result() {
  return 1;
}
export function parameter(x): u32 {
  return x;
}
const TABLE = [1, 2];
export function local(): u32 {
  let later;
  later = 1;
  return later;
}
export type Operation = (a, b: u32) => u32;
export interface Pair {
  readonly a;
}

// expect HC3002 @1:17
// expect HC3002 @4:27
// expect HC3002 @7:7
// expect HC3002 @9:7
// expect HC3002 @13:26
// expect HC3002 @15:3
