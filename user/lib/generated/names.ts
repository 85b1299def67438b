/**
 * The names of errors, kinds, rights and frame types.
 *
 * Generated from `kernel-src/abi` by `make docs`; `make check` finds it stale after a change there.
 */

const ERROR_NAMES: readonly Text[] = [
  'Ok',
  'NoCapability',
  'WrongKind',
  'MissingRights',
  'BadOperation',
  'BadArgument',
  'OutOfRange',
  'WrongType',
  'InUse',
  'NotQuiescent',
  'NotEmpty',
  'Occupied',
  'Empty',
  'Busy',
  'Overflow',
  'WrongLevel',
  'WrongHart',
  'NotIdle',
  'InInvocation',
  'Dead',
  'Faulted',
  'DepthExceeded',
];

/** The name of an error, as in the manual. */
export function errorName(error: u64): Text {
  const number: u64 = error;
  if (number >= 22n) return 'unknown';
  return ERROR_NAMES[u32(number)];
}

/** The number of a kind of capability, in the order of the manual; 15 if there is no such kind. */
function kindNumber(kind: u64): u64 {
  const number: u64 = kind & 0xfn;
  const value: u64 = number === 0n ? 0n : number | ((number ^ 0xfn) << 4n);
  return kind === value ? number : 0xfn;
}

const KIND_NAMES: readonly Text[] = [
  'None',
  'Frames',
  'Device',
  'CapabilityTable',
  'PageTable',
  'Component',
  'Thread',
  'Invocation',
  'InterruptControl',
  'Interrupt',
  'Hart',
  'Console',
  'System',
  'Itself',
];

/** The name of a kind of capability, as in the manual. */
export function kindName(kind: u64): Text {
  const number: u64 = kindNumber(kind);
  if (number >= 14n) return 'unknown';
  return KIND_NAMES[u32(number)];
}

const FRAME_TYPE_NAMES: readonly Text[] = [
  'Reserved',
  'Busy',
  'Untyped',
  'User',
  'Blank',
  'CapabilityTable',
  'PageTable0',
  'PageTable1',
  'PageTable2',
  'Component',
  'Thread',
];

/** The name of a frame type, without the mark of the dead, as in the manual. */
export function frameTypeName(frameType: u64): Text {
  const number: u64 = frameType;
  if (number >= 11n) return 'unknown';
  return FRAME_TYPE_NAMES[u32(number)];
}

/** Names of the rights of each kind, 4 bits a kind; empty where there is none. */
const RIGHT_NAMES: readonly Text[] = [
  '',
  '',
  '',
  '',
  'retype',
  'read',
  'write',
  'execute',
  '',
  'read',
  'write',
  '',
  'insert',
  'use',
  'remove',
  'inspect',
  'map',
  'link',
  'remove',
  'inspect',
  'bind',
  'retire',
  '',
  '',
  'run',
  'signal',
  'registers',
  'migrate',
  'call',
  '',
  '',
  '',
  'bind',
  '',
  '',
  '',
  'bind',
  'acknowledge',
  '',
  '',
  'start',
  '',
  '',
  '',
  'write',
  '',
  '',
  '',
  'shutdown',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
];

/** How many bits of rights a kind has at most. */
export const RIGHT_BITS: u64 = 4n;

/** The name of one bit of the rights of a kind; empty if the kind has no such right. */
export function rightName(kind: u64, bit: u64): Text {
  const number: u64 = kindNumber(kind);
  if (number >= 14n || bit >= RIGHT_BITS) return '';
  return RIGHT_NAMES[u32(number * RIGHT_BITS + bit)];
}
