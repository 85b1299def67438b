/**
 * The booter as JavaScript on top of the kernel as JavaScript: its output, its
 * reading of the boot archive, what it does with memory and its verdict are
 * tested without an emulator.
 */
import { KIND } from './checker/numbers.ts';
import test from 'ava';
import type { HostProgram, HostStructure } from '../../compiler/runtime/host-machine.ts';
import { archive, type Member } from '../../tools/pack-archive.ts';
import { ARCHIVE, BASE, BOOT_INFO, FREE_FRAME, SimulatedBooter } from './simulated-booter.ts';
import { FRAMES, MachineStopped, type Answer, type SimulatedKernel } from './simulated-kernel.ts';

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
  readonly forge?: (operation: bigint, answer: Answer, kernel: SimulatedKernel) => Answer;
}

/** The first 8 bytes of the device's name. */
const DEVICE_NAME = Buffer.from('flash@1\0').readBigUInt64LE();

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
    if (found.size >= 8) this.#view.setBigUint64(object + found.offset, value, true);
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

function fill(info: BootInfoWriter, kernel: SimulatedKernel, archiveSize: number): void {
  info.set('magic', kernel.constant('BOOT_INFO_MAGIC'));
  info.set('abiVersion', kernel.constant('ABI_VERSION'));
  info.set('size', BigInt(kernel.classSize('BootInfo')));
  info.set('timebase', 10_000_000n);
  info.set('archive', BASE + BigInt(ARCHIVE));
  info.set('archiveSize', BigInt(archiveSize));
  info.set('memoryCount', 3n);
  info.set('ramCount', 1n);
  info.set('deviceCount', 1n);
  info.set('hartCount', 2n);
  info.element('memory', 'MemoryRange', 0, { base: 0x8000_0000n, size: 0x8000n, use: 2n });
  info.element('memory', 'MemoryRange', 1, { base: 0x8000_8000n, size: 0x4000n, use: 4n });
  info.element('memory', 'MemoryRange', 2, { base: 0x8000_c000n, size: 0x3_4000n, use: 0n });
  info.element('devices', 'DeviceRange', 0, { base: 0x1000_0000n, size: 0x1000n, name: DEVICE_NAME });
  info.element('harts', 'HartInfo', 0, { identifier: 3n, running: 1n });
  info.element('harts', 'HartInfo', 1, { identifier: 1n, running: 0n });
}

/** What files of the library declare that the booter never calls: a call fails the test. */
const UNUSED = Object.fromEntries(
  ['invokeResults', 'serverEntryAddress', 'timeNow'].map((name) => [
    name,
    () => {
      throw new Error(`the booter called ${name}`);
    },
  ]),
);

/** Runs the booter to the end of the machine. */
function boot(options: Options = {}): {
  readonly output: string;
  readonly code: bigint;
  readonly kernel: SimulatedKernel;
} {
  const invoke = (...registers: bigint[]): HostStructure => {
    const [operation = 0n, capability = 0n] = registers.slice(6);
    const answer = kernel.invoke({ capability, operation, arguments: registers.slice(0, 6) });
    return { ...(options.forge?.(operation, { ...answer }, kernel) ?? answer) };
  };
  const booter = new SimulatedBooter({
    invoke,
    instructionsRetired: options.counter ?? (() => 0n),
    ...UNUSED,
  });
  const { kernel, program } = booter;
  options.prepare?.(kernel);
  const bytes = archive(options.members ?? [{ name: 'booter', content: Buffer.alloc(1234) }]);
  options.damage?.(bytes);
  new Uint8Array(kernel.memory).set(bytes, ARCHIVE);
  const info = new BootInfoWriter(program, kernel.memory);
  fill(info, kernel, bytes.length);
  options.change?.(info);
  try {
    program.functions['componentMain']?.(BOOT_INFO);
  } catch (stop) {
    if (stop instanceof MachineStopped) return { output: kernel.output, code: stop.code, kernel };
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
    '  0x008000c000 - 0x008003ffff    208 KiB  free',
    '  frame 0x008000c000, Untyped, becomes User       User, count 0',
    '  made User again, mapped, read                   4096 bytes of zero',
    '  flash@1 mapped twice, and read                  the same word both times',
    '  3 tables linked: a console at each level writes 0 1 2 3',
    '  frames that were Untyped, one by one            all are Untyped again',
    '  hart 3: runs this component',
    '  hart 1: not started',
    '  booter                        1234 bytes',
  ]) {
    t.true(output.split('\n').includes(line), line);
  }
  t.regex(output, /\n {2}Untyped +52 +52\n/);
  t.notRegex(output, / \n/, 'no line ends in a space');
});

