/** `&&`, `||`, `!` and `?:` evaluate what they need and nothing else. */

let trail: u32 = 0;

function mark(digit: u32, result: boolean): boolean {
  trail = trail * 10 + digit;
  return result;
}
function value(digit: u32): u32 {
  trail = trail * 10 + digit;
  return digit;
}

export function and(a: boolean, b: boolean): u32 {
  trail = 0;
  if (mark(1, a) && mark(2, b)) trail = trail * 10 + 9;
  return trail;
}
// call and(false, true) = 1
// call and(true, false) = 12
// call and(true, true) = 129

export function or(a: boolean, b: boolean): u32 {
  trail = 0;
  if (mark(1, a) || mark(2, b)) trail = trail * 10 + 9;
  return trail;
}
// call or(true, false) = 19
// call or(false, false) = 12
// call or(false, true) = 129

export function mixedLogic(a: boolean, b: boolean, c: boolean): u32 {
  trail = 0;
  const result = (mark(1, a) && mark(2, b)) || !mark(3, c);
  return result ? trail * 10 + 9 : trail;
}
// call mixedLogic(true, true, true) = 129
// call mixedLogic(true, false, false) = 1239
// call mixedLogic(false, true, true) = 13

export function logicAsValue(a: boolean, b: boolean): boolean {
  const both: boolean = a && b;
  const either: boolean = a || b;
  return both === either;
}
// call logicAsValue(true, true) = true
// call logicAsValue(true, false) = false

export function nestedTernaries(n: u32): u32 {
  trail = 0;
  const chosen: u32 = n === 0 ? value(1) : n === 1 ? value(2) + value(3) : n === 2 ? value(4) : value(5);
  return trail * 100 + chosen;
}
// call nestedTernaries(0) = 101
// call nestedTernaries(1) = 2305
// call nestedTernaries(2) = 404
// call nestedTernaries(3) = 505

export function ternaryAmongCalls(a: boolean): u32 {
  trail = 0;
  const sum: u32 = value(1) + (a ? value(2) : value(3)) * value(4) + value(5);
  return trail * 100 + sum;
}
// call ternaryAmongCalls(true) = 124514
// call ternaryAmongCalls(false) = 134518

export function logicAmongCalls(a: boolean): u32 {
  trail = 0;
  const sum: u32 = value(1) + (mark(2, a) && mark(3, true) ? 10 : 20) + value(4);
  return trail * 100 + sum;
}
// call logicAmongCalls(true) = 123415
// call logicAmongCalls(false) = 12425

/** The check of the right side is not reached when the left side decides. */
export function guarded(n: u32, d: u32): boolean {
  return d !== 0 && n / d > 2;
}
// call guarded(9, 0) = false
// call guarded(9, 3) = true
// call guarded(6, 3) = false

export function guardedTernary(n: u32, d: u32): u32 {
  return d === 0 ? 0 : n / d;
}
// call guardedTernary(9, 0) = 0
// call guardedTernary(9, 3) = 3

export function logicInLoop(n: u32): u32 {
  trail = 0;
  let i: u32 = 0;
  while (mark(1, i < n) && mark(2, i !== 2)) {
    bound(10);
    i += 1;
  }
  return trail;
}
// call logicInLoop(1) = 121
// call logicInLoop(9) = 121212

export function not(a: boolean): boolean {
  return !(a && !a) && !!a;
}
// call not(true) = true
// call not(false) = false
