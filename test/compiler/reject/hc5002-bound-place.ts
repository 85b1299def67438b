export function f(n: u32): u32 {
  bound(3);
  let x: u32 = 0;
  while (x < n) {
    bound(n);
    x++;
  }
  while (x < n) {
    bound(0);
    x++;
  }
  while (x < n) {
    bound(3, 4);
    x++;
  }
  for (let i: u32 = 0; i < 3; i++) {
    x++;
    bound(3);
  }
  return x;
}

// expect HC5002 @2:3
// expect HC5002 @5:5
// expect HC5002 @9:5
// expect HC5002 @13:5
// expect HC5002 @18:5
