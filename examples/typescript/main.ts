/**
 * A first component in TypeScript. It looks at what it was given, shows how a
 * frame changes its type and how the kernel refuses something, and ends with
 * exit code 0 if everything was as expected.
 */

import { BOOT_SLOT_FRAMES, BOOT_SLOT_SYSTEM, BOOT_SLOT_TABLE, BootInfo } from './harmony/kernel-src/abi/boot-info.ts';
import { INSPECT_KIND } from './harmony/kernel-src/abi/capability-table-operations.ts';
import { ERROR_OK, ERROR_WRONG_TYPE } from './harmony/kernel-src/abi/errors.ts';
import { FRAME_TYPE_UNTYPED, FRAME_TYPE_USER } from './harmony/kernel-src/abi/frame-types.ts';
import { CAPABILITY_TABLE_SLOTS } from './harmony/kernel-src/abi/identifiers.ts';
import { KIND_FRAMES } from './harmony/kernel-src/abi/kinds.ts';
import { type Outcome } from './harmony/kernel-src/abi/outcome.ts';
import { printAnswer } from './harmony/user/lib/answers.ts';
import { printDecimal, printLine, printText } from './harmony/user/lib/console.ts';
import { FRAME_NONE, frameGiveBack, frameAddress, framesStart, frameTake } from './harmony/user/lib/frames.ts';
import { kindName } from './harmony/user/lib/generated/names.ts';
import { capabilityTableInspect, framesRetype, systemShutdown } from './harmony/user/lib/generated/operations.ts';

/** The own capability table: of what boot gives a component, in slot 0. */
const TABLE: u64 = u64(BOOT_SLOT_TABLE);
const FRAMES: u64 = u64(BOOT_SLOT_FRAMES);

/** Prints an answer of the kernel. */
function show(what: Text, answer: Outcome): void {
  printText(what);
  printText(': ');
  printAnswer(answer, KIND_FRAMES);
  printLine();
}

/** Lists the own capabilities. */
function listCapabilities(): void {
  for (let slot: u64 = 0n; slot < CAPABILITY_TABLE_SLOTS; slot++) {
    const found = capabilityTableInspect(TABLE, slot, INSPECT_KIND);
    if (found.error !== ERROR_OK) continue;
    printText('  ');
    printDecimal(slot);
    printText('  ');
    printText(kindName(found.value & 0xffn));
    printLine();
  }
}

/** Takes a free frame for itself, and gives it back. True if that was allowed. */
function useFrame(): boolean {
  const frame = frameTake(FRAME_TYPE_USER);
  if (frame === FRAME_NONE) return false;
  printText('frame number ');
  printDecimal(frameAddress(frame) >> 12n);
  printText(' is ours');
  printLine();
  const given = frameGiveBack(frame);
  show('give it back', given);
  return given.error === ERROR_OK;
}

/** Entered by the start file. */
export function componentMain(info: BootInfo): never {
  printText('Hello from TypeScript. Hart capabilities: ');
  printDecimal(u64(info.hartCount));
  printLine();
  framesStart(TABLE, FRAMES, u64(info.ramCount));
  listCapabilities();
  const used = useFrame();
  const refused = framesRetype(FRAMES, 0n, FRAME_TYPE_UNTYPED);
  show('retype a frame of the firmware', refused);
  const expected = used && refused.error === ERROR_WRONG_TYPE;
  systemShutdown(u64(BOOT_SLOT_SYSTEM), expected ? 0n : 1n);
  unreachable();
}
