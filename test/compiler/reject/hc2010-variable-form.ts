export let counter: u32 = 0;
class Box {
  value: u32 = 0;
}
let box = new Box();
let list: readonly u32[] = [1, 2];
let name: Text = 'name';
const pointer: Box = box;
export function f(): u32 {
  var x: u32 = 1;
  using y = x;
  return x;
}

// expect HC2010 @1:8
// expect HC2010 @5:5
// expect HC2010 @6:5
// expect HC2010 @7:5
// expect HC2010 @10:3
// expect HC2010 @11:3
