/** The order of evaluation is JavaScript's: from left to right, each operand once. */

let ticket: u32 = 0;
let total: u32 = 0;
let wide: u64 = 0n;

class Cell {
  value: u32 = 0;
  readonly words = array(u32, 8);
}
const cells = array(Cell, 4);
const cell = new Cell();

type Pair = { readonly first: u32; readonly second: u32 };
type Wide = { readonly low: u64; readonly high: u64 };

function next(): u32 {
  ticket += 1;
  return ticket;
}
function nextWide(): u64 {
  wide += 1n;
  return wide;
}
function restart(): void {
  ticket = 0;
  total = 0;
  wide = 0n;
}
function digits(a: u32, b: u32, c: u32): u32 {
  return a * 100 + b * 10 + c;
}

export function orderOfArguments(): u32 {
  restart();
  return digits(next(), next(), next());
}
// call orderOfArguments() = 123

export function orderOfOperands(): u32 {
  restart();
  return next() * 100 - next() * 10 + next();
}
// call orderOfOperands() = 83

export function orderOfNestedCalls(): u32 {
  restart();
  return digits(digits(0, next(), next()), next(), digits(next(), 0, next()));
}
// call orderOfNestedCalls() = 1635

/** A variable is read where it stands, before the call to its right changes it. */
export function readBeforeCall(): u32 {
  restart();
  return ticket * 10 + next() * 100 + ticket;
}
// call readBeforeCall() = 101

function raise(): u32 {
  total += 5;
  return 1;
}
export function variableThenCall(): u32 {
  restart();
  total = 10;
  return digits(total, raise(), total);
}
// call variableThenCall() = 1025

export function fieldThenCall(): u32 {
  cell.value = 7;
  return cell.value * 10 + changeCell();
}
function changeCell(): u32 {
  cell.value = 9;
  return cell.value;
}
// call fieldThenCall() = 79

export function orderInLiteral(): u32 {
  restart();
  const pair: Pair = { second: next(), first: next() };
  return pair.first * 10 + pair.second;
}
// call orderInLiteral() = 21

export function orderInWideLiteral(): u64 {
  restart();
  const pair: Wide = { high: nextWide(), low: nextWide() };
  return pair.low * 10n + pair.high;
}
// call orderInWideLiteral() = 21n

export function indexThenValue(): u32 {
  restart();
  cell.words[next()] = next();
  return cell.words[1] * 10 + cell.words[2];
}
// call indexThenValue() = 20

/** `a[n()] += 1` calls n once. */
export function compoundOnce(): u32 {
  restart();
  cell.words[1] = 40;
  cell.words[2] = 50;
  cell.words[next()] += 1;
  return cell.words[1] + cell.words[2] + ticket;
}
// call compoundOnce() = 92

/** The old value is read before the operand is evaluated. */
export function compoundReadsFirst(): u32 {
  restart();
  total = 10;
  total += raise();
  return total;
}
// call compoundReadsFirst() = 11

export function compoundFieldReadsFirst(): u32 {
  cell.value = 3;
  cell.value += changeCell();
  return cell.value;
}
// call compoundFieldReadsFirst() = 12

export function compoundThroughCall(): u32 {
  restart();
  cells[1].value = 5;
  pick(next()).value += next() * 10;
  return cells[1].value + ticket;
}
function pick(index: u32): Cell {
  return cells[index & 3];
}
// call compoundThroughCall() = 27

export function orderOfComparison(): boolean {
  restart();
  return next() < next();
}
// call orderOfComparison() = true

export function orderOfIndexes(): u32 {
  restart();
  cells[1].words[2] = 77;
  return cells[next()].words[next()];
}
// call orderOfIndexes() = 77

/** The index is checked before the value is evaluated. */
export function checkBeforeValue(index: u32): u32 {
  restart();
  cell.words[index] = next();
  return ticket;
}
// call checkBeforeValue(7) = 1
// call checkBeforeValue(8) traps

export function ticketAfterTrap(): u32 {
  return ticket;
}
// call ticketAfterTrap() = 0

export function increments(): u32 {
  restart();
  let i: u32 = 5;
  i++;
  cell.words[0] = 9;
  cell.words[0]--;
  ticket++;
  return i * 100 + cell.words[0] * 10 + ticket;
}
// call increments() = 681
