/** The model: a system call, from the entry into the kernel to the answer. */
import { tableCreate } from './create.ts';
import { framesInspect, framesRecover, framesRetype } from './frames.ts';
import { find, NEEDS, operationOf, refuse } from './look-up.ts';
import { pageClear, pageInspect, pageLink, pageMap, pageProtect, pageRemove } from './page-tables.ts';
import {
  tableClear,
  tableCopy,
  tableDrop,
  tableInspect,
  tableLink,
  tableMove,
  tableUnlink,
} from './capability-tables.ts';
import { fail, type Expected, type Model, type ModelSlot } from './model.ts';
import { KIND, type OperationName } from '../checker/numbers.ts';

/** The calling thread itself, as a capability id. */
const ITSELF = 64n;
/** In place of the id of the invoked capability, in the detail of BadArgument. */
const CAPABILITY = 7;

/** A system call as a component makes it. */
export interface ModelCall {
  readonly hart: number;
  readonly capability: bigint;
  readonly operation: bigint;
  /** Six. */
  readonly values: readonly bigint[];
}

function onFrames(model: Model, name: OperationName, call: ModelCall, slot: ModelSlot): Expected {
  const [a0 = 0, a1 = 0] = call.values.map(Number);
  if (name === 'Frames.Inspect') return framesInspect(model, slot, a0);
  if (name === 'Frames.Retype') return framesRetype(model, call.hart, slot, a0, a1);
  return framesRecover(model, call.hart, slot, a0, a1);
}

function onTable(model: Model, name: OperationName, call: ModelCall, slot: ModelSlot): Expected {
  const { hart, values } = call;
  const [a0 = 0, a1 = 0, rights = 0, first = 0, count = 0] = values.map(Number);
  const [, identifier = 0n, , , , mask = 0n] = values;
  const table = slot.frame;
  switch (name) {
    case 'CapabilityTable.Inspect':
      return tableInspect(model, table, a0, a1);
    case 'CapabilityTable.Create':
      return tableCreate(model, { hart, table, values });
    case 'CapabilityTable.Copy':
      return tableCopy(model, hart, table, a0, identifier, { rights, first, count, mask });
    case 'CapabilityTable.Move':
      return tableMove(model, hart, table, a0, identifier);
    case 'CapabilityTable.Drop':
      return tableDrop(model, table, a0);
    case 'CapabilityTable.Clear':
      return tableClear(model, table, a0, a1);
    case 'CapabilityTable.Link':
      return tableLink(model, hart, table, a0, identifier);
    default:
      return tableUnlink(model, table, a0);
  }
}

function onPageTable(model: Model, name: OperationName, call: ModelCall, slot: ModelSlot): Expected {
  const [a0 = 0, a1 = 0, a2 = 0, a3 = 0] = call.values.map(Number);
  const [, identifier = 0n] = call.values;
  const node = model.frame(slot.frame);
  switch (name) {
    case 'PageTable.Inspect':
      return pageInspect(node, a0);
    case 'PageTable.Map':
      return pageMap(model, call.hart, node, { index: a0, source: identifier, page: a2, permissions: a3 });
    case 'PageTable.Unmap':
      return pageRemove(model, node, a0, 0, 0);
    case 'PageTable.Protect':
      return pageProtect(model, node, a0, a1);
    case 'PageTable.Link':
      return pageLink(model, call.hart, node, a0, identifier);
    case 'PageTable.Unlink':
      return pageRemove(model, node, a0, 1, 2);
    default:
      return pageClear(model, node, a0, a1);
  }
}

/** The look-up: the capability that is invoked, or why it is not one for the operation. */
function lookUp(model: Model, call: ModelCall): { slot: ModelSlot; name: OperationName } | { failure: Expected } {
  const name = operationOf(call.operation);
  if (name === undefined) return { failure: fail('BadOperation', call.operation) };
  if (call.capability === ITSELF) return { failure: fail('WrongKind', KIND.Itself) };
  const found = find(model, model.hart(call.hart).table, call.capability, CAPABILITY);
  if ('failure' in found) return found;
  const slot = model.slot(found.place.table, found.place.index);
  const [kind, rights] = NEEDS[name];
  const failure = refuse(slot, kind, rights, found.place.level);
  return failure === null ? { slot, name } : { failure };
}

/** What a system call answers. The model is then in the state after it; `touched` names the frames that changed. */
export function modelCall(model: Model, call: ModelCall): Expected {
  model.touched.clear();
  model.interrupted.length = 0;
  if (model.hart(call.hart).attention && !model.enter(call.hart)) return { error: 'Stops', value: 0n, lookUp: false };
  const found = lookUp(model, call);
  if ('failure' in found) return { ...found.failure, lookUp: true };
  const { slot, name } = found;
  if (slot.kind === KIND.Frames) return onFrames(model, name, call, slot);
  return slot.kind === KIND.CapabilityTable ? onTable(model, name, call, slot) : onPageTable(model, name, call, slot);
}
