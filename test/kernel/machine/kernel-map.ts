/** The kernel's own map on the host: boot makes it from a board's memory, and a test walks it. */
import { MachineHost } from './machine-host.ts';

export const PAGE = 0x1000n;
export const WINDOW = 0xffff_ffc0_0000_0000n;
export const KERNEL = 0x8020_0000n;
export const RAM = 0x8000_0000n;
export const FINISHER = 0x10_0000n;
const AREAS = 8n;
export const AREA = 0x8000n;
const TABLES = 32n;
/** Parts of the image of these tests, in bytes from its start. */
export const TEXT_END = 0x3000n;
export const CONSTANTS_END = 0x4000n;
export const HART_AREAS = 0x8000n;
export const TABLE_POOL = HART_AREAS + AREAS * AREA;
export const IMAGE_END = TABLE_POOL + TABLES * PAGE;
/** Where the image lies in the memory of the host machine. */
const IMAGE = 0x6_0000n;

export interface Range {
  readonly base: bigint;
  readonly size: bigint;
}
export interface Leaf {
  /** The first address that it maps, and to what. */
  readonly address: bigint;
  readonly physical: bigint;
  readonly size: bigint;
  readonly flags: bigint;
}

export class KernelMap {
  satp = 0n;
  finisher = 0n;
  /** How often translations were fenced. */
  fences = 0;
  readonly host: MachineHost;

  constructor(memory: readonly Range[], reserved: readonly Range[], finisher = FINISHER) {
    const at = (offset: bigint) => () => WINDOW + KERNEL + offset;
    const externals = {
      imageStart: at(0n),
      imageTextEnd: at(TEXT_END),
      imageConstantsEnd: at(CONSTANTS_END),
      imageHartAreas: at(HART_AREAS),
      imageTables: at(TABLE_POOL),
      imageEnd: at(IMAGE_END),
      kernelRoot: at(TABLE_POOL + 2n * PAGE),
      fenceTranslations: () => void this.fences++,
      addressSpaceSelect: (satp: bigint) => void (this.satp = satp),
      stopThroughFinisher: (address: bigint) => void (this.finisher = address),
    };
    this.host = new MachineHost(Number(IMAGE_END) + 0x1_0000, externals, WINDOW + KERNEL - IMAGE);
    this.#board(memory, reserved);
    this.host.call('memoryMark', KERNEL, KERNEL + IMAGE_END, Number(this.host.constant('MEMORY_KERNEL')));
    this.host.call('kernelMap', finisher);
  }

  #board(memory: readonly Range[], reserved: readonly Range[]): void {
    const board = this.host.fresh('Board');
    const put = (field: 'memory' | 'reserved', index: number, range: Range) => {
      const list = board + this.host.offset('Board', field);
      const at = this.host.element('BoardRanges', list, 'parts', 'BoardRange', index);
      this.host.view.setBigUint64(at + this.host.offset('BoardRange', 'base'), range.base, true);
      this.host.view.setBigUint64(at + this.host.offset('BoardRange', 'size'), range.size, true);
      this.host.view.setUint32(list + this.host.offset('BoardRanges', 'count'), index + 1, true);
    };
    memory.forEach((range, index) => put('memory', index, range));
    reserved.forEach((range, index) => put('reserved', index, range));
    this.host.call('memoryStart', board);
  }

  #entry(table: bigint, index: bigint): bigint {
    return this.host.view.getBigUint64(Number(table - KERNEL + IMAGE + index * 8n), true);
  }

  /** Walks the tables as the hardware does (privileged specification, "Virtual Address Translation Process"). */
  walk(address: bigint): Leaf | null {
    let table = (this.satp & 0xfff_ffff_ffffn) << 12n;
    for (let level = 2n; level >= 0n; level--) {
      const shift = 12n + 9n * level;
      const entry = this.#entry(table, (address >> shift) & 0x1ffn);
      if ((entry & 1n) === 0n) return null;
      const frame = (entry >> 10n) & 0xfff_ffff_ffffn;
      if ((entry & 0xen) === 0n) {
        table = frame << 12n;
        continue;
      }
      const size = 1n << shift;
      if ((frame << 12n) % size !== 0n) throw new Error('a leaf whose frame is not aligned to its size');
      return { address: address & ~(size - 1n), physical: frame << 12n, size, flags: entry & 0xffn };
    }
    throw new Error('a link in a table of level 0');
  }

  /** Every leaf between two addresses. */
  leaves(start: bigint, end: bigint): readonly Leaf[] {
    const list: Leaf[] = [];
    for (let address = start; address < end;) {
      const leaf = this.walk(address);
      if (leaf !== null) list.push(leaf);
      address = leaf === null ? address + PAGE : leaf.address + leaf.size;
    }
    return list;
  }

  /** Page tables of the image that are in use. */
  tables(): bigint {
    return this.host.view.getBigUint64(this.host.global('tablesUsed'), true);
  }

  /** What the kernel sees of a physical address. */
  window(physical: bigint): Leaf | null {
    return this.walk(WINDOW + physical);
  }
}
