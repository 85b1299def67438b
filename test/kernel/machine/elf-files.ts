/** Writes ELF files for tests (System V ABI, chapters 4 and 5). */

export interface ElfPart {
  readonly address: bigint;
  /** Bytes in memory. */
  readonly size: bigint;
  readonly fileSize: number;
  readonly flags: number;
  /** 1, a segment that is loaded, if it is left out. */
  readonly type?: number;
}
export interface ElfOptions {
  readonly segments: readonly ElfPart[];
  readonly entry?: bigint;
  readonly bits?: number;
  readonly machine?: number;
  readonly type?: number;
}

const HEADER = 64;
const PROGRAM = 56;

function writeHeader(file: Buffer, options: ElfOptions): void {
  file.write('\x7fELF', 0, 'latin1');
  file.set([options.bits ?? 2, 1, 1], 4);
  file.writeUInt16LE(options.type ?? 2, 16);
  file.writeUInt16LE(options.machine ?? 243, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(options.entry ?? options.segments[0]?.address ?? 0n, 24);
  file.writeBigUInt64LE(BigInt(HEADER), 32);
  file.writeUInt16LE(HEADER, 52);
  file.writeUInt16LE(PROGRAM, 54);
  file.writeUInt16LE(options.segments.length, 56);
}

/** A file with one program header for each segment, contents behind them. */
export function elfFile(options: ElfOptions): Buffer {
  const { segments } = options;
  let offset = HEADER + PROGRAM * segments.length;
  const file = Buffer.alloc(offset + segments.reduce((sum, part) => sum + part.fileSize, 0));
  writeHeader(file, options);
  segments.forEach((part, index) => {
    const at = HEADER + PROGRAM * index;
    file.writeUInt32LE(part.type ?? 1, at);
    file.writeUInt32LE(part.flags, at + 4);
    file.writeBigUInt64LE(BigInt(offset), at + 8);
    file.writeBigUInt64LE(part.address, at + 16);
    file.writeBigUInt64LE(part.address, at + 24);
    file.writeBigUInt64LE(BigInt(part.fileSize), at + 32);
    file.writeBigUInt64LE(part.size, at + 40);
    file.writeBigUInt64LE(4096n, at + 48);
    offset += part.fileSize;
  });
  return file;
}
