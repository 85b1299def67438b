/** Classes have identity, embedded objects and arrays lie in place, nullable pointers are narrowed. */

class Point {
  x: u32 = 3;
  y: u32 = 0;
}
class Node {
  value: u64 = 0n;
  next: Node | null = null;
  flag: boolean = true;
}
class Outer {
  tag: u8 = 7;
  readonly point = new Point();
  readonly points = array(Point, 3);
  small: u16 = 0xbeef;
  readonly bytes = array(u8, 5);
  last: i16 = -2;
}

const first = new Point();
const second = new Point();
const nodes = array(Node, 4);
const outer = new Outer();
const outers = array(Outer, 2);
let current: Point | null = null;
let chosen: u32 = 5;
let enabled: boolean = true;

export function aliases(): u32 {
  first.x = 1;
  second.x = 2;
  let a: Point = first;
  const b: Point = a;
  b.x = 10;
  a = second;
  a.x = 20;
  return first.x * 100 + second.x + b.x;
}
// call aliases() = 1030

export function identity(): boolean {
  const a: Point = first;
  return a === first && a !== second;
}
// call identity() = true

export function initialValues(): u64 {
  return u64(outer.tag) + u64(outer.point.x) * 10n + u64(outer.points[2].x) * 100n + u64(outer.small) * 10_000n;
}
// call initialValues() = 488790337n

export function initialValuesInArrays(): u32 {
  return outers[1].points[1].x * 10 + outers[1].tag;
}
// call initialValuesInArrays() = 37

export function initialSigned(): i32 {
  return outers[1].last;
}
// call initialSigned() = -2

export function initialBooleans(): boolean {
  return nodes[3].flag && enabled;
}
// call initialBooleans() = true

export function embedded(): u32 {
  const point: Point = outer.point;
  point.y = 44;
  outer.points[1].y = 55;
  const inArray: Point = outer.points[1];
  inArray.x = 66;
  return outer.point.y * 10_000 + outer.points[1].y * 100 + outer.points[1].x;
}
// call embedded() = 445566

export function neighbours(): u32 {
  outer.bytes[0] = 255;
  outer.bytes[4] = 1;
  outer.tag = 255;
  return outer.bytes[1] + outer.bytes[3] + outer.small;
}
// call neighbours() = 48879

export function list(): u64 {
  for (const i of range(3)) {
    nodes[i].value = u64(i) + 1n;
    nodes[i].next = nodes[i + 1];
  }
  nodes[3].value = 4n;
  nodes[3].next = null;
  let sum: u64 = 0n;
  let node: Node | null = nodes[0];
  while (node !== null) {
    bound(5);
    sum = sum * 10n + node.value;
    node = node.next;
  }
  return sum;
}
// call list() = 1234n

export function cycle(): u32 {
  nodes[3].next = nodes[0];
  let node: Node | null = nodes[0];
  let length: u32 = 0;
  while (node !== null) {
    bound(50);
    length += 1;
    node = node.next;
  }
  return length;
}
// call cycle() traps

function choose(take: boolean): Point | null {
  return take ? first : null;
}
export function nullable(take: boolean): u32 {
  const point = choose(take);
  if (point === null) return 0;
  point.y = 8;
  return first.y;
}
// call nullable(true) = 8
// call nullable(false) = 0

export function variables(): u32 {
  const before = current;
  current = second;
  const after = current;
  chosen += 1;
  enabled = !enabled;
  return (before === null ? 1 : 2) * 1000 + after.x * 10 + chosen + (enabled ? 1 : 0);
}
// call variables() = 1206
// call variables() = 2208

export function overObjects(): u32 {
  let sum: u32 = 0;
  for (const point of outer.points) {
    point.y = point.x + 1;
    sum += point.y;
  }
  return sum;
}
// call overObjects() = 75

export function pointAt(i: u32): u32 {
  return outer.points[i].x;
}
// call pointAt(2) = 3
// call pointAt(3) traps
// call pointAt(4294967295) traps

export function storeAtIndex(i: u32): u32 {
  outer.bytes[i] = u8.wrap(i + 250);
  return outer.bytes[i];
}
// call storeAtIndex(4) = 254
// call storeAtIndex(5) traps

export function compoundNarrow(n: u8): u32 {
  outer.bytes[2] = n;
  outer.bytes[2] = u8(outer.bytes[2] + 10);
  return outer.bytes[2];
}
// call compoundNarrow(245) = 255
// call compoundNarrow(246) traps
// call compoundNarrow(0) = 10
