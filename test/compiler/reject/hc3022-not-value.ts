class Box {
  value: u32 = 0;
}
interface Value {
  readonly value: u32;
}
type Nothing = void;
function act(x: u32): void {}
function stop(): never {
  unreachable();
}
export function take(x: void): u32 {
  return 1;
}
export function f(): u32 {
  const a: u32 = Box;
  const b = act(1);
  const c: u32 = act(1);
  act(act(1));
  const d = stop();
  const e: u32 = Value;
  return act(1);
}

// expect HC3022 @7:16
// expect HC3022 @12:25
// expect HC3022 @16:18
// expect HC3022 @17:13
// expect HC3022 @18:18
// expect HC3022 @19:7
// expect HC3022 @20:13
// expect HC3022 @21:18
// expect HC3022 @22:10
