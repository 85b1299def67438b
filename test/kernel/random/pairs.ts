/**
 * Every pair of an operation and an error, as the interface lists them (`kernel-src/abi`, from which docs/abi.md is
 * written too): those that one hart alone can produce, which the random tests must produce, and no others; and those that
 * take a second hart in the middle of the operation, which the interleavings and tests by hand must produce.
 *
 * A pair is `Operation Error`. Errors of the look-up, with which every operation begins, are `look-up Operation Error`.
 */
import { LOOK_UP, readModel } from '../../../tools/abi/model.ts';
import { OPERATION, type OperationName } from '../checker/numbers.ts';
import { operationOf } from '../model/look-up.ts';

/** Their refusals are provoked in `test/kernel/entry`: they end the machine, or reach out of it. */
const APART = ['Console', 'System'];
export const LISTED = readModel().operations.filter(({ kind }) => !APART.includes(kind));

/** The operations, in the order of their numbers. */
export const OPERATIONS: readonly OperationName[] = Object.values(OPERATION).flatMap((number) => {
  const name = operationOf(BigInt(number));
  return name === undefined ? [] : [name];
});

/** The answer to an operation that there is not. */
export const NO_OPERATION = 'look-up none BadOperation';

/** What the look-up answers to each operation; MissingRights only where the operation needs a right. */
const LOOK_UP_PAIRS = LISTED.flatMap(({ kind, name, rights }) =>
  LOOK_UP.map(({ error }) => error)
    .filter((error) => error !== 'BadOperation' && (error !== 'MissingRights' || rights.length > 0))
    .map((error) => `look-up ${kind}.${name} ${error}`),
);
const PAIRS = LISTED.flatMap(({ kind, name, errors }) => errors.map(({ error }) => `${kind}.${name} ${error}`));

/**
 * Whether it takes a second hart. Busy says that one was changing the same thing. And a Blank frame, which Create can
 * find in use, counts nothing but the reference of a hart that is about to find that it is no object.
 */
function takesSeveral(pair: string): boolean {
  return pair.endsWith(' Busy') || pair === 'CapabilityTable.Create InUse';
}

/** Pairs that one hart alone produces. */
export const ONE_HART: readonly string[] = [
  NO_OPERATION,
  ...[...LOOK_UP_PAIRS, ...PAIRS].filter((pair) => !takesSeveral(pair)),
];

/** Pairs that take a second hart in the middle of the operation. */
export const SEVERAL_HARTS: readonly string[] = [...LOOK_UP_PAIRS, ...PAIRS].filter(takesSeveral);

/** Those of them that the interleavings provoke. `pairs.test.ts` provokes every Busy of the look-up. */
export const INTERLEAVED: readonly string[] = SEVERAL_HARTS.filter((pair) =>
  /^(look-up )?(Frames|CapabilityTable|PageTable)\./.test(pair),
);

/** Kinds whose operations' errors, all of them, `test/kernel/execution/refusals.test.ts` provokes by hand. */
export const BY_HAND: readonly string[] = ['Component', 'Thread', 'Invocation', 'Itself', 'Interrupt', 'Hart'];
