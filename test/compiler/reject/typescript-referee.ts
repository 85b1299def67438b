/** What only tsc sees: the command line always runs it. */
class Thread {
  next: Thread | null = null;
  readonly id: u32 = 0;
}
function after(thread: Thread): Thread | null {
  return thread.next;
}
export function narrowedInLoop(first: Thread | null): u32 {
  let thread = first;
  if (thread === null) return 0;
  let sum: u32 = 0;
  for (let i: u32 = 0; i < 3; i++) {
    sum += thread.id;
    thread = after(thread);
  }
  return sum;
}
export function unassigned(x: u32): u32 {
  let y: u32;
  if (x === 0) y = 1;
  return y;
}
export function readonlyField(thread: Thread): void {
  thread.id = 1;
}
export function unknownField(thread: Thread | null): u32 {
  return thread.id;
}

// expect TS18047 @14:12
// expect TS2345 @15:20
// expect TS2454 @22:10
// expect TS2540 @25:10
// expect TS18047 @28:10
