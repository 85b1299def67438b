/** A call for every error that an operation can answer, and for every error of the look-up. */
import { KIND } from '../checker/numbers.ts';
import { readModel } from '../../../tools/abi/model.ts';
import type { Answer, Call, SimulatedKernel } from '../simulated-kernel.ts';
import * as scene from './scene.ts';

export interface Refusal {
  /** `Kind.Operation`, or `look-up`. */
  readonly operation: string;
  readonly error: string;
  readonly detail: bigint;
  readonly call: Call;
  /** What another hart does to the slot in the middle of the call. */
  readonly interfere?: 'invoked' | 'inspected';
}

export const MODEL = readModel();

/** The number of an operation, by `Kind.Operation`. */
export function operationNumber(name: string): bigint {
  const found = MODEL.operations.find((operation) => `${operation.kind}.${operation.name}` === name);
  if (found === undefined) throw new Error(`found no operation ${name}`);
  return found.constant.value;
}
export function errorNumber(name: string): bigint {
  const found = MODEL.errors.find((error) => error.name === name);
  if (found === undefined) throw new Error(`found no error ${name}`);
  return found.constant.value;
}

const WRITE = operationNumber('Console.Write');
const SHUTDOWN = operationNumber('System.Shutdown');
const REBOOT = operationNumber('System.Reboot');
const INSPECT_FRAME = operationNumber('Frames.Inspect');
const INSPECT_SLOT = operationNumber('CapabilityTable.Inspect');
const HIGH = 1n << 63n;
/** One change of a slot, in its header. */
const NEXT_SEQUENCE = 1n << 32n;

function call(capability: bigint, operation: bigint, ...values: readonly bigint[]): Call {
  return { capability, operation, arguments: values };
}

const OPERATIONS: readonly Refusal[] = [
  { operation: 'Console.Write', error: 'OutOfRange', detail: 9n, call: call(scene.CONSOLE, WRITE, 0n, 0n) },
  { operation: 'Console.Write', error: 'OutOfRange', detail: 9n, call: call(scene.CONSOLE, WRITE, 0n, 9n) },
  { operation: 'Console.Write', error: 'OutOfRange', detail: 9n, call: call(scene.CONSOLE, WRITE, 0n, HIGH | 1n) },
  {
    operation: 'Console.Write',
    error: 'OutOfRange',
    detail: 9n,
    call: call(scene.CONSOLE, WRITE, 65n, (1n << 32n) | 1n),
  },
  { operation: 'Console.Write', error: 'BadArgument', detail: 0n, call: call(scene.CONSOLE, WRITE, 0x4241n, 1n) },
  { operation: 'Console.Write', error: 'BadArgument', detail: 0n, call: call(scene.CONSOLE, WRITE, HIGH, 7n) },
  { operation: 'System.Shutdown', error: 'OutOfRange', detail: 256n, call: call(scene.SYSTEM, SHUTDOWN, 256n) },
  { operation: 'System.Shutdown', error: 'OutOfRange', detail: 256n, call: call(scene.SYSTEM, SHUTDOWN, 1n << 32n) },
  {
    operation: 'Frames.Inspect',
    error: 'OutOfRange',
    detail: scene.FRAMES_COUNT,
    call: call(scene.FRAMES, INSPECT_FRAME, scene.FRAMES_COUNT),
  },
  {
    operation: 'Frames.Inspect',
    error: 'OutOfRange',
    detail: scene.FRAMES_COUNT,
    call: call(scene.FRAMES, INSPECT_FRAME, 1n << 32n),
  },
  {
    operation: 'Frames.Inspect',
    error: 'OutOfRange',
    detail: scene.FRAMES_COUNT,
    call: call(scene.FRAMES, INSPECT_FRAME, HIGH),
  },
  {
    operation: 'Frames.Inspect',
    error: 'Busy',
    detail: 0n,
    call: call(scene.FRAMES, INSPECT_FRAME, 0n),
    interfere: 'invoked',
  },
  {
    operation: 'CapabilityTable.Inspect',
    error: 'OutOfRange',
    detail: 64n,
    call: call(scene.TABLE, INSPECT_SLOT, 64n, 0n),
  },
  {
    operation: 'CapabilityTable.Inspect',
    error: 'OutOfRange',
    detail: 64n,
    call: call(scene.TABLE, INSPECT_SLOT, 1n << 32n, 0n),
  },
  {
    operation: 'CapabilityTable.Inspect',
    error: 'OutOfRange',
    detail: 4n,
    call: call(scene.TABLE, INSPECT_SLOT, 0n, 4n),
  },
  {
    operation: 'CapabilityTable.Inspect',
    error: 'OutOfRange',
    detail: 4n,
    call: call(scene.TABLE, INSPECT_SLOT, 0n, HIGH),
  },
  {
    operation: 'CapabilityTable.Inspect',
    error: 'Empty',
    detail: 0n,
    call: call(scene.TABLE, INSPECT_SLOT, scene.EMPTY, 0n),
  },
  {
    operation: 'CapabilityTable.Inspect',
    error: 'Empty',
    detail: 0n,
    call: call(scene.TABLE, INSPECT_SLOT, scene.EMPTY, 2n),
  },
  {
    operation: 'CapabilityTable.Inspect',
    error: 'Busy',
    detail: 0n,
    call: call(scene.TABLE, INSPECT_SLOT, scene.BUSY, 0n),
  },
  {
    operation: 'CapabilityTable.Inspect',
    error: 'Busy',
    detail: 0n,
    call: call(scene.TABLE, INSPECT_SLOT, scene.CONSOLE, 0n),
    interfere: 'invoked',
  },
  {
    operation: 'CapabilityTable.Inspect',
    error: 'Busy',
    detail: 0n,
    call: call(scene.TABLE, INSPECT_SLOT, scene.CONSOLE, 1n),
    interfere: 'inspected',
  },
];

