/** Order of evaluation: temporaries appear only where C would leave the order open and somebody could notice. */

class Cell {
  value: u32 = 0;
  next: Cell | null = null;
  readonly word = atomic(u64);
}
const cells = array(Cell, 4);
let ticket: u32 = 0;

function draw(): u32 {
  ticket++;
  return ticket;
}
function pair(first: u32, second: u32): u32 {
  return first * 10 + second;
}

export function orderHarmless(a: u32, b: u32): u32 {
  return pair(a + b, ticket) + pair(a, b);
}
export function orderOneCall(a: u32): u32 {
  return pair(a, draw()) + a * 2;
}
export function orderArguments(): u32 {
  return pair(draw(), draw());
}
export function orderReadBeforeCall(): u32 {
  return ticket * 100 + draw();
}
export function orderStore(cell: Cell, index: u32): void {
  cells[index].value = draw();
  cell.value = draw();
  cells[draw() & 3].value = ticket;
}
export function orderUpdate(cell: Cell): void {
  cell.value += draw();
  cells[draw() & 3].value += 1;
  ticket += draw();
}
export function orderAtomic(cell: Cell): boolean {
  return cell.word.compareExchange(cell.word.load(), u64(draw()));
}
export function orderLogical(a: u32): boolean {
  return (a > 3 && pair(draw(), draw()) > 5) || a === draw();
}
export function orderConditional(a: u32): u32 {
  const chosen: u32 = a > 3 ? pair(draw(), draw()) : draw();
  return chosen;
}
export function orderLoop(): u32 {
  let sum: u32 = 0;
  for (let i: u32 = 0; i < 4; i++) {
    if (i === 2) continue;
    sum += i;
  }
  while (pair(draw(), draw()) < 50) {
    bound(20);
    if (sum > 1000) continue;
    sum++;
  }
  return sum;
}