test('INV10, C8: every frame that was Untyped when the booter began is so at the end, in the frame table itself', (t) => {
  const { kernel } = boot();
  for (let frame = FREE_FRAME; frame < FRAMES; frame++) {
    t.is(kernel.word(kernel.frameTable + Number(frame) * 16) & 0xffff_ffffn, 0x0200_0000n, `frame ${frame}`);
  }
});

test('a frame that does not come back is named, and is an exit code of 1', (t) => {
  const lost = (forged: (kernel: SimulatedKernel) => void): { output: string; code: bigint } => {
    let done = false;
    return boot({
      forge: (operation, answer, kernel) => {
        if (operation === kernel.constant('OPERATION_PAGE_TABLE_MAP') && !done) {
          done = true;
          forged(kernel);
        }
        return answer;
      },
    });
  };
  const one = lost((kernel) => kernel.typeFrame(60n, 'FRAME_TYPE_USER', 1n));
  t.is(one.code, 1n);
  t.regex(one.output, /\n {2}not given back: 1, the first at 0x008003c000: User, count 1\n/);
  const three = lost((kernel) => {
    for (const frame of [61n, 62n]) kernel.typeFrame(frame, 'FRAME_TYPE_BLANK', 0n);
    kernel.typeFrame(50n, 'FRAME_TYPE_UNTYPED', 1n);
  });
  t.is(three.code, 1n);
  t.regex(three.output, /\n {2}not given back: 3, the first at 0x0080032000: Untyped, count 1\n/);
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

/** Operations that change something. */
const CHANGES = ['FRAMES_RETYPE', 'FRAMES_RECOVER', 'CAPABILITY_TABLE_CREATE', 'CAPABILITY_TABLE_COPY']
  .concat(['CAPABILITY_TABLE_MOVE', 'CAPABILITY_TABLE_DROP', 'CAPABILITY_TABLE_CLEAR', 'CAPABILITY_TABLE_LINK'])
  .concat(['CAPABILITY_TABLE_UNLINK', 'PAGE_TABLE_MAP', 'PAGE_TABLE_UNMAP', 'PAGE_TABLE_PROTECT'])
  .concat(['PAGE_TABLE_LINK', 'PAGE_TABLE_UNLINK', 'PAGE_TABLE_CLEAR'])
  .map((name) => `OPERATION_${name}`);

test('no single wrong answer goes unnoticed: a refusal that succeeds, a success that is refused', (t) => {
  /** Boots with a wrong answer to the call number `wrong`; answers the exit code, or what stopped the booter. */
  const bootWith = (wrong: number): { readonly verdict: bigint | string; readonly calls: number } => {
    let calls = 0;
    const forge = (operation: bigint, answer: Answer, kernel: SimulatedKernel): Answer => {
      if (!CHANGES.some((name) => kernel.constant(name) === operation)) return answer;
      calls += 1;
      if (calls !== wrong) return answer;
      return answer.error === 0n ? { error: kernel.constant('ERROR_BUSY'), value: 0n } : { error: 0n, value: 0n };
    };
    try {
      return { verdict: boot({ forge }).code, calls };
    } catch (stop) {
      return { verdict: String(stop), calls };
    }
  };
  const { verdict, calls } = bootWith(0);
  t.is(verdict, 0n);
  t.true(calls > 150);
  const unnoticed = [];
  for (let wrong = 1; wrong <= calls; wrong++) if (bootWith(wrong).verdict === 0n) unnoticed.push(wrong);
  t.deepEqual(unnoticed, []);
  t.log(`${calls} answers`);
});

test('frames that cannot be inspected are an exit code of 1', (t) => {
  const { output, code } = boot({
    prepare: (kernel) => kernel.grant(kernel.rootTable, 16, { kind: BigInt(KIND.Device), count: 4n }),
  });
  t.is(code, 1n);
  t.regex(output, /WrongKind/);
});
