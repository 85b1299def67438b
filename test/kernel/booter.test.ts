/**
 * The booter as JavaScript on top of the kernel as JavaScript: each of its
 * system calls is one of the simulated kernel. So its output, its reading of
 * the boot archive and its verdict are tested without an emulator.
 */
import test from 'ava';
import { loadHostModule, SimpleHostMachine, type HostProgram } from '../../compiler/runtime/host-machine.ts';
import { archive, type Member } from '../../tools/pack-archive.ts';
import { FRAMES, MachineStopped, SimulatedKernel } from './simulated-kernel.ts';

const BOOTER = await loadHostModule(new URL('../../../user/booter/js/program.js', import.meta.url).href);
const SIZE = 0x10_0000;
/** Where the component sees its memory, and byte indexes in it. */
const BASE = 0x10000n;
const BOOT_INFO = 0x8_0000;
const ARCHIVE = 0x9_0000;

interface Options {
  readonly members?: readonly Member[];
  /** Applied to the archive before it is handed over. */
  readonly damage?: (bytes: Buffer) => void;
  /** Applied to the BootInfo before it is handed over. */
  readonly change?: (info: BootInfoWriter) => void;
  /** Applied to the kernel before the booter starts. */
  readonly prepare?: (kernel: SimulatedKernel) => void;
  /** What the instruction counter shows, read by read; the default is a counter that stands still. */
  readonly counter?: () => bigint;
  /** Replaces an answer of the kernel. */
  readonly forge?: (operation: bigint, answer: { error: bigint; value: bigint }) => { error: bigint; value: bigint };
}

/** Writes fields of the BootInfo by their names. */
class BootInfoWriter {
  readonly #program: HostProgram;
  readonly #view: DataView;
  constructor(program: HostProgram, memory: ArrayBuffer) {
    this.#program = program;
    this.#view = new DataView(memory);
  }

  #write(className: string, object: number, field: string, value: bigint): void {
    const found = this.#program.classes[className]?.fields[field];
    if (found === undefined) throw new Error(`the booter knows no field ${className}.${field}`);
    if (found.size === 8) this.#view.setBigUint64(object + found.offset, value, true);
    else this.#view.setUint32(object + found.offset, Number(value), true);
  }

  set(field: string, value: bigint): void {
    this.#write('BootInfo', BOOT_INFO, field, value);
  }

  /** Fields of an element of an array of the BootInfo. */
  element(list: string, className: string, index: number, fields: Readonly<Record<string, bigint>>): void {
    const start = this.#program.classes['BootInfo']?.fields[list]?.offset ?? 0;
    const size = this.#program.classes[className]?.size ?? 0;
    for (const [field, value] of Object.entries(fields)) {
      this.#write(className, BOOT_INFO + start + index * size, field, value);
    }
  }
}

/** The slots that boot fills, on the simulated machine. */
function grantAll(kernel: SimulatedKernel): void {
  const grant = (slot: string, kind: string, rights: bigint, more = {}): void =>
    kernel.grant(kernel.rootTable, Number(kernel.constant(`BOOT_SLOT_${slot}`)), {
      kind: kernel.constant(`KIND_${kind}`),
      rights,
      ...more,
    });
  grant('TABLE', 'CAPABILITY_TABLE', 0xfn, { frame: kernel.number(kernel.rootTable) });
  grant('CONSOLE', 'CONSOLE', 1n);
  grant('SYSTEM', 'SYSTEM', 1n);
  grant('HARTS', 'HART', 1n, { first: 3n });
  grant('FRAMES', 'FRAMES', 0xfn, { first: kernel.number(0n), count: FRAMES });
  grant('DEVICES', 'DEVICE', 6n, { first: 0x10000n, count: 1n });
}

function fill(info: BootInfoWriter, kernel: SimulatedKernel, archiveSize: number): void {
  info.set('magic', kernel.constant('BOOT_INFO_MAGIC'));
  info.set('abiVersion', kernel.constant('ABI_VERSION'));
  info.set('size', BigInt(kernel.classSize('BootInfo')));
  info.set('timebase', 10_000_000n);
  info.set('archive', BASE + BigInt(ARCHIVE));
  info.set('archiveSize', BigInt(archiveSize));
  info.set('memoryCount', 2n);
  info.set('ramCount', 1n);
  info.set('deviceCount', 1n);
  info.set('hartCount', 2n);
  info.element('memory', 'MemoryRange', 0, { base: 0x8000_0000n, size: 0x8000n, use: 2n });
  info.element('memory', 'MemoryRange', 1, { base: 0x8000_8000n, size: 0x3_8000n, use: 0n });
  info.element('devices', 'DeviceRange', 0, { base: 0x1000_0000n, size: 0x1000n, flags: 1n });
  info.element('harts', 'HartInfo', 0, { identifier: 3n, running: 1n });
  info.element('harts', 'HartInfo', 1, { identifier: 1n, running: 0n });
}

