/** Names that C or JavaScript would rather keep for itself; private names that occur twice. */

import { sharedName, fromTwin } from './name-twin.ts';
import { fromOtherTwin } from './name_twin.ts';

class union {
  register: u32 = 1;
  volatile: u32 = 2;
  default_: u32 = 3;
  constructor_: u32 = 4;
}
const struct = new union();
let NULL: u32 = 5;
const INT_MAX: u32 = 6;

function helper(): u32 {
  return 1;
}
function unix(int: u32, char: u32): u32 {
  const register: u32 = int;
  const signed: u32 = char;
  const restrict: u32 = register * 10 + signed;
  return restrict;
}
function sizeof_(long: u64): u64 {
  const inline: u64 = long;
  return inline;
}

export function keywords(): u32 {
  struct.register = 8;
  NULL += INT_MAX;
  return unix(1, 2) + struct.register + struct.volatile + struct.default_ + struct.constructor_ + NULL;
}
// call keywords() = 40

export function moreKeywords(): u64 {
  const main: u64 = 1n;
  const printf: u64 = 2n;
  const bool: u64 = 3n;
  const goto: u64 = 4n;
  const extern: u64 = 5n;
  const static_assert: u64 = 6n;
  const asm: u64 = 7n;
  const errno: u64 = 8n;
  const view: u64 = 9n;
  const machine: u64 = 10n;
  const trap: u64 = 11n;
  return sizeof_(main + printf + bool + goto + extern + static_assert + asm + errno + view + machine + trap);
}
// call moreKeywords() = 66n

export function twins(): u32 {
  return helper() * 1000 + fromTwin() * 100 + fromOtherTwin() * 10 + sharedName;
}
// call twins() = 1234

/** Parameters and locals that shadow names of the module. */
export function shadows(helper: u32): u32 {
  let struct: u32 = helper;
  {
    const helper: u32 = 3;
    struct += helper;
    {
      const struct: u32 = 100;
      NULL = struct;
    }
  }
  const state: u32 = NULL;
  return struct + state;
}
// call shadows(20) = 123

export function argument(arguments_: u32, undefined_: u32, Number: u32): u32 {
  return arguments_ + undefined_ + Number;
}
// call argument(1, 2, 3) = 6
