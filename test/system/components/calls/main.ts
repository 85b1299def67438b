/** System calls that must be refused, each with its error and its detail, and that they change nothing. */

import { BOOT_SLOT_CONSOLE, BOOT_SLOT_TABLE, BootInfo } from '../../../../kernel-src/abi/boot-info.ts';
import {
  ERROR_BAD_ARGUMENT,
  ERROR_BAD_OPERATION,
  ERROR_EMPTY,
  ERROR_NO_CAPABILITY,
  ERROR_OK,
  ERROR_OUT_OF_RANGE,
  ERROR_WRONG_KIND,
} from '../../../../kernel-src/abi/errors.ts';
import {
  CAPABILITY_TABLE_SLOTS,
  IDENTIFIER_ITSELF,
  IDENTIFIER_LEVELS_MAXIMUM,
  IDENTIFIER_LEVELS_SHIFT,
} from '../../../../kernel-src/abi/identifiers.ts';
import {
  KIND_CAPABILITY_TABLE,
  KIND_CONSOLE,
  KIND_FRAMES,
  KIND_NONE,
  KIND_PAGE_TABLE,
  KIND_SYSTEM,
} from '../../../../kernel-src/abi/kinds.ts';
import {
  INSPECT_KIND,
  OPERATION_CAPABILITY_TABLE_INSPECT,
  OPERATION_CAPABILITY_TABLE_UNLINK,
} from '../../../../kernel-src/abi/capability-table-operations.ts';
import { OPERATION_HART_INSPECT } from '../../../../kernel-src/abi/machine-operations.ts';
import {
  OPERATION_CONSOLE_WRITE,
  OPERATION_FRAMES_INSPECT,
  OPERATION_FRAMES_RECOVER,
  OPERATION_LIMIT,
  OPERATION_SYSTEM_REBOOT,
  OPERATION_SYSTEM_SHUTDOWN,
} from '../../../../kernel-src/abi/operations.ts';
import {
  OPERATION_PAGE_TABLE_CLEAR,
  OPERATION_PAGE_TABLE_INSPECT,
} from '../../../../kernel-src/abi/page-table-operations.ts';
import { capabilityTableInspect, consoleWrite } from '../../../../user/lib/generated/operations.ts';
import { invoke } from '../../../../user/lib/invoke.ts';
import { tapAnswer, tapCheck, tapEnd } from '../tap.ts';

const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const CONSOLE: u64 = u64(BOOT_SLOT_CONSOLE);
/** A slot that boot leaves empty. */
const EMPTY: u64 = CAPABILITY_TABLE_SLOTS - 1n;
const WORD_BITS: u64 = 64n;
/** Bits of an id above the levels. */
const HIGH_BITS: u64 = 26n;

/** The kind that an operation is for; none for a number that is no operation. */
function kindOf(operation: u64): u64 {
  if (operation === OPERATION_CONSOLE_WRITE) return KIND_CONSOLE;
  if (operation === OPERATION_SYSTEM_SHUTDOWN || operation === OPERATION_SYSTEM_REBOOT) return KIND_SYSTEM;
  if (operation >= OPERATION_FRAMES_INSPECT && operation <= OPERATION_FRAMES_RECOVER) return KIND_FRAMES;
  if (operation >= OPERATION_CAPABILITY_TABLE_INSPECT && operation <= OPERATION_CAPABILITY_TABLE_UNLINK) {
    return KIND_CAPABILITY_TABLE;
  }
  if (operation >= OPERATION_PAGE_TABLE_INSPECT && operation <= OPERATION_PAGE_TABLE_CLEAR) return KIND_PAGE_TABLE;
  return KIND_NONE;
}

/** The kind of what a slot of the own table holds. */
function kindIn(slot: u64): u64 {
  const found = capabilityTableInspect(TABLE, slot, INSPECT_KIND);
  if (found.error === ERROR_EMPTY) return KIND_NONE;
  return found.error === ERROR_OK ? found.value & 0xffn : CAPABILITY_TABLE_SLOTS;
}

/** Applies one operation to a slot whose kind is another one. */
function refusesKind(operation: u64, slot: u64, kind: u64): boolean {
  const error: u64 = kind === KIND_NONE ? ERROR_NO_CAPABILITY : ERROR_WRONG_KIND;
  return tapAnswer(invoke(0n, 0n, 0n, 0n, 0n, 0n, operation, slot), error, kind, slot);
}

/** One operation on every slot that holds another kind, or nothing. */
function refusesKinds(operation: u64, wanted: u64): boolean {
  let sound = true;
  for (let slot: u64 = 0n; slot < CAPABILITY_TABLE_SLOTS; slot++) {
    const kind = kindIn(slot);
    if (kind !== wanted && !refusesKind(operation, slot, kind)) sound = false;
  }
  return sound;
}

/** Every operation on every slot that holds another kind, or nothing. */
function checkKinds(): void {
  let sound = true;
  let operations: u64 = 0n;
  for (let operation: u64 = 1n; operation < OPERATION_LIMIT; operation++) {
    const wanted = kindOf(operation);
    if (wanted === KIND_NONE) continue;
    operations = operations + 1n;
    if (!refusesKinds(operation, wanted)) sound = false;
  }
  tapCheck(sound && operations > 20n, 'every operation refuses every other kind, and empty slots');
}

