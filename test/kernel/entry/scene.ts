/** A component with one capability of each kind of this kernel, with and without rights, at every depth. */
import { SimulatedKernel, type Answer, type Call } from '../simulated-kernel.ts';

/** Slots of the root table in the scene. */
export const CONSOLE = 1n;
export const SYSTEM = 2n;
export const FRAMES = 3n;
export const TABLE = 4n;
export const CONSOLE_WITHOUT_RIGHTS = 5n;
export const SYSTEM_WITHOUT_RIGHTS = 6n;
export const TABLE_WITHOUT_RIGHTS = 7n;
export const BUSY = 8n;
export const THREAD = 9n;
export const HART = 10n;
/** Below this slot, slots 1 and 2 of the tables of the further levels hold a console without and with rights; slot 0 leads on. */
export const DEEPER = 11n;
export const EMPTY = 60n;
/** How many frames the range has, and the first of them. */
export const FRAMES_COUNT = 40n;
export const FRAMES_FIRST = 16n;
/** The tables, by their frames: the root, and those of the further levels. */
export const TABLES: readonly bigint[] = [8n, 9n, 10n, 11n];

/** An id from the indexes of its levels, the own table's first. */
export function identifier(...indexes: readonly bigint[]): bigint {
  const bits = indexes.reduce((sum, index, level) => sum | (index << BigInt(level * 6)), 0n);
  return bits | (BigInt(indexes.length - 1) << 24n);
}

export function makeScene(): SimulatedKernel {
  const kernel = new SimulatedKernel();
  const kind = (name: string): bigint => kernel.constant(`KIND_${name}`);
  const [root = 0n, ...children] = TABLES;
  const all = 0xffffn;
  const grant = (index: bigint, name: string, rights: bigint, more = {}): void =>
    kernel.grant(root, Number(index), { kind: kind(name), rights, ...more });
  grant(CONSOLE, 'CONSOLE', kernel.constant('RIGHT_CONSOLE_WRITE'));
  grant(SYSTEM, 'SYSTEM', kernel.constant('RIGHT_SYSTEM_SHUTDOWN'));
  grant(FRAMES, 'FRAMES', 0n, { first: kernel.number(FRAMES_FIRST), count: FRAMES_COUNT });
  grant(TABLE, 'CAPABILITY_TABLE', kernel.constant('RIGHT_CAPABILITY_TABLE_INSPECT'), { frame: kernel.number(root) });
  grant(CONSOLE_WITHOUT_RIGHTS, 'CONSOLE', all & ~kernel.constant('RIGHT_CONSOLE_WRITE'));
  grant(SYSTEM_WITHOUT_RIGHTS, 'SYSTEM', all & ~kernel.constant('RIGHT_SYSTEM_SHUTDOWN'));
  const others = all & ~kernel.constant('RIGHT_CAPABILITY_TABLE_INSPECT');
  grant(TABLE_WITHOUT_RIGHTS, 'CAPABILITY_TABLE', others, { frame: kernel.number(root) });
  kernel.grant(root, Number(BUSY), { kind: kernel.constant('SLOT_BUSY') });
  grant(THREAD, 'THREAD', all, { frame: kernel.number(12n) });
  grant(HART, 'HART', all, { first: 3n });
  let parent = root;
  let slot = Number(DEEPER);
  for (const child of children) {
    kernel.link(parent, slot, child);
    kernel.grant(child, 1, { kind: kind('CONSOLE') });
    kernel.grant(child, 2, { kind: kind('CONSOLE'), rights: kernel.constant('RIGHT_CONSOLE_WRITE') });
    parent = child;
    slot = 0;
  }
  kernel.typeFrame(FRAMES_FIRST + 1n, 'FRAME_TYPE_USER', 5n);
  return kernel;
}

/** The call, and that it failed with this error and detail and changed nothing. */
export function refusal(kernel: SimulatedKernel, call: Call): Answer {
  const before = kernel.state();
  const output = kernel.output;
  const answer = kernel.invoke(call);
  if (answer.error === 0n) throw new Error('the call succeeded; expected a refusal');
  if (Buffer.compare(before, kernel.state()) !== 0) throw new Error('the refused call changed the state');
  if (kernel.output !== output) throw new Error('the refused call wrote to the console');
  return answer;
}
