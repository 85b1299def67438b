export function f(): u32 {
  return 1;
}
f();
if (f() === 1) {
  f();
}
for (const i of range(3)) {
}
'use strict';
{
}

// expect HC2021 @4:1
// expect HC2021 @5:1
// expect HC2021 @8:1
// expect HC2021 @10:1
// expect HC2021 @11:1
