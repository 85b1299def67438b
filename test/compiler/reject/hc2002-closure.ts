const twice = (x: u32): u32 => x + x;
const thrice = function (x: u32): u32 {
  return x;
};
const Made = class {};
export function outer(x: u32): u32 {
  function inner(): u32 {
    return x;
  }
  const local = (): u32 => x;
  return inner() + local() + twice(x) + thrice(x);
}

// expect HC2002 @1:15
// expect HC2002 @2:16
// expect HC2002 @5:14
// expect HC2002 @7:3
// expect HC2002 @10:17
