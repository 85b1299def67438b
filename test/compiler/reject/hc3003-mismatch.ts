class First {
  value: u32 = 0;
}
class Second {
  value: u32 = 0;
}
interface Value {
  readonly value: u32;
}
interface Other {
  readonly value: u32;
}
const second = new Second();
const annotated: First = new Second();
class Holder {
  readonly inner: First = new Second();
  readonly word: Atomic<u32> = atomic(u64);
  readonly list: FixedArray<First, 2> = array(Second, 2);
}
function takeFirst(first: First): u32 {
  return first.value;
}
function takeValue(value: Value): u32 {
  return value.value;
}
export function f(x: u64, flag: boolean, other: Other): u32 {
  const a: u32 = x;
  const b: u64 = a;
  const c: boolean = a;
  const d: u32 = flag;
  const e: First = null;
  takeFirst(second);
  takeValue(second);
  takeValue(other);
  const g: boolean = takeFirst === null;
  const h: u32 = flag ? 1 : false;
  return null;
}
export function nothing(): void {
  return 1;
}
export function something(): u32 {
  return;
}
type Operation = (a: u32) => u32;
function wrong(a: u64): u64 {
  return a;
}
const TABLE: readonly Operation[] = [wrong, second];
export function same(first: First): boolean {
  return first === second;
}
export function quiet(holder: Holder): u32 {
  return TABLE.length + holder.list.length;
}
function many(...[a, b]: Parameters<Operation>): u32 {
  return a;
}

// expect HC3003 @14:18
// expect HC3003 @16:19
// expect HC3003 @17:18
// expect HC3003 @18:29
// expect HC3003 @27:18
// expect HC3003 @28:18
// expect HC3003 @29:22
// expect HC3003 @30:18
// expect HC3003 @31:20
// expect HC3003 @32:13
// expect HC3003 @33:13
// expect HC3003 @34:13
// expect HC3020 @35:22
// expect HC3003 @36:29
// expect HC3003 @37:10
// expect HC3003 @40:10
// expect HC3003 @43:3
// expect HC3003 @49:38
// expect HC3003 @49:45
// expect HC3003 @51:20
// expect HC3003 @56:22
