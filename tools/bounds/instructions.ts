/** The instructions of an image, and where each goes on. */
import { spawnSync } from 'node:child_process';

/** Where control goes after an instruction. */
export type Way =
  | { readonly kind: 'next' }
  | { readonly kind: 'branch'; readonly target: bigint }
  | { readonly kind: 'jump'; readonly target: bigint }
  | { readonly kind: 'call'; readonly target: bigint }
  /** To an address in a register. */
  | { readonly kind: 'indirect' }
  | { readonly kind: 'return' }
  /** To user mode. */
  | { readonly kind: 'leave' }
  /** The hart sleeps. */
  | { readonly kind: 'sleep' }
  /** No instruction that the kernel goes on from. */
  | { readonly kind: 'stop' };

export interface Instruction {
  readonly address: bigint;
  readonly size: number;
  /** The function, or the label of assembly, that it belongs to. */
  readonly name: string;
  readonly mnemonic: string;
  readonly operands: string;
  /** The address that it makes, together with the one before. */
  readonly refersTo: bigint | null;
  readonly way: Way;
}

const BRANCH = /^(?:c\.)?(?:beq|bne|blt|bge|bltu|bgeu|beqz|bnez)$/;
const NEXT: Way = { kind: 'next' };

/** Runs a tool of binutils, and answers what it prints. */
export function runTool(name: string, options: readonly string[], input = ''): string {
  const tool = `riscv64-unknown-elf-${name}`;
  const { status, stdout, stderr } = spawnSync(tool, options, { encoding: 'utf8', maxBuffer: 1 << 28, input });
  if (status !== 0) throw new Error(`${tool} ${options.join(' ')} ended with ${status}: ${stderr.trim()}`);
  return stdout;
}

/** The address among the operands: the last one, before its name. */
function targetOf(operands: string): bigint {
  const found = /([0-9a-f]+)(?: <[^>]*>)?$/.exec(operands);
  if (found?.[1] === undefined) throw new Error(`no address in "${operands}"`);
  return BigInt(`0x${found[1]}`);
}

/** A jump that keeps where it came from, in `ra`, is a call. */
function linked(operands: string): Way {
  const target = targetOf(operands);
  const link = operands.split(',')[0];
  if (link === 'zero') return { kind: 'jump', target };
  if (link === 'ra') return { kind: 'call', target };
  throw new Error(`a jump that keeps its origin in ${link}, expected ra: ${operands}`);
}

/** Written without short forms, so `ret` is `c.jr ra` or `jalr zero,0(ra)`. */
function wayOf(mnemonic: string, operands: string): Way {
  if (BRANCH.test(mnemonic)) return { kind: 'branch', target: targetOf(operands) };
  switch (mnemonic) {
    case 'c.j':
      return { kind: 'jump', target: targetOf(operands) };
    case 'jal':
      return linked(operands);
    case 'c.jr':
      return { kind: operands === 'ra' ? 'return' : 'indirect' };
    case 'jalr':
      if (operands === 'zero,0(ra)') return { kind: 'return' };
      if (operands.startsWith('zero,')) return { kind: 'indirect' };
      throw new Error(`a call of a function in a register: jalr ${operands}`);
    case 'c.jalr':
      throw new Error(`a call of a function in a register: c.jalr ${operands}`);
    case 'sret':
      return { kind: 'leave' };
    case 'wfi':
      return { kind: 'sleep' };
    case 'ebreak':
    case 'c.ebreak':
    case 'c.unimp':
    case 'unimp':
    case '.word':
    case '.short':
    case 'mret':
      return { kind: 'stop' };
    default:
      return NEXT;
  }
}

export function readInstructions(path: string): ReadonlyMap<bigint, Instruction> {
  const found = new Map<bigint, Instruction>();
  let name = '';
  for (const line of runTool('objdump', ['-d', '-z', '-M', 'no-aliases', path]).split('\n')) {
    name = /^[0-9a-f]+ <(.+)>:$/.exec(line)?.[1] ?? name;
    const [head, code, mnemonic, operands = ''] = line.split('\t');
    const address = /^\s*([0-9a-f]+):$/.exec(head ?? '')?.[1];
    if (address === undefined || code === undefined || mnemonic === undefined) continue;
    const at = BigInt(`0x${address}`);
    try {
      const [plain = '', comment = ''] = operands.split('#').map((part) => part.trim());
      const made = /^([0-9a-f]+)/.exec(comment)?.[1];
      const refersTo = made === undefined ? null : BigInt(`0x${made}`);
      const size = code.trim().length / 2;
      found.set(at, { address: at, size, name, mnemonic, operands: plain, refersTo, way: wayOf(mnemonic, plain) });
    } catch (error) {
      throw new Error(`${path}: 0x${address} in ${name}: ${String(error)}`);
    }
  }
  return found;
}
