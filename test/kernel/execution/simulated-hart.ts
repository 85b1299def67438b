/**
 * A hart around the kernel as JavaScript: a test makes the system calls and
 * traps of many threads and looks at what each of them sees.
 */
import type { HostValue, SharedAccess } from '../../../compiler/runtime/host-machine.ts';
import { HART_SIZE, ROOM, SimulatedKernel, type Answer } from '../simulated-kernel.ts';
import { NEVER, Processor, zeros } from '../support/processor.ts';
import { LINES, PLIC_SIZE, SimulatedPlic } from '../support/simulated-plic.ts';

export { EXTERNAL, NEVER, SOFTWARE, TIMER } from '../support/processor.ts';
export const ITSELF = 64n;

export class SimulatedHart extends Processor {
  readonly kernel: SimulatedKernel;
  readonly plic = new SimulatedPlic(ROOM);
  time = 1000n;
  /** The harts that were interrupted. */
  interrupted: bigint[] = [];
  #nextFrame = 20n;

  constructor() {
    super();
    const machine = {
      ...this.functions(),
      timeNow: () => this.time,
      hartInterrupt: (identifier: bigint) => void this.interrupted.push(identifier),
      kernelRoot: () => this.kernel.address(0x1000),
    };
    this.kernel = new SimulatedKernel(PLIC_SIZE, machine, this.plic);
    const { kernel } = this;
    this.attach(kernel.memory, (className, field) => kernel.at(className, 0, field));
    kernel.call('timerStart', true);
    kernel.setField('Hart', kernel.hart, 'armed', NEVER);
    this.#placePlic();
  }

  /** Tells the kernel where the registers of the interrupt controller are. */
  #placePlic(): void {
    const { kernel, plic } = this;
    const global = kernel.global('plic');
    kernel.setField('Plic', global, 'priority', kernel.address(plic.start));
    kernel.setField('Plic', global, 'lines', BigInt(LINES));
    for (let hart = 0; hart < 8; hart++) {
      const { enable, claim } = plic.registers(hart);
      kernel.setWord(kernel.at('Plic', global, 'enables') + hart * 8, kernel.address(enable));
      kernel.setField('Hart', kernel.hart + hart * HART_SIZE, 'claim', kernel.address(claim));
    }
  }

  // --------------------------------------------------------------- what a test does

  /** The thread that runs makes a system call. Afterwards `registers` are those of whoever runs then. */
  call(capability: bigint, operation: string, ...values: readonly bigint[]): Answer {
    return this.callWith(null, capability, operation, ...values);
  }

  /** As `call`; another hart acts before each shared access. */
  callWith(
    interfere: ((access: SharedAccess) => void) | null,
    capability: bigint,
    operation: string,
    ...values: readonly bigint[]
  ): Answer {
    const number = this.kernel.constant(`OPERATION_${operation}`);
    this.prepareCall(capability, number, values);
    const call = { capability, operation: number, arguments: [...values, ...zeros()].slice(0, 6) };
    this.finishCall(interfere === null ? this.kernel.invoke(call) : this.kernel.invokeWith(call, interfere));
    return this.answer();
  }

  /** The thread that runs traps. */
  trap(cause: bigint, value = 0n): Answer {
    this.saveAll(this.thread());
    this.kernel.call('trapEntry', this.kernel.hart, this.thread(), value, cause);
    return this.answer();
  }

  /** An interrupt wakes the hart. */
  wake(pending: bigint): void {
    this.pending = pending;
    this.kernel.call('idleWake', this.kernel.hart);
  }

  /** Byte index of the frame of the thread that runs. */
  thread(): number {
    return Number(this.kernel.field('Hart', this.kernel.hart, 'thread') - this.kernel.address(0));
  }

  /** Byte index of the entry that names the component which a thread is in. */
  #topOf(thread: number): number {
    return Number(this.kernel.field('ThreadFrame', thread, 'top') - this.kernel.address(0));
  }

  /** The component that the running thread is in, as a frame. */
  inside(): bigint {
    const { kernel } = this;
    const address = kernel.field('InvocationEntry', this.#topOf(this.thread()), 'component');
    return (address - kernel.address(0)) >> 12n;
  }

  /** A thread that is in its first component is in another one from now on, as if it had been made in it. */
  moveInto(thread: bigint, component: bigint): void {
    const { kernel } = this;
    const entry = this.#topOf(kernel.byteOf(thread));
    kernel.setField('InvocationEntry', entry, 'component', kernel.address(kernel.byteOf(component)));
  }

  /** How many threads run inside the outermost one. */
  depth(): bigint {
    let depth = 0n;
    const { kernel } = this;
    let outer = kernel.field('ThreadFrame', this.thread(), 'outer');
    for (; outer !== 0n; depth++) outer = kernel.field('ThreadFrame', Number(outer - kernel.address(0)), 'outer');
    return depth;
  }

  // ---------------------------------------------------------------------- objects

  /** A frame of a type that counts one reference. */
  frame(type: string): bigint {
    const frame = this.#nextFrame++;
    this.kernel.typeFrame(frame, `FRAME_TYPE_${type}`, 1n);
    return frame;
  }

  /** A component with a root and a table of its own; answers their frames. */
  component(): { readonly component: bigint; readonly root: bigint; readonly table: bigint } {
    const [component, root, table] = [
      this.frame('COMPONENT'),
      this.frame('PAGE_TABLE_2'),
      this.frame('CAPABILITY_TABLE'),
    ];
    const { kernel } = this;
    kernel.call('componentMake', kernel.number(component), kernel.number(root), kernel.number(table));
    return { component, root, table };
  }

  /** A thread in a component, in a frame of its own. */
  newThread(component: bigint): bigint {
    const frame = this.frame('THREAD');
    this.kernel.call('threadMake', this.kernel.number(frame), this.kernel.number(component), 0n);
    return frame;
  }

  /** Makes a thread the outermost one of the hart, running. */
  start(frame: bigint, table: bigint): void {
    const { kernel } = this;
    const thread = kernel.byteOf(frame);
    kernel.setField('ThreadFrame', thread, 'status', 1n);
    kernel.setField('Hart', kernel.hart, 'thread', kernel.address(thread));
    kernel.setField('Hart', kernel.hart, 'outermost', kernel.address(thread));
    kernel.setField('ThreadFrame', thread, 'room', 7n);
    kernel.setField('Hart', kernel.hart, 'table', kernel.address(kernel.byteOf(table)));
  }

  /** Puts a capability for an object into a slot. */
  grantObject(table: bigint, index: number, kind: string, rights: bigint, frame: bigint): void {
    const { kernel } = this;
    kernel.grant(table, index, { kind: kernel.constant(`KIND_${kind}`), rights, frame: kernel.number(frame) });
    kernel.setField('Slot', kernel.slotOf(table, index), 'badge', kind === 'THREAD' ? NEVER : 0n);
  }

  /** Exported numbers of the kernel. */
  event(name: string): bigint {
    return this.kernel.constant(`EVENT_${name}`);
  }
  error(name: string): bigint {
    return this.kernel.constant(`ERROR_${name}`);
  }
  state(frame: bigint): bigint {
    return this.kernel.field('ThreadFrame', this.kernel.byteOf(frame), 'status') & 0xffn;
  }
  outcome(name: string, ...values: HostValue[]): Answer {
    return this.kernel.outcome(name, ...values);
  }
}
