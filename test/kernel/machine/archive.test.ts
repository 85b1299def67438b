import test from 'ava';
import fc from 'fast-check';
import { archive } from '../../../tools/pack-archive.ts';
import { elfFile } from './elf-files.ts';
import { MachineHost } from './machine-host.ts';

const host = new MachineHost(0x2_0000);

function first(bytes: Uint8Array) {
  const member = host.fresh('ArchiveMember');
  const problem = host.number('archiveFirst', host.span(bytes), member);
  const field = (name: string) => host.u32('ArchiveMember', member, name);
  return {
    problem,
    name: field('name'),
    nameLength: field('nameLength'),
    content: field('content'),
    size: field('size'),
  };
}

test('the first member of an archive is found, whatever the lengths of name and content', (t) => {
  for (let length = 1; length < 20; length++) {
    const content = Buffer.alloc(length * 7, length);
    const bytes = archive([
      { name: 'x'.repeat(length), content },
      { name: 'other', content: Buffer.from('no') },
    ]);
    const found = first(bytes);
    t.is(found.problem, 0);
    t.is(bytes.toString('latin1', found.name, found.name + found.nameLength), 'x'.repeat(length));
    t.deepEqual(bytes.subarray(found.content, found.content + found.size), content);
  }
});

const good = archive([{ name: 'booter', content: Buffer.alloc(100, 1) }]);
function changed(at: number, bytes: string): Buffer {
  const copy = Buffer.from(good);
  copy.write(bytes, at, 'latin1');
  return copy;
}
for (const [title, bytes, problem] of [
  ['nothing', Buffer.alloc(0), 'ARCHIVE_MAGIC'],
  ['a compressed archive', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), 'ARCHIVE_MAGIC'],
  ['the old binary format', Buffer.concat([Buffer.from([0xc7, 0x71]), good]), 'ARCHIVE_MAGIC'],
  ['half a header', good.subarray(0, 60), 'ARCHIVE_SHORT'],
  ['half a member', good.subarray(0, 150), 'ARCHIVE_SHORT'],
  ['a size that is no number', changed(54, '0000zz00'), 'ARCHIVE_NUMBER'],
  ['a size beyond the end', changed(54, 'ffffffff'), 'ARCHIVE_SHORT'],
  ['a name without bytes', changed(94, '00000000'), 'ARCHIVE_SHORT'],
  ['a name beyond the end', changed(94, '0000ffff'), 'ARCHIVE_SHORT'],
  ['a name near the largest number', changed(94, 'fffffffe'), 'ARCHIVE_SHORT'],
  ['no member', archive([]), 'ARCHIVE_EMPTY'],
  ['a folder first', changed(14, '000041ed'), 'ARCHIVE_KIND'],
] as const) {
  test(`an archive with ${title} is refused as ${problem}`, (t) => {
    t.is(BigInt(first(bytes).problem), host.constant(problem));
  });
}

/** Changes of single bytes, most of them to what a number could hold, and a cut. */
const damage = fc.record({
  bytes: fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 0x20, 0x30, 0x31, 0x37, 0x46, 0x66, 0xff)), { maxLength: 4 }),
  length: fc.nat(1000),
});
function damaged(source: Buffer, { bytes, length }: { bytes: readonly [number, number][]; length: number }): Buffer {
  const copy = Buffer.from(source);
  for (const [at, value] of bytes) copy.writeUInt8(value, at % Math.min(copy.length, 128));
  return length < copy.length && length % 3 === 0 ? copy.subarray(0, length) : copy;
}

test('1,000 damaged archives: a member that is accepted lies inside', (t) => {
  let accepted = 0;
  fc.assert(
    fc.property(damage, (change) => {
      const bytes = damaged(good, change);
      const found = first(bytes);
      if (found.problem !== 0) return BigInt(found.problem) <= host.constant('ARCHIVE_KIND');
      accepted++;
      return found.name + found.nameLength < bytes.length && found.content + found.size <= bytes.length;
    }),
    { numRuns: 1000 },
  );
  t.log(`${accepted} accepted`);
  t.true(accepted > 20 && accepted < 980);
});

interface Segment {
  readonly address: bigint;
  readonly size: bigint;
  readonly offset: number;
  readonly fileSize: number;
  readonly flags: number;
}
function load(bytes: Uint8Array) {
  const image = host.fresh('ElfImage');
  const problem = host.number('elfRead', host.span(bytes), image);
  const segments: Segment[] = [...new Array(host.u32('ElfImage', image, 'count')).keys()].map((index) => {
    const at = host.element('ElfImage', image, 'segments', 'ElfSegment', index);
    return {
      address: host.u64('ElfSegment', at, 'address'),
      size: host.u64('ElfSegment', at, 'size'),
      offset: host.u32('ElfSegment', at, 'offset'),
      fileSize: host.u32('ElfSegment', at, 'fileSize'),
      flags: host.u32('ElfSegment', at, 'flags'),
    };
  });
  return { problem, entry: host.u64('ElfImage', image, 'entry'), segments };
}

