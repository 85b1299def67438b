/**
 * Every pair of an operation and an error that the interface lists for it: those that one hart
 * alone can produce, which the random tests must produce, and those that take a second hart in the middle of the
 * operation, which the interleavings must produce. `pairs.test.ts` compares the list with the interface.
 *
 * A pair is `Operation Error`. Errors of the look-up, with which every operation begins, are `look-up Operation Error`.
 */
import { OPERATION, type ErrorName, type OperationName } from '../checker/numbers.ts';
import { NEEDS, operationOf } from '../model/look-up.ts';

interface Errors {
  readonly one: readonly ErrorName[];
  readonly several: readonly ErrorName[];
}

const ERRORS: Readonly<Record<OperationName, Errors>> = {
  'Frames.Inspect': { one: ['OutOfRange'], several: ['Busy'] },
  'Frames.Retype': {
    one: [
      'BadArgument',
      'OutOfRange',
      'WrongType',
      'InUse',
      'NotQuiescent',
      'NotEmpty',
      'WrongHart',
      'NotIdle',
      'Overflow',
    ],
    several: ['Busy'],
  },
  'Frames.Recover': { one: ['OutOfRange', 'WrongType', 'Occupied', 'Dead', 'Overflow'], several: ['Busy'] },
  'CapabilityTable.Inspect': { one: ['OutOfRange', 'Empty'], several: ['Busy'] },
  // InUse: a Blank frame counts nothing but the reference of a hart that is about to find that it is no object.
  'CapabilityTable.Create': {
    one: [
      'BadArgument',
      'OutOfRange',
      'Occupied',
      'NoCapability',
      'WrongKind',
      'MissingRights',
      'WrongType',
      'WrongLevel',
      'WrongHart',
      'Overflow',
      'Dead',
    ],
    several: ['InUse', 'Busy'],
  },
  'CapabilityTable.Copy': {
    one: ['BadArgument', 'OutOfRange', 'Occupied', 'NoCapability', 'MissingRights', 'Overflow', 'Dead'],
    several: ['Busy'],
  },
  'CapabilityTable.Move': { one: ['BadArgument', 'OutOfRange', 'Occupied', 'NoCapability'], several: ['Busy'] },
  'CapabilityTable.Drop': { one: ['OutOfRange', 'Empty'], several: ['Busy'] },
  'CapabilityTable.Clear': { one: ['BadArgument', 'OutOfRange'], several: ['Busy'] },
  'CapabilityTable.Link': {
    one: ['BadArgument', 'OutOfRange', 'Occupied', 'NoCapability', 'WrongKind', 'MissingRights', 'Overflow'],
    several: ['Busy'],
  },
  'CapabilityTable.Unlink': { one: ['OutOfRange', 'Empty'], several: ['Busy'] },
  'PageTable.Inspect': { one: ['BadArgument', 'OutOfRange'], several: ['Busy'] },
  'PageTable.Map': {
    one: [
      'BadArgument',
      'OutOfRange',
      'WrongLevel',
      'Occupied',
      'NoCapability',
      'WrongKind',
      'MissingRights',
      'WrongType',
      'Overflow',
    ],
    several: ['Busy'],
  },
  'PageTable.Unmap': { one: ['OutOfRange', 'WrongLevel', 'Empty'], several: ['Busy'] },
  'PageTable.Protect': {
    one: ['BadArgument', 'OutOfRange', 'WrongLevel', 'Empty', 'MissingRights'],
    several: ['Busy'],
  },
  'PageTable.Link': {
    one: [
      'BadArgument',
      'OutOfRange',
      'WrongLevel',
      'Occupied',
      'NoCapability',
      'WrongKind',
      'MissingRights',
      'Overflow',
    ],
    several: ['Busy'],
  },
  'PageTable.Unlink': { one: ['BadArgument', 'OutOfRange', 'WrongLevel', 'Empty'], several: ['Busy'] },
  'PageTable.Clear': { one: ['BadArgument', 'OutOfRange'], several: ['Busy'] },
  'Component.Retire': { one: ['Dead'], several: ['Busy'] },
  'Component.Inspect': { one: ['OutOfRange'], several: ['Busy'] },
  'Thread.Run': { one: ['WrongHart', 'NotIdle', 'DepthExceeded'], several: ['Busy'] },
  'Thread.Signal': { one: ['BadArgument', 'MissingRights'], several: ['Busy'] },
  'Thread.ReadRegister': { one: ['OutOfRange', 'WrongHart', 'NotIdle', 'InInvocation'], several: ['Busy'] },
  'Thread.WriteRegister': { one: ['OutOfRange', 'WrongHart', 'NotIdle', 'InInvocation'], several: ['Busy'] },
  'Thread.Migrate': { one: ['OutOfRange', 'WrongHart', 'NotIdle'], several: ['Busy'] },
  'Thread.Inspect': { one: ['OutOfRange'], several: ['Busy'] },
  'Invocation.Call': { one: ['DepthExceeded', 'Dead', 'Faulted'], several: ['Busy'] },
  'Itself.Return': { one: [], several: [] },
  'Itself.Wait': { one: [], several: [] },
  'Itself.Yield': { one: [], several: [] },
  'Interrupt.Bind': { one: ['BadArgument', 'NoCapability', 'WrongKind', 'MissingRights'], several: ['Busy'] },
  'Interrupt.Unbind': { one: ['Empty'], several: ['Busy'] },
  'Interrupt.Acknowledge': { one: ['Empty', 'WrongHart'], several: ['Busy'] },
  'Hart.Inspect': { one: ['OutOfRange'], several: ['Busy'] },
  'Itself.Quiesce': { one: ['OutOfRange', 'NotQuiescent'], several: [] },
};

/** The operations, in the order of their numbers. */
export const OPERATIONS: readonly OperationName[] = Object.values(OPERATION).flatMap((number) => {
  const name = operationOf(BigInt(number));
  return name === undefined ? [] : [name];
});

/** What the look-up answers on one hart; MissingRights only where the operation needs a right. */
function lookUpErrors(name: OperationName): readonly ErrorName[] {
  const always: readonly ErrorName[] = ['BadArgument', 'NoCapability', 'WrongKind'];
  return NEEDS[name][1] === 0 ? always : [...always, 'MissingRights'];
}

/** A pair as a text. */
export function pair(name: OperationName, error: ErrorName, lookUp = false): string {
  return `${lookUp ? 'look-up ' : ''}${name} ${error}`;
}

/** The answer to an operation that there is not. */
export const NO_OPERATION = 'look-up none BadOperation';

/** Pairs that one hart alone produces. */
export const ONE_HART: readonly string[] = [
  NO_OPERATION,
  ...OPERATIONS.flatMap((name) => lookUpErrors(name).map((error) => pair(name, error, true))),
  ...OPERATIONS.flatMap((name) => ERRORS[name].one.map((error) => pair(name, error))),
];

/** Pairs that take a second hart in the middle of the operation. */
export const SEVERAL_HARTS: readonly string[] = [
  ...OPERATIONS.map((name) => pair(name, 'Busy', true)),
  ...OPERATIONS.flatMap((name) => ERRORS[name].several.map((error) => pair(name, error))),
];
