export function self(n: u32): u32 {
  return n === 0 ? 0 : self(n - 1);
}
export function even(n: u32): boolean {
  return n === 0 || odd(n - 1);
}
function odd(n: u32): boolean {
  return n !== 0 && even(n - 1);
}
type Operation = (a: u32) => u32;
const TABLE: readonly Operation[] = [through, leaf];
export function through(a: u32): u32 {
  return TABLE[a & 1](a);
}
function leaf(a: u32): u32 {
  return a;
}

// expect HC5003 @1:17
// expect HC5003 @4:17
// expect HC5003 @12:17
