/** Switches: labels in any order, no fall-through. */

const FIRST: u32 = 10;
const SECOND: u32 = 20;

export function defaultFirst(n: u32): u32 {
  switch (n) {
    default:
      return 9;
    case 1:
      return 1;
    case 2:
      return 2;
  }
}
// call defaultFirst(1) = 1
// call defaultFirst(2) = 2
// call defaultFirst(3) = 9

export function defaultInTheMiddle(n: u32): u32 {
  let result: u32 = 0;
  switch (n) {
    case 1:
      result = 1;
      break;
    default:
      result = 9;
      break;
    case 2:
      result = 2;
      break;
  }
  return result;
}
// call defaultInTheMiddle(2) = 2
// call defaultInTheMiddle(7) = 9

export function severalLabels(n: u32): u32 {
  switch (n) {
    case FIRST:
    case SECOND:
      return 1;
    case 30: {
      const local: u32 = n * 2;
      return local;
    }
  }
  return 0;
}
// call severalLabels(10) = 1
// call severalLabels(20) = 1
// call severalLabels(30) = 60
// call severalLabels(31) = 0

export function wideSubject(n: u64): u32 {
  switch (n) {
    case 0xffff_ffff_ffff_ffffn:
      return 1;
    case 0x1_0000_0000n:
      return 2;
    case 0n:
      return 3;
    default:
      return 4;
  }
}
// call wideSubject(18446744073709551615n) = 1
// call wideSubject(4294967296n) = 2
// call wideSubject(0n) = 3
// call wideSubject(1n) = 4

export function nestedSwitches(a: u32, b: u32): u32 {
  let result: u32 = 0;
  switch (a) {
    case 1:
      switch (b) {
        case 1:
          result = 11;
          break;
        default:
          result = 19;
      }
      result += 100;
      break;
    default:
      result = 90;
  }
  return result;
}
// call nestedSwitches(1, 1) = 111
// call nestedSwitches(1, 2) = 119
// call nestedSwitches(2, 1) = 90

let evaluations: u32 = 0;
function subject(): u32 {
  evaluations += 1;
  return 3;
}
export function subjectOnce(): u32 {
  evaluations = 0;
  let result: u32 = 0;
  switch (subject()) {
    case 1:
      result = 1;
      break;
    case 2:
      result = 2;
      break;
    case 3:
      result = 3;
      break;
  }
  return result * 10 + evaluations;
}
// call subjectOnce() = 31

export function signedSubject(n: i32): i32 {
  switch (n) {
    case -1:
      return 1;
    case 0:
      return 0;
    default:
      return -1;
  }
}
// call signedSubject(-1) = 1
// call signedSubject(5) = -1