/** Whether a number is no operation, whatever it is applied to. */
function isUnknown(number: u64, capability: u64): boolean {
  return tapAnswer(invoke(0n, 0n, 0n, 0n, 0n, 0n, number, capability), ERROR_BAD_OPERATION, number, capability);
}

/** Numbers that are no operation, with their number as the detail. */
function checkOperations(): void {
  let sound = tapAnswer(invoke(0n, 0n, 0n, 0n, 0n, 0n, 0n, CONSOLE), ERROR_BAD_OPERATION, 0n, 0n);
  for (let bit: u64 = 0n; bit < WORD_BITS; bit++) {
    const number: u64 = OPERATION_LIMIT + (1n << bit) - 1n;
    if (!tapAnswer(invoke(0n, 0n, 0n, 0n, 0n, 0n, number, CONSOLE), ERROR_BAD_OPERATION, number, bit)) sound = false;
    const beside: u64 = (1n << bit) | OPERATION_CONSOLE_WRITE;
    if (beside < OPERATION_LIMIT) continue;
    if (!tapAnswer(invoke(0n, 0n, 0n, 0n, 0n, 0n, beside, CONSOLE), ERROR_BAD_OPERATION, beside, bit)) sound = false;
  }
  // The kernel's table has lines for more operations than there are.
  for (let number: u64 = OPERATION_HART_INSPECT + 1n; number < OPERATION_LIMIT; number++) {
    if (!isUnknown(number, CONSOLE) || !isUnknown(number, EMPTY) || !isUnknown(number, IDENTIFIER_ITSELF))
      sound = false;
  }
  tapCheck(sound, 'numbers that are no operation are BadOperation');
}

/** Ids with a bit that must be zero, and ids whose further levels have no table. */
function checkIdentifiers(): void {
  let sound = true;
  for (let bit: u64 = HIGH_BITS; bit < WORD_BITS; bit++) {
    const identifier: u64 = CONSOLE | (1n << bit);
    if (!tapAnswer(consoleWrite(identifier, 0n, 1n), ERROR_BAD_ARGUMENT, 7n, bit)) sound = false;
  }
  tapCheck(sound, 'ids with a bit above the levels are BadArgument');
  sound = true;
  for (let bit: u64 = 6n; bit < IDENTIFIER_LEVELS_SHIFT; bit++) {
    const identifier: u64 = CONSOLE | (1n << bit);
    if (!tapAnswer(consoleWrite(identifier, 0n, 1n), ERROR_BAD_ARGUMENT, 7n, bit)) sound = false;
  }
  tapCheck(sound, 'ids of the first level with a bit of a further one are BadArgument');
  sound = true;
  for (let levels: u64 = 1n; levels <= IDENTIFIER_LEVELS_MAXIMUM; levels++) {
    const identifier: u64 = CONSOLE | (levels << IDENTIFIER_LEVELS_SHIFT);
    if (!tapAnswer(consoleWrite(identifier, 0n, 1n), ERROR_NO_CAPABILITY, 1n, levels)) sound = false;
  }
  tapCheck(sound, 'a level without a table is NoCapability, and says which level');
}

/** The arguments of Console.Write: nothing of a refused call is printed. */
function checkConsole(): void {
  let sound = tapAnswer(consoleWrite(CONSOLE, 0x78n, 0n), ERROR_OUT_OF_RANGE, 9n, 0n);
  for (let bit: u64 = 4n; bit < WORD_BITS; bit++) {
    if (!tapAnswer(consoleWrite(CONSOLE, 0x78n, 1n << bit), ERROR_OUT_OF_RANGE, 9n, bit)) sound = false;
  }
  tapCheck(sound, 'Console.Write of no byte, or of more than 8, is OutOfRange');
  sound = true;
  for (let count: u64 = 1n; count < 8n; count++) {
    const bytes: u64 = 0x78n | (1n << (count << 3n));
    if (!tapAnswer(consoleWrite(CONSOLE, bytes, count), ERROR_BAD_ARGUMENT, 0n, count)) sound = false;
  }
  tapCheck(sound, 'Console.Write with a byte after the last one is BadArgument');
}

/** A number that changes when a slot of the own table does. */
function fingerprint(): u64 {
  let sum: u64 = 0n;
  for (let slot: u64 = 0n; slot < CAPABILITY_TABLE_SLOTS; slot++) {
    for (let field: u64 = 0n; field < 4n; field++) {
      const found = capabilityTableInspect(TABLE, slot, field);
      sum = sum * 31n + found.error * 1_000_003n + found.value;
    }
  }
  return sum;
}

/** Entered by the start file. */
export function componentMain(_info: BootInfo): never {
  const before = fingerprint();
  checkKinds();
  checkOperations();
  checkIdentifiers();
  checkConsole();
  tapCheck(fingerprint() === before, 'refused calls changed no slot');
  tapEnd();
}
