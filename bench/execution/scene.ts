/**
 * What the rows need: a component with an address space of its own, a capability table of its own, and the image of
 * this one; an invocation of it, and threads in it.
 */

import {
  BOOT_SLOT_FRAMES,
  BOOT_SLOT_PAGE_TABLES,
  BOOT_SLOT_TABLE,
  type BootInfo,
} from '../../kernel-src/abi/boot-info.ts';
import { ERROR_OK } from '../../kernel-src/abi/errors.ts';
import { IDENTIFIER_ITSELF } from '../../kernel-src/abi/identifiers.ts';
import {
  KIND_CAPABILITY_TABLE,
  KIND_COMPONENT,
  KIND_INVOCATION,
  KIND_PAGE_TABLE,
  KIND_THREAD,
} from '../../kernel-src/abi/kinds.ts';
import { type Outcome } from '../../kernel-src/abi/outcome.ts';
import { THREAD_REGISTER_PC } from '../../kernel-src/abi/thread-operations.ts';
import { framesStart } from '../../user/lib/frames.ts';
import {
  capabilityTableCreate,
  itselfWait,
  pageTableLink,
  threadWriteRegister,
} from '../../user/lib/generated/operations.ts';
import { objectMake } from '../../user/lib/objects.ts';
import { slotFind } from '../../user/lib/slots.ts';
import { benchFail, required } from '../lib/measure.ts';
import { programAt } from './programs.ts';

export const TABLE: u64 = u64(BOOT_SLOT_TABLE);
/** A page at which nothing is mapped; its place in the table that has the stack, the third that boot makes. */
export const HOLE: u64 = 0x3004_0000n;
export const HOLE_ENTRY: u64 = 0x40n;
export const HOLE_TABLE: u64 = u64(BOOT_SLOT_PAGE_TABLES) + 2n;
/** The signal that a thread gives its scheduler when it is signalled. */
export const WAKE: u64 = 1n;
/** The table of level 1 that boot makes first: image and stack are below it. */
const LOWER: u64 = u64(BOOT_SLOT_PAGE_TABLES);
/** The number of the register in which a program gets its argument. */
const REGISTER_ARGUMENT: u64 = 10n;

class Scene {
  /** Slots of the component, and of its capability table. */
  component: u64 = 0n;
  table: u64 = 0n;
}
export const scene = new Scene();

/** The slot of a new object. */
function made(kind: u64, first: u64, second: u64): u64 {
  const object = objectMake(TABLE, kind, first, second);
  if (object.error !== ERROR_OK) benchFail('CapabilityTable.Create', object.error);
  return object.slot;
}

/** Makes the component. */
export function sceneStart(info: BootInfo): void {
  framesStart(TABLE, u64(BOOT_SLOT_FRAMES), u64(info.ramCount));
  const root = made(KIND_PAGE_TABLE, 2n, 0n);
  required(pageTableLink(root, 0n, LOWER), 'PageTable.Link');
  scene.table = made(KIND_CAPABILITY_TABLE, 0n, 0n);
  scene.component = made(KIND_COMPONENT, root, scene.table);
}

/** The slot of a thread in the component, which starts a program with an argument. */
export function sceneThread(program: u64, argument: u64): u64 {
  const thread = made(KIND_THREAD, scene.component, 0n);
  required(threadWriteRegister(thread, THREAD_REGISTER_PC, programAt(program)), 'Thread.WriteRegister');
  required(threadWriteRegister(thread, REGISTER_ARGUMENT, argument), 'Thread.WriteRegister');
  return thread;
}

/** Stops unless a Run has ended with an event. */
export function expected(outcome: Outcome, event: u64, what: Text): void {
  if (required(outcome, what) !== event) benchFail(what, outcome.value);
}

/** Takes the signals of this thread, of which there are some. */
export function signalsTake(): void {
  expected(itselfWait(IDENTIFIER_ITSELF), WAKE, 'signals of the scheduler');
}

/** The slot of an invocation of the component. */
export function sceneInvocation(program: u64): u64 {
  const slot = slotFind(TABLE, 0n);
  const answer = capabilityTableCreate(TABLE, slot, KIND_INVOCATION, scene.component, programAt(program), 0n, 0n);
  required(answer, 'CapabilityTable.Create');
  return slot;
}
