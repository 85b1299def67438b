/** The model: how an id finds a slot, and what a capability must be. */
import { KIND, OPERATION, RIGHT, SLOTS, type OperationName } from '../checker/numbers.ts';
import { fail, type Expected, type Model, type ModelSlot } from './model.ts';

/** Where a slot is. */
export interface Place {
  readonly table: number;
  readonly index: number;
  /** How many levels of tables the id went down. */
  readonly level: number;
}
export type Found = { readonly place: Place } | { readonly failure: Expected };

/** Which kind and rights each operation needs of the capability that is invoked. */
export const NEEDS: Readonly<Record<OperationName, readonly [number, number]>> = {
  'Frames.Inspect': [KIND.Frames, 0],
  'Frames.Retype': [KIND.Frames, RIGHT.Frames.retype],
  'Frames.Recover': [KIND.Frames, RIGHT.Frames.retype],
  'CapabilityTable.Inspect': [KIND.CapabilityTable, RIGHT.CapabilityTable.inspect],
  'CapabilityTable.Create': [KIND.CapabilityTable, RIGHT.CapabilityTable.insert],
  'CapabilityTable.Copy': [KIND.CapabilityTable, RIGHT.CapabilityTable.insert],
  'CapabilityTable.Move': [KIND.CapabilityTable, RIGHT.CapabilityTable.insert],
  'CapabilityTable.Drop': [KIND.CapabilityTable, RIGHT.CapabilityTable.remove],
  'CapabilityTable.Clear': [KIND.CapabilityTable, RIGHT.CapabilityTable.remove],
  'CapabilityTable.Link': [KIND.CapabilityTable, RIGHT.CapabilityTable.insert],
  'CapabilityTable.Unlink': [KIND.CapabilityTable, RIGHT.CapabilityTable.remove],
  'PageTable.Inspect': [KIND.PageTable, RIGHT.PageTable.inspect],
  'PageTable.Map': [KIND.PageTable, RIGHT.PageTable.map],
  'PageTable.Unmap': [KIND.PageTable, RIGHT.PageTable.remove],
  'PageTable.Protect': [KIND.PageTable, RIGHT.PageTable.remove],
  'PageTable.Link': [KIND.PageTable, RIGHT.PageTable.map],
  'PageTable.Unlink': [KIND.PageTable, RIGHT.PageTable.remove],
  'PageTable.Clear': [KIND.PageTable, RIGHT.PageTable.remove],
  'Component.Retire': [KIND.Component, RIGHT.Component.retire],
  'Component.Inspect': [KIND.Component, 0],
  'Thread.Run': [KIND.Thread, RIGHT.Thread.run],
  'Thread.Signal': [KIND.Thread, RIGHT.Thread.signal],
  'Thread.ReadRegister': [KIND.Thread, RIGHT.Thread.registers],
  'Thread.WriteRegister': [KIND.Thread, RIGHT.Thread.registers],
  'Thread.Migrate': [KIND.Thread, RIGHT.Thread.migrate],
  'Thread.Inspect': [KIND.Thread, 0],
  'Invocation.Call': [KIND.Invocation, RIGHT.Invocation.call],
  'Itself.Return': [KIND.Itself, 0],
  'Itself.Wait': [KIND.Itself, 0],
  'Itself.Yield': [KIND.Itself, 0],
  'Itself.Quiesce': [KIND.Itself, 0],
  'Interrupt.Bind': [KIND.Interrupt, RIGHT.Interrupt.bind],
  'Interrupt.Unbind': [KIND.Interrupt, RIGHT.Interrupt.bind],
  'Interrupt.Acknowledge': [KIND.Interrupt, RIGHT.Interrupt.acknowledge],
  'Hart.Inspect': [KIND.Hart, 0],
};

const NAMES = new Map<bigint, OperationName>();
for (const name of Object.keys(OPERATION)) if (isOperation(name)) NAMES.set(BigInt(OPERATION[name]), name);

function isOperation(name: string): name is OperationName {
  return name in OPERATION;
}

/** The name of an operation that the model knows. */
export function operationOf(number: bigint): OperationName | undefined {
  return NAMES.get(number);
}

/** The slot that an id names from a table. `argument`: which one the id came in, for the detail of a malformed one. */
export function find(model: Model, table: number, identifier: bigint, argument: number): Found {
  if (identifier < BigInt(SLOTS)) return { place: { table, index: Number(identifier), level: 0 } };
  const levels = identifier >> 24n;
  const used = 6n * (levels + 1n);
  if (levels < 1n || levels > 3n || (identifier & 0xff_ffffn) >> used !== 0n) {
    return { failure: fail('BadArgument', argument) };
  }
  let at = table;
  for (let level = 1; level <= Number(levels); level++) {
    const index = Number((identifier >> BigInt(6 * (level - 1))) & 63n);
    at = model.slot(at, index).child;
    if (at < 0) return { failure: fail('NoCapability', level) };
  }
  return { place: { table: at, index: Number((identifier >> (6n * levels)) & 63n), level: Number(levels) } };
}

/** Why the capability in a slot is not of a kind with rights, or null if it is. */
export function refuse(slot: ModelSlot, kind: number, rights: number, level: number): Expected | null {
  if (slot.kind === KIND.None) return fail('NoCapability', level);
  if (slot.kind !== kind) return fail('WrongKind', slot.kind);
  const missing = rights & ~slot.rights;
  return missing === 0 ? null : fail('MissingRights', missing);
}

export type Held = { readonly slot: ModelSlot } | { readonly failure: Expected };

/** The capability that an id in an argument names, if it is of a kind with rights. */
export function argument(
  model: Model,
  hart: number,
  identifier: bigint,
  number: number,
  kind: number,
  rights: number,
): Held {
  const found = find(model, model.tableOf(hart), identifier, number);
  if ('failure' in found) return found;
  const slot = model.slot(found.place.table, found.place.index);
  const failure = refuse(slot, kind, rights, found.place.level);
  return failure === null ? { slot } : { failure };
}