const text = { address: 0x1_0000n, size: 0x1800n, fileSize: 0x1800, flags: 5 };
const data = { address: 0x1_2000n, size: 0x3000n, fileSize: 0x20, flags: 6 };

test('code and data of an ELF file are found', (t) => {
  const found = load(elfFile({ segments: [text, data] }));
  t.is(found.problem, 0);
  t.is(found.entry, 0x1_0000n);
  t.deepEqual(
    found.segments.map(({ offset: _, ...rest }) => rest),
    [text, data],
  );
});

for (const [title, file, problem] of [
  ['text', Buffer.from('#!/bin/sh\n'), 'ELF_MAGIC'],
  ['the magic number alone', Buffer.from([0x7f, 0x45, 0x4c, 0x46]), 'ELF_SHORT'],
  ['32 bits', elfFile({ segments: [text], bits: 1 }), 'ELF_MACHINE'],
  ['another machine', elfFile({ segments: [text], machine: 62 }), 'ELF_MACHINE'],
  ['a position-independent program', elfFile({ segments: [text], type: 3 }), 'ELF_STATIC'],
  ['a dynamic segment', elfFile({ segments: [text, { ...data, type: 2 }] }), 'ELF_STATIC'],
  ['a segment that is writable and executable', elfFile({ segments: [{ ...text, flags: 7 }] }), 'ELF_PERMISSIONS'],
  ['a segment that is not readable', elfFile({ segments: [{ ...text, flags: 1 }] }), 'ELF_PERMISSIONS'],
  ['segments in one page', elfFile({ segments: [text, { ...data, address: 0x1_1800n }] }), 'ELF_ORDER'],
  ['segments in the wrong order', elfFile({ segments: [data, text], entry: 0x1_0000n }), 'ELF_ORDER'],
  ['a segment in page 0', elfFile({ segments: [{ ...text, address: 0n }] }), 'ELF_PLACE'],
  ['a segment of the kernel', elfFile({ segments: [{ ...text, address: 0xffffffc080200000n }] }), 'ELF_PLACE'],
  ['a segment that wraps', elfFile({ segments: [{ ...text, size: 0xffff_ffff_ffff_f000n }] }), 'ELF_PLACE'],
  ['more bytes in the file than in memory', elfFile({ segments: [{ ...text, size: 0x100n }] }), 'ELF_SHORT'],
  ['an entry in the data', elfFile({ segments: [text, data], entry: 0x1_2000n }), 'ELF_ENTRY'],
  ['an odd entry', elfFile({ segments: [text], entry: 0x1_0001n }), 'ELF_ENTRY'],
  ['no segment', elfFile({ segments: [], entry: 0n }), 'ELF_COUNT'],
  ['17 program headers', elfFile({ segments: new Array(17).fill({ ...text, type: 4 }) }), 'ELF_TABLE'],
] as const) {
  test(`an ELF file with ${title} is refused as ${problem}`, (t) => {
    t.is(BigInt(load(file).problem), host.constant(problem));
  });
}

/** What holds of every file that is accepted. */
function isSound(bytes: Buffer): boolean {
  const { problem, entry, segments } = load(bytes);
  if (problem !== 0) return BigInt(problem) <= host.constant('ELF_COUNT');
  let end = 0x1000n;
  for (const { address, size, offset, fileSize, flags } of segments) {
    if (address / 4096n < (end + 4095n) / 4096n || offset + fileSize > bytes.length) return false;
    if (BigInt(fileSize) > size || (flags & 6) === 2 || (flags & 3) === 3) return false;
    end = address + size;
  }
  const inside = ({ address, fileSize, flags }: Segment) =>
    (flags & 1) === 1 && entry >= address && entry < address + BigInt(fileSize);
  return end <= 0x3000_0000n && segments.some(inside);
}

test('2,000 damaged ELF files: one that is accepted has sound segments', (t) => {
  const source = elfFile({
    segments: [text, { ...data, address: 0x1_4000n, flags: 4 }, { ...data, address: 0x2_0000n }],
  });
  const at = fc.oneof(fc.nat(63), fc.integer({ min: 64, max: 64 + 3 * 56 - 1 }));
  const value = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff));
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(at, value), { minLength: 1, maxLength: 5 }), (changes) => {
      const bytes = Buffer.from(source);
      for (const [offset, byte] of changes) bytes.writeUInt8(byte, offset);
      if (load(bytes).problem === 0) accepted++;
      return isSound(bytes);
    }),
    { numRuns: 2000 },
  );
  t.log(`${accepted} accepted`);
  t.true(accepted > 50 && accepted < 1950);
});
