/** The model: a system call, from the entry into the kernel to the answer. */
import { answer, dieBeforeCall } from './chain.ts';
import { componentInspect, componentRetire, invocationCall, itselfReturn } from './components.ts';
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
import { hartInspect, interruptAcknowledge, interruptBind, interruptUnbind } from './interrupts.ts';
import { emptySlot, fail, type Expected, type Model, type ModelSlot } from './model.ts';
import {
  itselfQuiesce,
  itselfWait,
  itselfYield,
  threadInspect,
  threadMigrate,
  threadReadRegister,
  threadRun,
  threadSignal,
  threadWriteRegister,
} from './threads.ts';
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
  if (call.capability === ITSELF) {
    const isOwn = NEEDS[name][0] === KIND.Itself;
    return isOwn ? { slot: emptySlot(), name } : { failure: fail('WrongKind', KIND.Itself) };
  }
  const found = find(model, model.tableOf(call.hart), call.capability, CAPABILITY);
  if ('failure' in found) return found;
  const slot = model.slot(found.place.table, found.place.index);
  const [kind, rights] = NEEDS[name];
  const failure = refuse(slot, kind, rights, found.place.level);
  return failure === null ? { slot, name } : { failure };
}

function onThread(model: Model, name: OperationName, call: ModelCall, slot: ModelSlot): Expected {
  const { hart, values } = call;
  const [a0 = 0n, a1 = 0n] = values;
  switch (name) {
    case 'Thread.Run':
      return threadRun(model, hart, slot, a0, a1);
    case 'Thread.Signal':
      return threadSignal(model, hart, slot, a0);
    case 'Thread.ReadRegister':
      return threadReadRegister(model, hart, slot, a0);
    case 'Thread.WriteRegister':
      return threadWriteRegister(model, hart, slot, a0, a1);
    case 'Thread.Migrate':
      return threadMigrate(model, hart, slot, a0);
    default:
      return threadInspect(model, slot, a0);
  }
}

function onInterrupt(model: Model, name: OperationName, call: ModelCall, slot: ModelSlot): Expected {
  const [a0 = 0n, a1 = 0n] = call.values;
  if (name === 'Interrupt.Bind') return interruptBind(model, call.hart, slot, a0, a1);
  return name === 'Interrupt.Unbind' ? interruptUnbind(model, slot) : interruptAcknowledge(model, call.hart, slot);
}

function onItself(model: Model, name: OperationName, call: ModelCall): Expected {
  switch (name) {
    case 'Itself.Return':
      return itselfReturn(model, call.hart, call.values);
    case 'Itself.Wait':
      return itselfWait(model, call.hart);
    case 'Itself.Yield':
      return itselfYield(model, call.hart);
    default:
      return itselfQuiesce(model, call.hart, call.values[0] ?? 0n);
  }
}

function perform(model: Model, name: OperationName, call: ModelCall, slot: ModelSlot): Expected {
  switch (NEEDS[name][0]) {
    case KIND.Frames:
      return onFrames(model, name, call, slot);
    case KIND.CapabilityTable:
      return onTable(model, name, call, slot);
    case KIND.PageTable:
      return onPageTable(model, name, call, slot);
    case KIND.Component:
      if (name === 'Component.Retire') return componentRetire(model, call.hart, slot);
      return componentInspect(model, slot, call.values[0] ?? 0n);
    case KIND.Thread:
      return onThread(model, name, call, slot);
    case KIND.Invocation:
      return invocationCall(model, call.hart, slot, call.values);
    case KIND.Interrupt:
      return onInterrupt(model, name, call, slot);
    case KIND.Hart:
      return hartInspect(slot, call.values[0] ?? 0n);
    default:
      return onItself(model, name, call);
  }
}

/**
 * What a system call answers. The model is then in the state after it; `touched` names the frames that changed. The
 * registers of the thread that made the call are as it had them, but for those that the call is given in.
 */
export function modelCall(model: Model, call: ModelCall): Expected {
  model.beginStep();
  const thread = model.current(call.hart);
  for (const [index, value] of call.values.entries()) thread.registers[10 + index] = value;
  thread.registers[16] = call.operation;
  thread.registers[17] = call.capability;
  thread.registers[0] = BigInt.asUintN(64, (thread.registers[0] ?? 0n) + 4n);
  if (model.hart(call.hart).attention && !model.enter(call.hart)) return dieBeforeCall(model, call.hart);
  const found = lookUp(model, call);
  const expected =
    'failure' in found ? { ...found.failure, lookUp: true } : perform(model, found.name, call, found.slot);
  const { error, value } = expected;
  if (error !== 'Moves' && error !== 'Stops') answer(thread, error, value);
  return expected;
}
