/**
 * The machine of `memory-machine.ts` with harts that have registers: each runs a chain of threads, whose frames lie in
 * the memory. They take turns: at each moment one of them acts, as the component that it is in.
 */
import type { HostExternal } from '../../../compiler/runtime/host-machine.ts';
import { CHAIN, COMPONENT, HART, HARTS, NEVER, SATP_MODE, THREAD, THREAD_HOME_SHIFT } from '../checker/numbers.ts';
import {
  addressOf,
  BOOTER,
  DEVICE,
  FIRST,
  MachineStopped,
  MemoryMachine,
  TEMPLATE_FRAME,
  type Answer,
} from './memory-machine.ts';
import { Processor, type OffsetOf } from './processor.ts';
import { SimulatedPlic } from './simulated-plic.ts';

const FRAME = 4096;
/** Identifiers of harts begin here. */
const IDENTIFIERS = 100;
const KERNEL_SATP = SATP_MODE | BigInt(FIRST + TEMPLATE_FRAME);

/** How an entry into the kernel ended: with an answer; with registers that were loaded; or the machine was stopped. */
export type Entry = Answer | 'moved' | 'stopped';

/** Functions that act on the hart that is current when they are called. */
function shared(processors: readonly Processor[], machine: MemoryMachine): Readonly<Record<string, HostExternal>> {
  const each = processors.map((processor) => processor.functions());
  const names = Object.keys(each[0] ?? {});
  const of = (name: string): HostExternal => {
    const list = each.map((functions) => functions[name]);
    return (...values: never[]) => list[machine.current]?.(...values);
  };
  return {
    ...Object.fromEntries(names.map((name) => [name, of(name)])),
    hartInterrupt: (identifier: bigint) => {
      machine.interrupts.push(identifier);
      const processor = processors[Number(identifier) - IDENTIFIERS];
      if (processor !== undefined) processor.pending |= 2n;
    },
  };
}

export class HartMachine extends MemoryMachine {
  readonly processors: readonly Processor[];
  readonly plic: SimulatedPlic;

  constructor() {
    const processors = Array.from({ length: HARTS }, () => new Processor());
    const plic = new SimulatedPlic(DEVICE);
    super((machine) => shared(processors, machine), plic);
    this.processors = processors;
    this.plic = plic;
    const offsetOf = (className: string, field: string): number => {
      const found = this.program.classes[className]?.fields[field];
      if (found === undefined) throw new Error(`the kernel has no field ${className}.${field}`);
      return found.offset;
    };
    this.#placePlic(offsetOf);
    for (const processor of processors) processor.attach(this.host.memory, offsetOf);
    this.call('timerStart', true);
    for (let hart = 0; hart < HARTS; hart++) {
      this.stop(hart);
      this.setWord(this.hartBlock(hart) + HART.armed, NEVER);
    }
    this.start(0, BOOTER.thread);
    this.keepFresh();
  }

  /** Tells the kernel where the registers of the interrupt controller are. */
  #placePlic(offsetOf: OffsetOf): void {
    const global = this.objectAt('plic');
    this.setWord(global + offsetOf('Plic', 'priority'), addressOf(this.plic.start));
    for (let hart = 0; hart < HARTS; hart++) {
      const { enable, claim } = this.plic.registers(hart);
      this.setWord(global + offsetOf('Plic', 'enables') + hart * 8, addressOf(enable));
      this.setWord(this.hartBlock(hart) + HART.claim, addressOf(claim));
    }
  }

  override reset(): void {
    super.reset();
    this.plic.reset();
    for (const processor of this.processors) processor.reset();
    this.start(0, BOOTER.thread);
  }

  processor(hart: number): Processor {
    const found = this.processors[hart];
    if (found === undefined) throw new Error(`the machine has no hart ${hart}`);
    return found;
  }

  /** An idle thread becomes the outermost one of a hart that runs nothing, as boot does it. */
  start(hart: number, thread: number): void {
    const block = this.hartBlock(hart);
    const frame = thread * FRAME;
    const component = this.componentIn(thread).frame;
    this.setWord(frame + THREAD.status, 1n | (BigInt(hart) << BigInt(THREAD_HOME_SHIFT)));
    this.setWord(frame + THREAD.runner, 0n);
    this.setWord(frame + THREAD.outer, 0n);
    this.setWord(frame + THREAD.room, BigInt(CHAIN - 1));
    this.setWord(block + HART.outermost, addressOf(frame));
    this.setWord(block + HART.thread, addressOf(frame));
    this.setWord(block + HART.wake, 0n);
    this.setWord(block + HART.armed, NEVER);
    this.setWord(block + HART.table, this.word(component * FRAME + COMPONENT.tableAddress));
    this.call('epochJoin', block);
    const processor = this.processor(hart);
    processor.timer = NEVER;
    processor.resume(frame, this.word(component * FRAME + COMPONENT.satp));
  }

  /** A hart runs nothing from now on. */
  stop(hart: number): void {
    this.leave(hart);
    const block = this.hartBlock(hart);
    for (const field of [HART.thread, HART.outermost, HART.wake]) this.setWord(block + field, 0n);
    const processor = this.processor(hart);
    Object.assign(processor, { floatingOn: false, sleeping: false, satp: KERNEL_SATP });
  }

  /** The outermost thread, which runs none, gives its hart up: it is idle, and at home on hart 0. */
  giveUp(hart: number, thread: number): void {
    this.processor(hart).suspend(thread * FRAME);
    this.setWord(thread * FRAME + THREAD.status, 0n);
    this.stop(hart);
  }

  /** A thread as Create makes it, in the component that it is in, at home on hart 0. */
  remake(thread: number): void {
    const { frame, key } = this.componentIn(thread);
    this.bytes.fill(0, thread * FRAME, (thread + 1) * FRAME);
    this.call('threadMake', BigInt(FIRST + thread), BigInt(FIRST + frame) | ((key >> 8n) << 32n), 0n);
  }

  #enter(hart: number, way: () => Answer | null): Entry {
    this.current = hart;
    const processor = this.processor(hart);
    try {
      const answer = way();
      if (processor.moved || answer === null) return 'moved';
      processor.finishCall(answer);
      return answer;
    } catch (error) {
      if (error instanceof MachineStopped) return 'stopped';
      throw error;
    }
  }

  /** The thread that runs on a hart makes a system call. */
  systemCall(hart: number, capability: bigint, operation: bigint, values: readonly bigint[]): Entry {
    return this.#enter(hart, () => {
      this.processor(hart).prepareCall(capability, operation, values);
      return this.invoke(capability, operation, values);
    });
  }

  /** The thread that runs on a hart traps. */
  trap(hart: number, cause: bigint, value: bigint): Entry {
    return this.#enter(hart, () => {
      const block = this.hartBlock(hart);
      const thread = Number(this.word(block + HART.thread) - addressOf(0));
      this.processor(hart).saveAll(thread);
      this.call('trapEntry', block, thread, value, cause);
      return null;
    });
  }

  /** An interrupt is pending on a hart that sleeps. */
  wake(hart: number): Entry {
    return this.#enter(hart, () => {
      this.call('idleWake', this.hartBlock(hart));
      return null;
    });
  }
}
