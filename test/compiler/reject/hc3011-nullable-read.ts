class Thread {
  next: Thread | null = null;
  id: u32 = 0;
}
let current: Thread | null = null;
interface Found {
  readonly thread: Thread | null;
}
function find(): Thread | null {
  return current;
}
export function f(thread: Thread, found: Found): u32 {
  if (thread.next !== null) {
    thread.next.id = 1;
  }
  const a: u32 = current.id;
  const b: u32 = find().id;
  const c: u32 = found.thread.id;
  const d: u64 = addressOf(thread.next);
  const e: Thread = thread.next;
  const next = thread.next;
  if (next !== null) return next.id;
  return a;
}

// expect HC3011 @14:5
// expect HC3011 @16:18
// expect HC3011 @17:18
// expect HC3011 @18:18
// expect HC3011 @19:28
// expect HC3011 @20:21
