/** The model: operations on page tables. */
import { COUNT_LIMIT, ENTRIES, KERNEL_HALF, KIND, PTE, RIGHT, TYPE } from '../checker/numbers.ts';
import { argument, find } from './look-up.ts';
import { fail, ok, type Expected, type Model, type ModelEntry, type ModelFrame } from './model.ts';

function levelOf(node: ModelFrame): number {
  return node.type - TYPE.PageTable0;
}
function lengthOf(node: ModelFrame): number {
  return levelOf(node) === 2 ? KERNEL_HALF : ENTRIES;
}

/** Why an index is not one of a node whose level must be in a range, or null. */
function refuseNode(node: ModelFrame, index: number, lowest: number, highest: number): Expected | null {
  const level = levelOf(node);
  if (level < lowest || level > highest) return fail('WrongLevel', level);
  if (index >= ENTRIES) return fail('OutOfRange', ENTRIES);
  return index >= lengthOf(node) ? fail('BadArgument', 0) : null;
}

/** Readable or executable, not writable alone, not writable and executable. */
export const LEGAL: readonly number[] = [2, 6, 8, 10];

/** An entry as the hardware reads it. */
export function entryWord({ page, permissions }: ModelEntry): bigint {
  const leaf = PTE.user | PTE.accessed | permissions | ((permissions & PTE.write) === 0 ? 0 : PTE.dirty);
  return BigInt(page) * 1024n + BigInt(PTE.valid | (permissions === 0 ? 0 : leaf));
}

export function pageInspect(node: ModelFrame, index: number): Expected {
  const failure = refuseNode(node, index, 0, 2);
  if (failure !== null) return failure;
  const entry = node.entries.get(index);
  return ok(entry === undefined ? 0n : entryWord(entry));
}

interface Page {
  readonly page: number;
  readonly isDevice: boolean;
}

/** The page that Map's source and index name, with the permissions; or the failure. */
function mapSource(model: Model, hart: number, { source, page, permissions }: MapCall): Page | Expected {
  const found = find(model, model.tableOf(hart), source, 1);
  if ('failure' in found) return found.failure;
  const isDevice = model.slot(found.place.table, found.place.index).kind === KIND.Device;
  const range = argument(model, hart, source, 1, isDevice ? KIND.Device : KIND.Frames, permissions);
  if ('failure' in range) return range.failure;
  return page < range.slot.count ? { page: range.slot.first + page, isDevice } : fail('OutOfRange', range.slot.count);
}

/** What Map is given beside the node. */
export interface MapCall {
  readonly index: number;
  readonly source: bigint;
  readonly page: number;
  readonly permissions: number;
}

export function pageMap(model: Model, hart: number, node: ModelFrame, call: MapCall): Expected {
  const failure = refuseNode(node, call.index, 0, 0);
  if (failure !== null) return failure;
  if (!LEGAL.includes(call.permissions)) return fail('BadArgument', 3);
  const source = mapSource(model, hart, call);
  if ('error' in source) return source;
  if (node.entries.has(call.index)) return fail('Occupied');
  if (!source.isDevice) {
    const frame = model.frame(source.page - model.first);
    if (frame.type !== TYPE.User) return fail('WrongType', model.typeAndCount(frame));
    if (model.isFull(frame.index)) return fail('Overflow', COUNT_LIMIT);
    model.reference(frame.index);
  }
  node.entries.set(call.index, { page: source.page, permissions: call.permissions });
  model.touched.add(node.index);
  return ok();
}

function remove(model: Model, node: ModelFrame, index: number, entry: ModelEntry): void {
  node.entries.delete(index);
  model.touched.add(node.index);
  const target = model.indexOf(entry.page);
  if (target >= 0) model.release(target);
}

export function pageRemove(model: Model, node: ModelFrame, index: number, lowest: number, highest: number): Expected {
  const failure = refuseNode(node, index, lowest, highest);
  if (failure !== null) return failure;
  const entry = node.entries.get(index);
  if (entry === undefined) return fail('Empty');
  remove(model, node, index, entry);
  return ok(model.epoch);
}

export function pageProtect(model: Model, node: ModelFrame, index: number, permissions: number): Expected {
  const failure = refuseNode(node, index, 0, 0);
  if (failure !== null) return failure;
  if (!LEGAL.includes(permissions)) return fail('BadArgument', 1);
  const entry = node.entries.get(index);
  if (entry === undefined) return fail('Empty');
  const missing = permissions & ~entry.permissions;
  if (missing !== 0) return fail('MissingRights', missing);
  node.entries.set(index, { page: entry.page, permissions });
  model.touched.add(node.index);
  return ok(model.epoch);
}

export function pageLink(model: Model, hart: number, node: ModelFrame, index: number, identifier: bigint): Expected {
  const failure = refuseNode(node, index, 1, 2);
  if (failure !== null) return failure;
  const child = argument(model, hart, identifier, 1, KIND.PageTable, RIGHT.PageTable.link);
  if ('failure' in child) return child.failure;
  if (node.entries.has(index)) return fail('Occupied');
  const level = levelOf(model.frame(child.slot.frame));
  if (level !== levelOf(node) - 1) return fail('WrongLevel', level);
  if (model.isFull(child.slot.frame)) return fail('Overflow', COUNT_LIMIT);
  node.entries.set(index, { page: model.first + child.slot.frame, permissions: 0 });
  model.reference(child.slot.frame);
  model.touched.add(node.index);
  return ok();
}

export function pageClear(model: Model, node: ModelFrame, first: number, count: number): Expected {
  const failure = refuseNode(node, first, 0, 2);
  if (failure !== null) return failure;
  if (count === 0) return fail('BadArgument', 1);
  const most = Math.min(64, lengthOf(node) - first);
  if (count > most) return fail('OutOfRange', most + 1);
  for (let index = first; index < first + count; index++) {
    const entry = node.entries.get(index);
    if (entry !== undefined) remove(model, node, index, entry);
  }
  return ok(model.epoch);
}