const deep = (...indexes: readonly bigint[]): bigint => scene.identifier(scene.DEEPER, ...indexes);

const LOOK_UP: readonly Refusal[] = [
  { operation: 'look-up', error: 'BadOperation', detail: 0n, call: call(scene.CONSOLE, 0n) },
  { operation: 'look-up', error: 'BadOperation', detail: 0n, call: call(scene.EMPTY, 0n) },
  { operation: 'look-up', error: 'BadOperation', detail: 40n, call: call(scene.EMPTY, 40n) },
  { operation: 'look-up', error: 'BadOperation', detail: 41n, call: call(scene.FRAMES, 41n) },
  { operation: 'look-up', error: 'BadOperation', detail: 63n, call: call(64n, 63n) },
  { operation: 'look-up', error: 'BadOperation', detail: 7n, call: call(deep(2n), 7n) },
  { operation: 'look-up', error: 'BadOperation', detail: HIGH | WRITE, call: call(scene.CONSOLE, HIGH | WRITE) },
  {
    operation: 'look-up',
    error: 'BadOperation',
    detail: (1n << 32n) | WRITE,
    call: call(deep(2n), (1n << 32n) | WRITE),
  },
  { operation: 'look-up', error: 'BadArgument', detail: 7n, call: call(65n, WRITE, 65n, 1n) },
  { operation: 'look-up', error: 'BadArgument', detail: 7n, call: call((1n << 32n) | scene.CONSOLE, WRITE, 65n, 1n) },
  { operation: 'look-up', error: 'BadArgument', detail: 7n, call: call(deep(2n) | (1n << 12n), WRITE, 65n, 1n) },
  { operation: 'look-up', error: 'BadArgument', detail: 7n, call: call(deep(2n) | (1n << 26n), WRITE, 65n, 1n) },
  { operation: 'look-up', error: 'NoCapability', detail: 0n, call: call(scene.EMPTY, WRITE, 65n, 1n) },
  {
    operation: 'look-up',
    error: 'NoCapability',
    detail: 1n,
    call: call(scene.identifier(scene.CONSOLE, 2n), WRITE, 65n, 1n),
  },
  { operation: 'look-up', error: 'NoCapability', detail: 1n, call: call(deep(9n), WRITE, 65n, 1n) },
  { operation: 'look-up', error: 'NoCapability', detail: 2n, call: call(deep(0n, 9n), WRITE, 65n, 1n) },
  { operation: 'look-up', error: 'NoCapability', detail: 3n, call: call(deep(0n, 0n, 9n), WRITE, 65n, 1n) },
  { operation: 'look-up', error: 'WrongKind', detail: BigInt(KIND.System), call: call(scene.SYSTEM, WRITE, 65n, 1n) },
  { operation: 'look-up', error: 'WrongKind', detail: BigInt(KIND.Console), call: call(scene.CONSOLE, SHUTDOWN, 0n) },
  {
    operation: 'look-up',
    error: 'WrongKind',
    detail: BigInt(KIND.Thread),
    call: call(scene.THREAD, INSPECT_SLOT, 0n, 0n),
  },
  { operation: 'look-up', error: 'WrongKind', detail: BigInt(KIND.Console), call: call(deep(0n, 0n, 2n), REBOOT) },
  { operation: 'look-up', error: 'WrongKind', detail: BigInt(KIND.Itself), call: call(64n, WRITE, 65n, 1n) },
  {
    operation: 'look-up',
    error: 'MissingRights',
    detail: 1n,
    call: call(scene.CONSOLE_WITHOUT_RIGHTS, WRITE, 65n, 1n),
  },
  { operation: 'look-up', error: 'MissingRights', detail: 1n, call: call(scene.SYSTEM_WITHOUT_RIGHTS, SHUTDOWN, 0n) },
  { operation: 'look-up', error: 'MissingRights', detail: 1n, call: call(scene.SYSTEM_WITHOUT_RIGHTS, REBOOT) },
  {
    operation: 'look-up',
    error: 'MissingRights',
    detail: 8n,
    call: call(scene.TABLE_WITHOUT_RIGHTS, INSPECT_SLOT, 0n, 0n),
  },
  { operation: 'look-up', error: 'MissingRights', detail: 1n, call: call(deep(1n), WRITE, 65n, 1n) },
  { operation: 'look-up', error: 'MissingRights', detail: 1n, call: call(deep(0n, 0n, 1n), WRITE, 65n, 1n) },
  { operation: 'look-up', error: 'Busy', detail: 0n, call: call(scene.BUSY, WRITE, 65n, 1n) },
];

export const REFUSALS: readonly Refusal[] = [...OPERATIONS, ...LOOK_UP];

/** Makes the call, and makes sure that it changes nothing. If the case says so, another hart changes a slot in its middle. */
export function provoke(kernel: SimulatedKernel, refusal: Refusal): Answer {
  if (refusal.interfere === undefined) return scene.refusal(kernel, refusal.call);
  const invoked = Number(refusal.call.capability);
  const inspected = Number(refusal.call.arguments?.[0] ?? 0n);
  const slot = kernel.slotOf(kernel.rootTable, refusal.interfere === 'invoked' ? invoked : inspected);
  const before = kernel.state();
  const header = kernel.word(slot);
  const answer = kernel.invokeWith(refusal.call, (access) => {
    const isBody = access.kind === 'atomic' && access.address > slot && access.address < slot + 64;
    if (isBody) kernel.setWord(slot, header + NEXT_SEQUENCE);
  });
  if (kernel.word(slot) === header) throw new Error('the call read nothing of the slot that the other hart changed');
  kernel.setWord(slot, header);
  if (Buffer.compare(before, kernel.state()) !== 0) throw new Error('the refused call changed the state');
  return answer;
}
