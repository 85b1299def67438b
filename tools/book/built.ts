/** What a block shows of the built system: generated C, machine code, and the path of a system call. */

/** A function of generated C, without the lines for the debugger; null if there is none. */
export function functionOfC(text: string, name: string): readonly string[] | null {
  const lines = text.split('\n').filter((line) => !line.startsWith('#line'));
  const start = lines.findIndex((line, index) => {
    if (!new RegExp(`^[A-Za-z].*\\b${name}\\(`).test(line)) return false;
    return (
      lines
        .slice(index)
        .find((next) => /[;{]$/.test(next))
        ?.endsWith('{') ?? false
    );
  });
  const end = lines.indexOf('}', start);
  return start < 0 || end < 0 ? null : lines.slice(start, end + 1);
}

/**
 * The instructions of a function as objdump shows them, without what changes when anything else in the image does: the
 * addresses, and the two halves of a distance to data or to a function further away.
 */
export function machineCode(listing: string, name: string): readonly string[] | null {
  const lines = listing.split('\n');
  const start = lines.findIndex((line) => line.endsWith(`<${name}>:`));
  if (start < 0) return null;
  const length = lines.slice(start).indexOf('');
  const instructions = lines.slice(start + 1, length < 0 ? undefined : start + length);
  return instructions.map((line) => {
    const [, mnemonic = '', rest = ''] = /^\s*[0-9a-f]+:\s+(\S+)\s*(.*)$/.exec(line) ?? [];
    const target = / # [0-9a-f]+ (<.*>)/.exec(rest)?.[1];
    const operands = rest
      .replace(/ # .*/, '')
      .replace(/\b[0-9a-f]{8,16} (<.*>)/, '$1')
      .replace(/-?\d+(\(\w+\))$/, (whole, base: string) => (target === undefined ? whole : `…${base}`));
    const shown = mnemonic === 'auipc' ? operands.replace(/,0x.*/, ',…') : operands;
    return `  ${mnemonic.padEnd(8)}${shown}${target === undefined ? '' : `  # ${target}`}`.trimEnd();
  });
}

export interface Step {
  readonly name: string;
  readonly instructions: number;
}

/** The functions that a list of addresses goes through, in order, with the number of instructions in each. */
function steps(addresses: readonly bigint[], nameOf: (address: bigint) => string): readonly Step[] {
  const found: Step[] = [];
  for (const address of addresses) {
    const name = nameOf(address);
    const last = found.at(-1);
    if (last?.name === name) found[found.length - 1] = { name, instructions: last.instructions + 1 };
    else found.push({ name, instructions: 1 });
  }
  return found;
}

export interface Symbol {
  readonly address: bigint;
  readonly name: string;
}

/** Symbols of an image, from the output of nm, in order of their addresses. */
export function symbols(listing: string): readonly Symbol[] {
  return listing
    .split('\n')
    .flatMap((line) => {
      const [, address, name] = /^([0-9a-f]+) [tT] (\S+)$/.exec(line) ?? [];
      return address === undefined || name === undefined ? [] : [{ address: BigInt(`0x${address}`), name }];
    })
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** The function that an address is in. */
export function functionAt(list: readonly Symbol[], address: bigint): string {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.address ?? 0n) <= address) low = middle + 1;
    else high = middle;
  }
  return list[low - 1]?.name ?? '?';
}

/**
 * The first visit of the kernel that goes through a function, by the log of an emulator that writes a line for each
 * instruction. A visit begins at the trap vector.
 */
export function firstVisit(log: string, list: readonly Symbol[], name: string): readonly Step[] | null {
  const entry = list.find((symbol) => symbol.name === 'trapVector')?.address;
  let visit: bigint[] = [];
  const visits: (readonly Step[])[] = [];
  const close = (): void => {
    const found = steps(visit, (address) => functionAt(list, address));
    if (found.some((step) => step.name === name)) visits.push(found);
  };
  for (const match of log.matchAll(/^Trace \d+: \S+ \[[0-9a-f]+\/([0-9a-f]+)\//gm)) {
    const address = BigInt(`0x${match[1] ?? '0'}`);
    if (address === entry) {
      close();
      if (visits.length > 0) break;
      visit = [];
    }
    visit.push(address);
  }
  return visits[0] ?? null;
}

/** A visit as a table of text. */
export function pathTable(visit: readonly Step[]): readonly string[] {
  const total = visit.reduce((sum, step) => sum + step.instructions, 0);
  const line = (name: string, count: number): string => `  ${name.padEnd(24)}${String(count).padStart(4)}`;
  return [...visit.map((step) => line(step.name, step.instructions)), line('together', total)];
}