/** Runs the booter to the end of the machine. */
function boot(options: Options = {}): { readonly output: string; readonly code: bigint } {
  const kernel = new SimulatedKernel();
  grantAll(kernel);
  options.prepare?.(kernel);
  const invoke = (...registers: bigint[]) => {
    const [operation = 0n, capability = 0n] = registers.slice(6);
    const answer = kernel.invoke({ capability, operation, arguments: registers.slice(0, 6) });
    return { ...(options.forge?.(operation, { ...answer }) ?? answer) };
  };
  const externals = { invoke, instructionsRetired: options.counter ?? (() => 0n) };
  const machine = new SimpleHostMachine({ size: SIZE, base: BASE, externals });
  const program = BOOTER.instantiate(machine);
  const bytes = archive(options.members ?? [{ name: 'booter', content: Buffer.alloc(1234) }]);
  options.damage?.(bytes);
  new Uint8Array(machine.memory).set(bytes, ARCHIVE);
  const info = new BootInfoWriter(program, machine.memory);
  fill(info, kernel, bytes.length);
  options.change?.(info);
  try {
    program.functions['componentMain']?.(BOOT_INFO);
  } catch (stop) {
    if (stop instanceof MachineStopped) return { output: kernel.output, code: stop.code };
    throw stop;
  }
  throw new Error('the booter returned');
}

test('the booter shows what it was given and ends with exit code 0', (t) => {
  const { output, code } = boot();
  t.is(code, 0n, output);
  for (const line of [
    'Hello from user mode. Interface 0.1, time counter 10,000,000 Hz.',
    '  0x0080000000 - 0x0080007fff     32 KiB  kernel',
    '  0x0080008000 - 0x008003ffff    224 KiB  free',
    '  hart 3: runs this component',
    '  hart 1: not started',
    '  booter                        1234 bytes',
  ]) {
    t.true(output.split('\n').includes(line), line);
  }
  t.regex(output, /\n {2}Untyped +55\n/);
  t.notRegex(output, / \n/, 'no line ends in a space');
});

test('the instructions of boot are shown if the counter counts instructions', (t) => {
  let exact = 150_000n;
  const counted = boot({
    counter: () => (exact += 1n),
    change: (info) => {
      info.set('entryInstructions', 1000n);
      info.set('firmwareInstructions', 20_001n);
    },
  });
  t.regex(counted.output, /The kernel took 129,000 instructions from its first one to here/);
  let clock = 0n;
  t.notRegex(boot({ counter: () => (clock += 57n) }).output, /instructions/);
  t.notRegex(boot().output, /instructions/);
});

test('every member of the archive is shown with its size', (t) => {
  const members = [1, 2, 3].map((size) => ({ name: `member-${size}`, content: Buffer.alloc(size * 1001) }));
  const { output, code } = boot({ members });
  t.is(code, 0n);
  for (const size of [1, 2, 3]) t.regex(output, new RegExp(`member-${size} +${size * 1001} bytes`));
});

test('a damaged archive is an exit code of 1, wherever it is damaged', (t) => {
  const damages: readonly ((bytes: Buffer) => void)[] = [
    (bytes) => bytes.write('0707', 0),
    (bytes) => bytes.write('x', 0),
    (bytes) => bytes.write('ffffffff', 54),
    (bytes) => bytes.write('g', 60),
    (bytes) => bytes.write('00000000', 94),
    (bytes) => bytes.write('ffffffff', 94),
  ];
  const codes = damages.map((damage) => boot({ damage }).code);
  t.deepEqual(codes, [0n, 1n, 1n, 1n, 1n, 1n]);
});

test('an archive that is cut off is an exit code of 1', (t) => {
  for (const size of [0n, 1n, 109n, 110n, 1000n, 1400n]) {
    t.is(boot({ change: (info) => info.set('archiveSize', size) }).code, 1n, `size ${size}`);
  }
});

test('another kind of BootInfo or another interface is refused in one line', (t) => {
  const magic = boot({ change: (info) => info.set('magic', 1n) });
  t.is(magic.code, 1n);
  t.regex(magic.output, /^booter: the BootInfo begins with 0x0000000000000001, expected 0x[0-9a-f]{16}: [^\n]+\n$/);
  const version = boot({ change: (info) => info.set('abiVersion', 0x7_0003n) });
  t.is(version.code, 1n);
  t.regex(version.output, /^booter: the kernel has interface version 7.3, this component is for 0.1: [^\n]+\n$/);
});

test('an unexpected answer of the kernel is shown, and is an exit code of 1', (t) => {
  const { output, code } = boot({
    forge: (_operation, answer) => (answer.error === 6n && answer.value === 9n ? { error: 0n, value: 9n } : answer),
  });
  t.is(code, 1n);
  t.regex(output, /Console.Write of 9 bytes +Ok 9; expected OutOfRange, limit 9\n/);
});

test('frames that cannot be inspected are an exit code of 1', (t) => {
  const { output, code } = boot({ prepare: (kernel) => kernel.grant(kernel.rootTable, 16, { kind: 2n, count: 4n }) });
  t.is(code, 1n);
  t.regex(output, /WrongKind/);
});
