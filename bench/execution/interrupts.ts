/** Bench: a device interrupts. It is the serial line of QEMU's machine "virt", which is always ready to send. */

import { BOOT_SLOT_DEVICES, BOOT_SLOT_INTERRUPT_CONTROL, type BootInfo } from '../../kernel-src/abi/boot-info.ts';
import { EVENT_WAITING } from '../../kernel-src/abi/events.ts';
import { KIND_INTERRUPT } from '../../kernel-src/abi/kinds.ts';
import { OPERATION_INTERRUPT_ACKNOWLEDGE } from '../../kernel-src/abi/machine-operations.ts';
import { RIGHT_DEVICE_READ, RIGHT_DEVICE_WRITE } from '../../kernel-src/abi/rights.ts';
import { DEADLINE_NEVER } from '../../kernel-src/abi/thread-operations.ts';
import {
  capabilityTableCreate,
  interruptBind,
  pageTableMap,
  threadReadRegister,
  threadRun,
} from '../../user/lib/generated/operations.ts';
import { memorySetByteRegister } from '../../user/lib/memory.ts';
import { slotFind } from '../../user/lib/slots.ts';
import { benchFail, measureCall, measured, required } from '../lib/measure.ts';
import { rowPrint, rowSample, rowStart, SAMPLES } from '../lib/samples.ts';
import { measureRuns, PROGRAM_INTERRUPTS, PROGRAM_WAITS, READING_THREAD_END, readingAt } from './programs.ts';
import { expected, HOLE, HOLE_ENTRY, HOLE_TABLE, sceneThread, signalsTake, TABLE, WAKE } from './scene.ts';

/** Where it is, and its line (QEMU, hw/riscv/virt.c). */
const SERIAL_BASE: u64 = 0x1000_0000n;
const SERIAL_LINE: u64 = 10n;
/** Its register that says which interrupts it makes. */
const SERIAL_ENABLE: u64 = HOLE + 1n;
/** The register `s0`. */
const REGISTER_S0: u64 = 8n;
/** Instructions between the reading before and the interrupt: the store that makes the device interrupt. */
const STORE: u64 = 1n;

function serialMap(info: BootInfo): void {
  for (let index: u32 = 0; index < 32; index++) {
    if (index >= info.deviceCount || info.devices[index].base !== SERIAL_BASE) continue;
    const slot = u64(BOOT_SLOT_DEVICES + index);
    required(
      pageTableMap(HOLE_TABLE, HOLE_ENTRY, slot, 0n, RIGHT_DEVICE_READ | RIGHT_DEVICE_WRITE),
      'PageTable.Map of the serial line',
    );
    return;
  }
  benchFail('no serial line among the devices', u64(info.deviceCount));
}

/** A capability for its line. */
function serialLine(): u64 {
  const slot = slotFind(TABLE, 0n);
  const control = u64(BOOT_SLOT_INTERRUPT_CONTROL);
  required(capabilityTableCreate(TABLE, slot, KIND_INTERRUPT, control, SERIAL_LINE, 0n, 0n), 'CapabilityTable.Create');
  return slot;
}

/** What one interrupt took. */
class Interrupt {
  /** From the store of the thread that is interrupted to the first instruction of the handler, by way of their scheduler. */
  arrival: u64 = 0n;
  acknowledge: u64 = 0n;
}
const interrupt = new Interrupt();

function interruptOnce(line: u64, worker: u64, driver: u64): void {
  expected(measureRuns(worker, driver), EVENT_WAITING, 'event of the handler');
  const before = required(threadReadRegister(worker, REGISTER_S0), 'Thread.ReadRegister');
  interrupt.arrival = readingAt(READING_THREAD_END) - before - 1n - STORE;
  memorySetByteRegister(SERIAL_ENABLE, 0);
  const call = measureCall(0n, 0n, 0n, 0n, 0n, 0n, OPERATION_INTERRUPT_ACKNOWLEDGE, line);
  interrupt.acknowledge = measured(call, 'Interrupt.Acknowledge');
  signalsTake();
}

/** Two rows: the arrival of an interrupt, and Acknowledge. */
export function benchInterrupts(info: BootInfo): void {
  serialMap(info);
  const line = serialLine();
  const worker = sceneThread(PROGRAM_INTERRUPTS, HOLE);
  const driver = sceneThread(PROGRAM_WAITS, 0n);
  required(interruptBind(line, driver, 1n), 'Interrupt.Bind');
  expected(threadRun(driver, DEADLINE_NEVER, WAKE), EVENT_WAITING, 'event of the first Run');
  rowStart();
  for (const _ of range(SAMPLES)) {
    interruptOnce(line, worker, driver);
    rowSample(interrupt.arrival);
  }
  rowPrint('interrupt');
  rowStart();
  for (const _ of range(SAMPLES)) {
    interruptOnce(line, worker, driver);
    rowSample(interrupt.acknowledge);
  }
  rowPrint('acknowledge');
}
