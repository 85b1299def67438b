/** What the compiler may conclude about ranges, and what it must not. */

class Table {
  readonly words = array(u32, 8);
}
class Node {
  next: Node | null = null;
  readonly words = array(u32, 3);
}
const table = new Table();
const first = new Node();
const second = new Node();
let cursor: Node = first;

export function fill(): u32 {
  for (let i: u32 = 0; i < 8; i++) table.words[i] = i * 10;
  for (let i: u32 = 0; i < 3; i++) {
    first.words[i] = i + 1;
    second.words[i] = (i + 1) * 100;
  }
  return 0;
}
// call fill() = 0

/** A count at or above the width is taken modulo the width: the result is not small. */
export function shiftedIndex(count: u32): u32 {
  const many: u32 = (count & 7) + 32;
  const index: u32 = 0xff >> many;
  return table.words[index];
}
// call shiftedIndex(5) = 70
// call shiftedIndex(4) traps
// call shiftedIndex(0) traps

export function shiftedLeft(count: u32): u32 {
  const many: u32 = (count & 3) + 32;
  const one: u32 = 1;
  return table.words[one << many];
}
// call shiftedLeft(2) = 40
// call shiftedLeft(3) traps

/** A wrapped value says nothing about the whole. */
export function wrappedTest(x: u32): u32 {
  if (u8.wrap(x) < 8) return table.words[x];
  return 1;
}
// call wrappedTest(3) = 30
// call wrappedTest(256) traps
// call wrappedTest(9) = 1

/** A check that passed says that the value is small. */
export function checkedTest(x: u32): u32 {
  if (u8(x) < 8) return table.words[x];
  return 1;
}
// call checkedTest(3) = 30
// call checkedTest(256) traps
// call checkedTest(255) = 1

export function assertedIndex(x: u32): u32 {
  assert(x >= 2 && x < 8 && x !== 7);
  return table.words[x + 1];
}
// call assertedIndex(6) = 70
// call assertedIndex(7) traps
// call assertedIndex(1) traps

/** The variable that shadows another one has its own facts. */
export function shadowed(x: u32): u32 {
  const index: u32 = x & 3;
  let sum: u32 = table.words[index];
  {
    const index: u32 = x;
    if (index < 8) sum += table.words[index];
  }
  return sum + table.words[index];
}
// call shadowed(7) = 130
// call shadowed(8) = 0

/** A variable that is assigned keeps no fact. */
export function assigned(x: u32): u32 {
  let index: u32 = 1;
  if (index < 8) index = x;
  return table.words[index];
}
// call assigned(7) = 70
// call assigned(8) traps

/** After the loop the variable of the same name is another one. */
export function afterLoop(x: u32): u32 {
  const i: u32 = x;
  let sum: u32 = 0;
  for (let i: u32 = 0; i < 8; i++) sum += table.words[i];
  return sum + table.words[i];
}
// call afterLoop(1) = 290
// call afterLoop(8) traps

/** Inner loops of the same name leave the outer one alone. */
export function nestedLoops(): u32 {
  let sum: u32 = 0;
  for (let i: u32 = 0; i < 4; i++) {
    for (let i: u32 = 0; i < 2; i++) sum += table.words[i];
    sum += table.words[i];
  }
  return sum;
}
// call nestedLoops() = 100

/** The limit is read in every round: its range bounds the loop, not its value. */
export function movingLimit(): u32 {
  let limit: u8 = 3;
  let rounds: u32 = 0;
  for (let i: u32 = 0; i < limit; i++) {
    rounds += 1;
    if (limit < 10) limit = u8(limit + 1);
  }
  return rounds;
}
// call movingLimit() = 10

/** Loops over the narrowest types end at their last value. */
export function narrowLoops(): u32 {
  let sum: u32 = 0;
  for (let i: u8 = 250; i < 255; i++) sum += i;
  for (let i: u8 = 5; i > 0; i = u8.wrap(i - 2)) {
    bound(10);
    sum += 1;
    if (i < 2) break;
  }
  for (let i: i8 = -3; i <= 3; i += 2) sum += i < 0 ? 1000 : 1;
  for (let i: u16 = 10; 2 < i; i -= 1) sum += 1;
  return sum;
}
// call narrowLoops() = 3273

/** The array is chosen once, before the first round. */
export function chosenOnce(): u32 {
  let node: Node = first;
  let sum: u32 = 0;
  for (const word of node.words) {
    sum += word;
    node = second;
  }
  cursor = first;
  for (const word of cursor.words) {
    sum += word;
    cursor = second;
  }
  return sum;
}
// call chosenOnce() = 12

export function chosenThroughField(): u32 {
  first.next = second;
  const next = first.next;
  let sum: u32 = 0;
  if (next === null) return 0;
  for (const word of next.words) {
    first.next = null;
    sum += word;
  }
  return sum;
}
// call chosenThroughField() = 600

/** A loop variable may narrow further. */
export function narrowedVariable(): u32 {
  let sum: u32 = 0;
  for (const i of range(100)) {
    if (i >= 8) continue;
    sum += table.words[i];
  }
  for (let i: u32 = 0; i < 100; i += 3) {
    if (i < 8) sum += table.words[i];
    else break;
  }
  return sum;
}
// call narrowedVariable() = 370

/** The condition of a loop holds in a body that leaves its variable alone, whatever the step is. */
export function conditionInBody(start: u32, step: u32): u32 {
  for (let i: u32 = 0; i < 8; i++) table.words[i] = i * 10;
  let sum: u32 = 0;
  for (let i: u32 = start; i < 8; i += step) {
    bound(8);
    if (i === 6) continue;
    sum += table.words[i];
  }
  return sum;
}
// call conditionInBody(0, 3) = 30
// call conditionInBody(1, 4) = 60
// call conditionInBody(9, 1) = 0
// call conditionInBody(7, 4294967289) = 70

/** It does not where the body changes the variable. */
export function conditionLeft(start: u32): u32 {
  for (let i: u32 = start; i < 8; i += 3) {
    bound(8);
    i += 2;
    if (i > 6) return table.words[i];
  }
  return 1;
}
// call conditionLeft(5) = 70
// call conditionLeft(6) traps

/** Neither operand of an unsigned "or" is above it. */
export function orBelow(a: u32, b: u32): u32 {
  for (let i: u32 = 0; i < 8; i++) table.words[i] = i * 10;
  if ((a | b) >= 8) return 1;
  return table.words[a] + table.words[b];
}
// call orBelow(5, 2) = 70
// call orBelow(8, 2) = 1
// call orBelow(7, 4294967295) = 1

/** Where it is large, both may be. */
export function orAbove(a: u32, b: u32): u32 {
  if ((a | b) > 8) return table.words[a];
  return 1;
}
// call orAbove(1, 8) = 10
// call orAbove(9, 0) traps
// call orAbove(8, 0) = 1
