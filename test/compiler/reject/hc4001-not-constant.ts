function one(): u32 {
  return 1;
}
const CALL: u32 = one();
let variable: u32 = 1;
const READ: u32 = variable;
const TABLE: readonly u32[] = [1, one()];
class Box {
  value: u32 = one();
  readonly list = array(u32, variable);
}
class Whole {
  value: u32 = 0;
}
const whole = new Whole();
const FIELD: u32 = whole.value;
staticAssert(variable === 1);
export function f(x: u32): u32 {
  switch (x) {
    case variable:
      return 1;
  }
  return 2;
}

// expect HC4001 @4:19
// expect HC4001 @6:19
// expect HC4001 @7:35
// expect HC4001 @9:16
// expect HC4001 @10:30
// expect HC4001 @16:20
// expect HC4001 @17:14
// expect HC4001 @20:10
