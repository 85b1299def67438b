export class Box {
  value: u32 = 0;
}
export function f(box: Box): u32 {
  let x: u32 = 0;
  do {
    x++;
  } while (x < 3);
  for (const key in box) {
    x++;
  }
  return x;
}

// expect HC2011 @6:3
// expect HC2011 @9:3
