/** What a component sees in its registers after a system call, and what becomes of its faults: the debugger plays the component. */
import test from 'ava';
import { debug } from './gdb.ts';

const BUILD = ['out/debug/harmony.elf', 'out/debug/boot.cpio'] as const;
const COMPONENT = 'out/debug/booter.elf';
const KEPT = ['sp', 'gp', 'tp', 's0', ...[...new Array(11).keys()].map((index) => `s${index + 1}`), 'ra'];
const CLEARED = ['a2', 'a3', 'a4', 'a5', 'a6', 'a7', 't0', 't1', 't2', 't3', 't4', 't5', 't6'];
/** Fixed slots and operations of the first component. */
const FRAMES_INSPECT = { a6: 4n, a7: 16n, a0: 0n };
const NO_OPERATION = { a6: 9999n, a7: 4n, a0: 1n };
const EMPTY_SLOT = { a6: 4n, a7: 63n, a0: 1n };

type Registers = Readonly<Record<string, bigint>>;

/** Every register of an integer program with a value of its own, but for those that are given. */
function pattern(given: Registers): Registers {
  const names = [...KEPT, ...CLEARED, 'a0', 'a1'];
  const own = names.map((name, index) => [name, 0xa5a5_0000_5a5a_0000n + BigInt(index) * 0x1_0000_0001n]);
  return { ...Object.fromEntries(own), ...given };
}

/** Makes one system call with these registers; answers the registers at the next instruction. */
async function call(before: Registers): Promise<{ readonly after: Registers; readonly log: string }> {
  const set = Object.entries(before).map(([name, value]) => `set $${name} = 0x${value.toString(16)}`);
  const read = Object.keys(before).map((name) => `printf "after ${name} %lx\\n", $${name}`);
  const { gdb, guest } = await debug(BUILD, [
    `file ${COMPONENT}`,
    'hbreak *&invoke',
    'continue',
    ...set,
    'delete',
    'hbreak *((unsigned long)&invoke + 4)',
    'continue',
    ...read,
    'kill',
  ]);
  const found = [...gdb.output.matchAll(/^after (\w+) ([0-9a-f]+)$/gm)];
  return {
    after: Object.fromEntries(found.map(([, name, value]) => [name ?? '', BigInt(`0x${value}`)])),
    log: `${gdb.output}\n${guest.output}`,
  };
}

for (const [title, given, error] of [
  ['a system call', FRAMES_INSPECT, 0n],
  ['a system call that fails', NO_OPERATION, 4n],
  ['a system call on an empty slot', EMPTY_SLOT, 1n],
  ['a system call with a kernel address as stack', { ...FRAMES_INSPECT, sp: 0xffff_ffc0_8020_0000n }, 0n],
] as const) {
  test.serial(`${title} keeps what a function keeps, answers in a0 and a1, and clears the rest`, async (t) => {
    const before = pattern(given);
    const { after, log } = await call(before);
    t.is(Object.keys(after).length, Object.keys(before).length, log);
    for (const name of KEPT) t.is(after[name], before[name], `${name}\n${log}`);
    for (const name of CLEARED) t.is(after[name], 0n, `${name}\n${log}`);
    t.is(after['a0'], error);
  });
}

for (const [title, commands, record] of [
  ['a jump to nowhere', ['set $pc = 0'], 'instruction page fault \\(cause 0xc\\), address 0x0, pc 0x0'],
  [
    'a jump into the kernel',
    ['set $pc = 0xffffffc080200000'],
    'instruction page fault \\(cause 0xc\\), address 0xffffffc080200000, pc 0xffffffc080200000',
  ],
  [
    'a stack in the kernel, used',
    ['set $sp = 0xffffffc080210000', 'set $pc = &componentMain'],
    'store page fault \\(cause 0xf\\), address 0xffffffc0802[0-9a-f]+, pc 0x[0-9a-f]+',
  ],
  [
    'a breakpoint that no debugger set',
    ['set $pc = &harmonyTrap'],
    'breakpoint \\(cause 0x3\\), address 0x[0-9a-f]+, pc 0x[0-9a-f]+',
  ],
] as const) {
  test.serial(`${title}: one line, exit code 1`, async (t) => {
    const { gdb, guest } = await debug(BUILD, [
      `file ${COMPONENT}`,
      'hbreak *&invoke',
      'continue',
      ...commands,
      'delete',
      'detach',
    ]);
    const lines = guest.output.split(/\r?\n/).filter((line) => /^(fault|kernel bug): /.test(line));
    t.log(...lines);
    t.is(lines.length, 1, `${gdb.output}\n${guest.output}`);
    t.regex(lines[0] ?? '', new RegExp(`^fault: ${record}`));
    t.is(guest.code, 1, guest.output);
  });
}
