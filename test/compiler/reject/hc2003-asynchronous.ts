export async function later(): void {
  await 1;
}
export function* many(): u32 {
  yield 1;
}
export function loop(): void {
  for await (const x of range(3)) {
    x;
  }
}

// expect HC2003 @1:8
// expect HC2003 @2:3
// expect HC2003 @4:1
// expect HC2001 @5:3
// expect HC2003 @8:3
// expect HC2001 @9:5
