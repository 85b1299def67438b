/**
 * Prints how large the kernel is and how long its way to the first user instruction, each beside seL4's figure and our
 * goal, and writes the same to out/size.json. Exit code 1 when a figure could not be measured.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemblyLines, typescriptLines } from './source-lines.ts';

interface Row {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly sel4: number;
  readonly goal: number;
  /** Under which conditions the value, and seL4's, were measured. */
  readonly conditions: string;
}

const IMAGE = 'out/kernel/harmony.elf';

/** Bytes of the sections that are loaded and executable. */
function textBytes(): number {
  const { status, stdout, stderr } = spawnSync('riscv64-unknown-elf-readelf', ['-SW', IMAGE], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`readelf could not read ${IMAGE}: ${stderr.trim()}`);
  const section = /^\s*\[\s*\d+\]\s+\S+\s+PROGBITS\s+[0-9a-f]+\s+[0-9a-f]+\s+([0-9a-f]+)\s+\d+\s+AX\b/gm;
  return [...stdout.matchAll(section)].reduce((sum, match) => sum + parseInt(match[1] ?? '0', 16), 0);
}

function filesBelow(folder: string, ending: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}

function sourceLines(): number {
  const typescript = filesBelow('kernel-src', '.ts').map((file) => typescriptLines(readFileSync(file, 'utf8')));
  const assembly = filesBelow('arch/riscv', '.S').map((file) => assemblyLines(readFileSync(file, 'utf8')));
  return [...typescript, ...assembly].reduce((sum, lines) => sum + lines, 0);
}

/** What the kernel prints under an instruction-exact emulator before it enters the first component. */
function bootInstructions(): number {
  const { status, stdout } = spawnSync('./qemu.sh', ['--icount', '--memory', '128M', '--timeout', '60'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const match = /took ([\d,]+) instructions from its first one/.exec(stdout);
  if (status !== 0 || match === null)
    throw new Error(`the boot ended with ${status} and named no number of instructions`);
  return Number((match[1] ?? '').replaceAll(',', ''));
}

function table(rows: readonly Row[]): string {
  const number = (value: number): string => value.toLocaleString('en-US').padStart(9);
  const lines = rows.flatMap((row) => [
    `  ${row.name.padEnd(36)}${number(row.value)}${number(row.goal)}${number(row.sel4)}`,
    `    ${row.unit}; ${row.conditions}`,
  ]);
  return [`  ${''.padEnd(36)}${'found'.padStart(9)}${'goal'.padStart(9)}${'seL4'.padStart(9)}`, ...lines, ''].join(
    '\n',
  );
}

const rows: readonly Row[] = [
  {
    name: 'kernel text',
    unit: 'bytes',
    value: textBytes(),
    goal: 24 * 1024,
    sel4: 38_600,
    conditions: 'release build; seL4: 37.7 KB, its leanest release build',
  },
  {
    name: 'source of the kernel',
    unit: 'lines',
    value: sourceLines(),
    goal: 4_000,
    sel4: 16_400,
    conditions: 'TypeScript and assembly without blanks and comments',
  },
  {
    name: 'kernel entry to first user instruction',
    unit: 'instructions',
    value: bootInstructions(),
    goal: 200_000,
    sel4: 109_000,
    conditions: "128 MiB, one hart, counted by QEMU without the firmware's console; seL4: 512 MiB",
  },
];
process.stdout.write(table(rows));
writeFileSync('out/size.json', JSON.stringify({ rows }, null, 2) + '\n');
