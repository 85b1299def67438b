/** Boot archives and ELF files that are wrong in one way each. */
import { archive, type Member } from '../../tools/pack-archive.ts';

export interface Damage {
  readonly title: string;
  readonly archive: Buffer;
}

/** Offsets in a 64-bit ELF header and program header (System V ABI, "ELF header" and "Program header"). */
const ELF = {
  class: 4,
  order: 5,
  type: 16,
  machine: 18,
  entry: 24,
  programOffset: 32,
  programSize: 54,
  programCount: 56,
} as const;
const PROGRAM = { type: 0, flags: 4, offset: 8, address: 16, fileSize: 32, memorySize: 40 } as const;
const LOAD = 1;
const WRITE_EXECUTE = 7;
const KERNEL_HALF = 0xffff_ffc0_8020_0000n;
const BEYOND_USER_HALF = 0x40_0000_0000n;
const HUGE = 0x7fff_ffff_ffff_f000n;

function boot(booter: Buffer): Buffer {
  return archive([{ name: 'booter', content: booter }]);
}

/** Offset of the first program header that is loaded. */
function firstLoad(elf: Buffer): number {
  const start = Number(elf.readBigUInt64LE(ELF.programOffset));
  const size = elf.readUInt16LE(ELF.programSize);
  for (let index = 0; index < elf.readUInt16LE(ELF.programCount); index++) {
    const at = start + index * size;
    if (elf.readUInt32LE(at + PROGRAM.type) === LOAD) return at;
  }
  throw new Error('the booter has no segment that is loaded');
}

/** Offset of the last program header that is loaded, from that of the first. */
function lastLoad(elf: Buffer, first: number): number {
  const size = elf.readUInt16LE(ELF.programSize);
  let last = first;
  while (elf.readUInt32LE(last + size + PROGRAM.type) === LOAD) last += size;
  return last;
}

type Change = (elf: Buffer, load: number) => void;

const ELF_CHANGES: readonly (readonly [string, Change])[] = [
  ['a wrong magic number', (elf) => elf.writeUInt8(0, 0)],
  ['32 bits', (elf) => elf.writeUInt8(1, ELF.class)],
  ['the other byte order', (elf) => elf.writeUInt8(2, ELF.order)],
  ['a file that is not executable', (elf) => elf.writeUInt16LE(1, ELF.type)],
  ['another machine', (elf) => elf.writeUInt16LE(62, ELF.machine)],
  ['an entry outside every segment', (elf) => elf.writeBigUInt64LE(0x8000n, ELF.entry)],
  ['program headers behind its end', (elf) => elf.writeBigUInt64LE(HUGE, ELF.programOffset)],
  ['no program headers', (elf) => elf.writeUInt16LE(0, ELF.programCount)],
  ['program headers of a wrong size', (elf) => elf.writeUInt16LE(8, ELF.programSize)],
  ['too many program headers', (elf) => elf.writeUInt16LE(0xffff, ELF.programCount)],
  ['a segment that begins behind its end', (elf, load) => elf.writeBigUInt64LE(HUGE, load + PROGRAM.offset)],
  ['a segment larger than the file', (elf, load) => elf.writeBigUInt64LE(HUGE, load + PROGRAM.fileSize)],
  ['a segment with less memory than content', (elf, load) => elf.writeBigUInt64LE(1n, load + PROGRAM.memorySize)],
  [
    'a segment larger than the address space',
    (elf, load) => elf.writeBigUInt64LE(0x30_0000_0000n, load + PROGRAM.memorySize),
  ],
  [
    'a segment larger than the memory',
    (elf, load) => elf.writeBigUInt64LE(0x1000_0000n, lastLoad(elf, load) + PROGRAM.memorySize),
  ],
  ['a segment that is writable and executable', (elf, load) => elf.writeUInt32LE(WRITE_EXECUTE, load + PROGRAM.flags)],
  ['a segment in the half of the kernel', (elf, load) => elf.writeBigUInt64LE(KERNEL_HALF, load + PROGRAM.address)],
  [
    'a segment above the half of the components',
    (elf, load) => elf.writeBigUInt64LE(BEYOND_USER_HALF, load + PROGRAM.address),
  ],
  ['a segment that wraps around', (elf, load) => elf.writeBigUInt64LE(0xffff_ffff_ffff_f000n, load + PROGRAM.address)],
];

export function damagedElfFiles(booter: Buffer): readonly Damage[] {
  const changed = ELF_CHANGES.map(([title, change]) => {
    const elf = Buffer.from(booter);
    change(elf, firstLoad(elf));
    return { title, archive: boot(elf) };
  });
  const cut = { title: 'nothing behind its header', archive: boot(booter.subarray(0, 64)) };
  const short = { title: 'less than a header', archive: boot(booter.subarray(0, 20)) };
  return [...changed, cut, short, { title: 'no content', archive: boot(Buffer.alloc(0)) }];
}

/** Offsets of fields in the header of a newc member. */
const NEWC = { size: 54, nameSize: 94, name: 110 } as const;

export function damagedArchives(booter: Buffer): readonly Damage[] {
  const members: readonly Member[] = [{ name: 'booter', content: booter }];
  const change = (title: string, edit: (bytes: Buffer) => void): Damage => {
    const bytes = archive(members);
    edit(bytes);
    return { title, archive: bytes };
  };
  return [
    change('a wrong magic number', (bytes) => bytes.write('070707', 0, 'latin1')),
    change('a size that is no number', (bytes) => bytes.write('0000zzzz', NEWC.size, 'latin1')),
    change('a member larger than the archive', (bytes) => bytes.write('7fffffff', NEWC.size, 'latin1')),
    change('a name larger than the archive', (bytes) => bytes.write('7fffffff', NEWC.nameSize, 'latin1')),
    change('a name of no length', (bytes) => bytes.write('00000000', NEWC.nameSize, 'latin1')),
    { title: 'its second half cut off', archive: archive(members).subarray(0, 2048) },
    { title: 'only half a header', archive: archive(members).subarray(0, 50) },
    { title: 'no member', archive: archive([]) },
    { title: 'nothing but noise', archive: Buffer.alloc(8192, 'noise') },
  ];
}
