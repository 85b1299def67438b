/** A page walk as a hart in user mode does it (RISC-V privileged specification, "Virtual Address Translation Process"), on raw memory. */
import { FIRST, type MemoryMachine } from './memory-machine.ts';

export type Access = 'read' | 'write' | 'execute';

const BIT: Readonly<Record<Access, bigint>> = { read: 2n, write: 4n, execute: 8n };

/** The entry of a page table in memory, and whether it may be followed. */
function load(machine: MemoryMachine, table: number, address: bigint, level: number): bigint | null {
  const index = Number((address >> BigInt(12 + 9 * level)) & 0x1ffn);
  const entry = machine.word(table * 4096 + index * 8);
  const valid = (entry & 1n) !== 0n && (entry & 6n) !== 4n && entry >> 54n === 0n;
  return valid ? entry : null;
}

/** The number of the frame or device page that an access reaches from a root (by its index), or null: a page fault. */
export function walk(machine: MemoryMachine, root: number, address: bigint, access: Access): number | null {
  const upper = address >> 38n;
  if (upper !== 0n && upper !== 0x3ff_ffffn) return null;
  let table = root;
  for (let level = 2; level >= 0; level--) {
    const entry = load(machine, table, address, level);
    if (entry === null) return null;
    const page = Number((entry >> 10n) & 0xfff_ffff_ffffn);
    if ((entry & 0xan) === 0n) {
      // A, D and U are reserved in an entry that is no leaf.
      if ((entry & 0xd0n) !== 0n) return null;
      table = page - FIRST;
      continue;
    }
    const allowed = (entry & 0x10n) !== 0n && (entry & BIT[access]) !== 0n && (entry & 0x40n) !== 0n;
    const dirty = access !== 'write' || (entry & 0x80n) !== 0n;
    return allowed && dirty && level === 0 ? page : null;
  }
  return null;
}
