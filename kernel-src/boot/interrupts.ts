/** Takes over the platform interrupt controller: maps its registers for the kernel alone, and lets no line through. */

import { physicalAddress, physicalToVirtual } from '../base/address.ts';
import { hartAt } from '../base/hart.ts';
import { fenceTranslations } from '../machine/barrier.ts';
import { type Board, BOARD_HART_LIMIT } from '../machine/board.ts';
import { consoleDecimal, consoleHex, consoleText } from '../machine/console.ts';
import { HART_LIMIT } from '../machine/layout.ts';
import {
  plic,
  PLIC_CONTEXT,
  PLIC_CONTEXT_SIZE,
  PLIC_ENABLE,
  PLIC_ENABLE_SIZE,
  PLIC_PRIORITY,
  plicJoin,
  plicStart,
} from '../machine/plic.ts';
import { bootHarts } from './harts.ts';
import { kernelMapRegisters } from './map.ts';
import { bootStage } from './report.ts';

/** One more than the context of a hart at the controller; 0 if the device tree names none. */
function contextOf(board: Board, identifier: u64): u64 {
  for (let index: u32 = 0; index < BOARD_HART_LIMIT && index < board.hartCount; index++) {
    if (board.harts[index] === identifier) return u64(board.contexts[index]);
  }
  return 0n;
}

/** Maps the registers of a context. False if they are not the controller's. */
function mapContext(root: u64, board: Board, context: u64): boolean {
  const claim: u64 = PLIC_CONTEXT + context * PLIC_CONTEXT_SIZE;
  if (claim + PLIC_CONTEXT_SIZE > board.interruptControllerSize) return false;
  const base = board.interruptController;
  return (
    kernelMapRegisters(root, base + PLIC_ENABLE + context * PLIC_ENABLE_SIZE) && kernelMapRegisters(root, base + claim)
  );
}

/** Maps what the kernel needs of the controller. False if there is none, or some hart has no context. */
function mapController(root: u64, board: Board): boolean {
  if (board.interruptControllerSize === 0n) return false;
  if (!kernelMapRegisters(root, board.interruptController + PLIC_PRIORITY)) return false;
  for (let index: u32 = 0; index < HART_LIMIT && index < bootHarts.count; index++) {
    const context = contextOf(board, bootHarts.identifiers[index]);
    if (context === 0n || !mapContext(root, board, context - 1n)) return false;
  }
  return true;
}

/** Starts the controller; without one that serves every hart, no Interrupt can be made. `root`: kernel address of the kernel's root. */
export function interruptsStart(root: u64, board: Board): void {
  if (!mapController(root, board)) {
    bootStage(
      'no interrupt controller (sifive,plic-1.0.0 or riscv,plic0) with a context for every hart: no interrupts\n',
    );
    return;
  }
  fenceTranslations();
  const base = physicalToVirtual(physicalAddress(board.interruptController));
  plicStart(base, board.interruptLines);
  for (let index: u32 = 0; index < HART_LIMIT && index < bootHarts.count; index++) {
    const hart = hartAt(index);
    hart.claim = plicJoin(base, hart.index, contextOf(board, hart.identifier) - 1n);
  }
  bootStage('interrupt controller at ');
  consoleHex(board.interruptController);
  consoleText(', ');
  consoleDecimal(plic.lines - 1n);
  consoleText(' lines\n');
}
