type Operation = (a: u32) => u32;
function one(a: u32): u32 {
  return a;
}
interface Entry {
  readonly run: Operation;
}
const TABLE: readonly Operation[] = [one];
const ENTRIES: readonly Entry[] = [{ run: one }];
export function take(operation: Operation): u32 {
  return 1;
}
export function give(): Operation {
  return one;
}
type Maker = (a: u32) => Operation;
export function f(): u32 {
  const local = one;
  const picked = TABLE[0];
  const built: Entry = { run: one };
  for (const each of TABLE) {
  }
  return TABLE[0](1) + ENTRIES[0].run(2);
}

// expect HC3020 @10:22
// expect HC3020 @13:25
// expect HC3020 @16:26
// expect HC3020 @18:17
// expect HC3020 @19:9
// expect HC3020 @20:31
// expect HC3020 @21:14
