/** Follows a kernel instruction by instruction, as QEMU prints it, along what `make bounds` reads of the image. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { readImage } from '../../tools/bounds/image.ts';
import { readInstructions, type Instruction } from '../../tools/bounds/instructions.ts';
import { operationNames } from '../../tools/bounds/kernel.ts';
import { entriesOf, operationsOf, WAY } from '../../tools/bounds/ways.ts';

/** Text of the kernel; QEMU prints nothing about other addresses. */
const TEXT = '0xffffffc080200000..0xffffffc08021ffff';

export interface Followed {
  readonly code: number | null;
  /** The most instructions of each way that was taken. */
  readonly most: ReadonlyMap<string, number>;
  /** Steps that the machine code, as it was read, does not have. */
  readonly strays: readonly string[];
}

function goesTo({ address, size, way }: Instruction, next: bigint): boolean {
  const after = address + BigInt(size);
  switch (way.kind) {
    case 'next':
      return next === after;
    case 'branch':
      return next === after || next === way.target;
    case 'jump':
    case 'call':
      return next === way.target;
    case 'stop':
      return false;
    default:
      return true;
  }
}

class Follower {
  readonly most = new Map<string, number>();
  readonly strays: string[] = [];
  private readonly code: ReadonlyMap<bigint, Instruction>;
  private readonly entry: bigint;
  private readonly trap: bigint;
  private readonly operations: ReadonlyMap<bigint, string>;
  private way: string | null = null;
  private count = 0;
  private last: Instruction | null = null;

  constructor(path: string) {
    const image = readImage(path);
    const names = operationNames();
    this.code = readInstructions(path);
    ({ entry: this.entry, trap: this.trap } = entriesOf(image));
    const functions = operationsOf(image).map((one, index) => [one, names.get(index) ?? WAY.none] as const);
    this.operations = new Map(functions.reverse());
  }

  step(address: bigint): void {
    const { last } = this;
    const now = this.code.get(address);
    // An access to a device is begun anew.
    if (now === last) return;
    if (now === undefined) return void this.strays.push(`0x${address.toString(16)} is no instruction`);
    if (address === this.entry) this.begin(WAY.before);
    else if (last?.way.kind === 'sleep') this.begin(WAY.wake);
    else if (last !== null && last.way.kind !== 'leave' && !goesTo(last, address))
      this.strays.push(`0x${last.address.toString(16)} in ${last.name}, then 0x${address.toString(16)}`);
    if (address === this.trap) this.way = WAY.trap;
    if (last?.way.kind === 'indirect' && this.way === WAY.before) this.way = this.operations.get(address) ?? this.way;
    this.count += 1;
    this.last = now;
    if (now.way.kind === 'leave' || now.way.kind === 'sleep') this.end();
  }

  private begin(way: string): void {
    this.way = way;
    this.count = 0;
  }

  private end(): void {
    if (this.way !== null) this.most.set(this.way, Math.max(this.most.get(this.way) ?? 0, this.count));
    this.way = null;
  }
}

/** Boots a kernel one instruction at a time. */
export async function followKernel(kernel: string, archive: string): Promise<Followed> {
  const follower = new Follower(kernel);
  const log = ['-singlestep', '-d', 'exec,nochain', '-dfilter', TEXT];
  const options = ['--icount', '--timeout', '150', kernel, archive, '--', ...log];
  const child = spawn('./qemu.sh', options, { stdio: ['ignore', 'ignore', 'pipe'] });
  const code = new Promise<number | null>((resolve) => child.on('close', resolve));
  for await (const line of createInterface({ input: child.stderr })) {
    const address = /^Trace .*\[[0-9a-f]+\/([0-9a-f]{16})\//.exec(line)?.[1];
    if (address !== undefined) follower.step(BigInt(`0x${address}`));
  }
  return { code: await code, most: follower.most, strays: follower.strays };
}
