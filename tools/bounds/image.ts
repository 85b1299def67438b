/** What the tool reads of an image besides its instructions: symbols, constants, and the notes of the assembly. */
import { readFileSync } from 'node:fs';

interface Section {
  readonly name: string;
  readonly address: bigint;
  readonly offset: number;
  readonly size: number;
  /** Not in the file: zero when the program starts. */
  readonly isEmpty: boolean;
}

export interface Image {
  readonly path: string;
  readonly symbols: ReadonlyMap<string, { readonly address: bigint; readonly size: number }>;
  /** The word of 64 bits at an address. */
  readonly word: (address: bigint) => bigint;
  /** The words of 64 bits of a section that is not loaded; none if there is no such section. */
  readonly words: (section: string) => readonly bigint[];
}

/** Section headers begin at 40, their size, number and the index of the one with names at 58 (ELF-64, "File Header"). */
function sectionsOf(file: Buffer): readonly Section[] {
  const table = Number(file.readBigUInt64LE(40));
  const [size, count, names] = [file.readUInt16LE(58), file.readUInt16LE(60), file.readUInt16LE(62)];
  const header = (index: number): number => table + index * size;
  const texts = Number(file.readBigUInt64LE(header(names) + 24));
  return Array.from({ length: count }, (_, index) => {
    const at = header(index);
    return {
      name: textAt(file, texts + file.readUInt32LE(at)),
      address: file.readBigUInt64LE(at + 16),
      offset: Number(file.readBigUInt64LE(at + 24)),
      size: Number(file.readBigUInt64LE(at + 32)),
      isEmpty: file.readUInt32LE(at + 4) === 8,
    };
  });
}

function textAt(file: Buffer, offset: number): string {
  return file.toString('latin1', offset, file.indexOf(0, offset));
}

/** Symbols of 24 bytes: name, value at 8, size at 16 (ELF-64, "Symbol Table"). */
function symbolsOf(file: Buffer, sections: readonly Section[]): Image['symbols'] {
  const table = sections.find(({ name }) => name === '.symtab');
  const texts = sections.find(({ name }) => name === '.strtab');
  if (table === undefined || texts === undefined) throw new Error('the image has no symbols: link it without -s');
  const found = new Map<string, { readonly address: bigint; readonly size: number }>();
  for (let at = table.offset; at < table.offset + table.size; at += 24) {
    const name = textAt(file, texts.offset + file.readUInt32LE(at));
    const size = Number(file.readBigUInt64LE(at + 16));
    if (name !== '') found.set(name, { address: file.readBigUInt64LE(at + 8), size });
  }
  return found;
}

export function readImage(path: string): Image {
  const file = readFileSync(path);
  if (file.readUInt32BE(0) !== 0x7f454c46 || file[4] !== 2 || file[5] !== 1)
    throw new Error(`${path} is no ELF file of 64 bits, little-endian`);
  const sections = sectionsOf(file);
  const words = (name: string): readonly bigint[] => {
    const found = sections.find((section) => section.name === name);
    if (found === undefined) return [];
    return Array.from({ length: found.size / 8 }, (_, index) => file.readBigUInt64LE(found.offset + index * 8));
  };
  const word = (address: bigint): bigint => {
    const home = sections.find(
      (one) => !one.isEmpty && one.address !== 0n && address >= one.address && address < one.address + BigInt(one.size),
    );
    if (home === undefined) throw new Error(`${path} has no constant at 0x${address.toString(16)}`);
    return file.readBigUInt64LE(home.offset + Number(address - home.address));
  };
  return { path, symbols: symbolsOf(file, sections), word, words };
}
