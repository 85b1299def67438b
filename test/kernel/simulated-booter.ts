/**
 * The booter as JavaScript on top of the kernel as JavaScript, in one memory:
 * each of its system calls is one of the simulated kernel, and its addresses go
 * through the page tables that the kernel keeps. Its own image, stack and
 * BootInfo lie behind the kernel's memory and are not in the page tables.
 */
import {
  loadHostModule,
  SimpleHostMachine,
  type HostExternal,
  type HostMachine,
  type HostProgram,
} from '../../compiler/runtime/host-machine.ts';
import { FRAMES, KERNEL_FRAMES, ROOM, SimulatedKernel } from './simulated-kernel.ts';

const BOOTER = await loadHostModule(new URL('../../../user/booter/js/program.js', import.meta.url).href);
/** Memory of the component, and where it sees the byte 0 of the whole memory. */
const SIZE = 0x10_0000;
export const BASE = 0x10000n;
/** Byte indexes in its memory. */
export const BOOT_INFO = ROOM + 0x8_0000;
export const ARCHIVE = ROOM + 0x9_0000;
const DEVICE = ROOM + SIZE;
/** Frame number of the only page of the only device. */
export const DEVICE_FRAME = 0x10000n;
/** Frames of the booter's objects, counted from 0: root of the page table, component, thread. The table is the kernel's. */
const ROOT = KERNEL_FRAMES + 1n;
const COMPONENT = KERNEL_FRAMES + 2n;
const THREAD = KERNEL_FRAMES + 3n;
/** The first frame that is Untyped. */
export const FREE_FRAME = KERNEL_FRAMES + 4n;

/** An address that the page tables do not allow. */
export class PageFault extends Error {
  constructor(address: bigint, reason: string) {
    super(`page fault at 0x${address.toString(16)}: ${reason}`);
    this.name = 'PageFault';
  }
}

export class SimulatedBooter {
  readonly kernel = new SimulatedKernel(SIZE + 4096);
  readonly program: HostProgram;

  constructor(externals: Readonly<Record<string, HostExternal>>) {
    this.#makeObjects();
    this.#grantAll();
    this.program = BOOTER.instantiate(this.#machine(externals));
    new Uint8Array(this.kernel.memory, DEVICE, 4096).fill(0xd7);
  }

  #machine(externals: Readonly<Record<string, HostExternal>>): HostMachine {
    const { memory } = this.kernel;
    const plain = new SimpleHostMachine({ size: memory.byteLength, base: BASE, staticStart: ROOM, memory, externals });
    return {
      memory,
      base: BASE,
      staticStart: ROOM,
      initialized: false,
      externals,
      volatileRead: (address, size) => plain.volatileRead(address, size),
      volatileWrite: (address, size, value) => plain.volatileWrite(address, size, value),
      support: {
        ...plain.support,
        objectAt: (address, className, length, alignment, site) => {
          const index = this.#translate(address);
          return plain.support.objectAt(BASE + BigInt(index), className, length, alignment, site);
        },
      },
    };
  }

  /** As Sv39 does: the byte index for an address of the component. */
  #translate(address: bigint): number {
    const own = Number(address - BASE);
    if (own >= ROOM && own < DEVICE) return own;
    if (address >> 38n !== 0n) throw new PageFault(address, 'not in the lower half');
    let table = this.kernel.byteOf(ROOT);
    for (let level = 2n; ; level -= 1n) {
      const entry = this.kernel.word(table + Number((address >> (12n + 9n * level)) & 0x1ffn) * 8);
      const frame = (entry >> 10n) & 0xfff_ffff_ffffn;
      if ((entry & 1n) === 0n) throw new PageFault(address, `level ${level} has no entry`);
      if (level === 0n) return this.#leaf(address, entry, frame);
      if ((entry & 0xfen) !== 0n) throw new PageFault(address, `level ${level} holds 0x${entry.toString(16)}, no link`);
      table = this.kernel.byteOf(frame - this.kernel.number(0n));
    }
  }

  #leaf(address: bigint, entry: bigint, frame: bigint): number {
    if ((entry & 0x12n) !== 0x12n) throw new PageFault(address, 'not to be read by a component');
    if ((entry & 0x40n) === 0n) throw new PageFault(address, 'not marked as accessed');
    const offset = Number(address & 0xfffn);
    if (frame === DEVICE_FRAME) return DEVICE + offset;
    const index = frame - this.kernel.number(0n);
    if (index < KERNEL_FRAMES || index >= FRAMES) throw new PageFault(address, `frame ${frame} is not free memory`);
    return this.kernel.byteOf(index) + offset;
  }

  /** The booter's own objects, each counted as boot counts it. */
  #makeObjects(): void {
    const { kernel } = this;
    kernel.typeFrame(kernel.rootTable, 'FRAME_TYPE_CAPABILITY_TABLE', 2n);
    kernel.typeFrame(ROOT, 'FRAME_TYPE_PAGE_TABLE_2', 2n);
    kernel.typeFrame(COMPONENT, 'FRAME_TYPE_COMPONENT', 1n);
    kernel.typeFrame(THREAD, 'FRAME_TYPE_THREAD', 1n);
    kernel.setField('Hart', kernel.hart, 'thread', kernel.address(kernel.byteOf(THREAD)));
    kernel.setField('Hart', kernel.hart, 'outermost', kernel.address(kernel.byteOf(THREAD)));
    kernel.call('componentMake', kernel.number(COMPONENT), kernel.number(ROOT), kernel.number(kernel.rootTable));
    kernel.call('threadMake', kernel.number(THREAD), kernel.number(COMPONENT), 0n);
    kernel.setField('ThreadFrame', kernel.byteOf(THREAD), 'room', 7n);
    kernel.setField('ThreadFrame', kernel.byteOf(THREAD), 'status', 1n);
  }

  /** The slots that boot fills. */
  #grantAll(): void {
    const { kernel } = this;
    const grant = (slot: string, kind: string, rights: bigint, more = {}): void =>
      kernel.grant(kernel.rootTable, Number(kernel.constant(`BOOT_SLOT_${slot}`)), {
        kind: kernel.constant(`KIND_${kind}`),
        rights,
        ...more,
      });
    grant('TABLE', 'CAPABILITY_TABLE', 0xfn, { frame: kernel.number(kernel.rootTable) });
    grant('ROOT', 'PAGE_TABLE', 0xfn, { frame: kernel.number(ROOT) });
    grant('COMPONENT', 'COMPONENT', 3n, { frame: kernel.number(COMPONENT) });
    grant('THREAD', 'THREAD', 7n, { frame: kernel.number(THREAD) });
    grant('CONSOLE', 'CONSOLE', 1n);
    grant('SYSTEM', 'SYSTEM', 1n);
    grant('HARTS', 'HART', 1n, { first: 3n });
    grant('FRAMES', 'FRAMES', 0xfn, { first: kernel.number(0n), count: FRAMES });
    grant('DEVICES', 'DEVICE', 6n, { first: DEVICE_FRAME, count: 1n });
  }
}
