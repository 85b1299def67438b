/** Bugs of the kernel, brought about by the debugger: no component can. Each is one record, and the machine stops. */
import test from 'ava';
import { TIMED_OUT } from './boot.ts';
import { debug } from './gdb.ts';

const BUILD = ['out/debug/harmony.elf', 'out/debug/boot.cpio'] as const;
const EXIT_BUG = 2;

/** Stops in a system call on the stack of the kernel, does something to the hart, goes on. */
async function bug(...commands: readonly string[]) {
  const { gdb, guest } = await debug(BUILD, [
    `file ${BUILD[0]}`,
    'break consoleWrite',
    'continue',
    ...commands,
    'delete',
    'detach',
  ]);
  const records = guest.output.split(/\r?\n/).filter((line) => line.startsWith('kernel bug: '));
  return { records, code: guest.code, log: `${gdb.output}\n${guest.output}` };
}

for (const [title, commands, record] of [
  [
    'a load from an address that is not mapped',
    ['set $a1 = 0x1001', 'set $a2 = 1', 'set $pc = &memoryCopy'],
    'trap, cause 0xd, address 0x1001, pc 0xffffffc0802[0-9a-f]+',
  ],
  ['a jump to memory of a component', ['set $pc = 0x10000'], 'trap, cause 0xc, address 0x10000, pc 0x10000'],
  [
    'a store to the code of the kernel',
    ['set $sp = &trapVector', 'set $pc = &syscallEntry'],
    'trap, cause 0xf, address 0xffffffc0802[0-9a-f]+, pc 0xffffffc0802[0-9a-f]+',
  ],
  [
    'a stack that overflows',
    ['set $sp = ((unsigned long)$sp & ~0x7fff) + 0x1000', 'set $pc = &syscallEntry'],
    'trap, cause 0xf, address 0xffffffc080[0-9a-f]+, pc 0xffffffc0802[0-9a-f]+',
  ],
  [
    'a check that fails',
    ['set $a1 = 0', 'set $a2 = 1', 'set $a3 = 1', 'set $pc = &spanPart'],
    'failed check at kernel-src/machine/span\\.ts:[0-9]+',
  ],
] as const) {
  test.serial(`${title}: one record, exit code 2`, async (t) => {
    const { records, code, log } = await bug(...commands);
    t.log(...records);
    t.is(records.length, 1, log);
    t.regex(records[0] ?? '', new RegExp(`^kernel bug: ${record}, hart [0-9]+, operation 1$`), log);
    t.not(code, TIMED_OUT);
    t.is(code, EXIT_BUG, log);
  });
}

test.serial('a second bug while the first one is reported: the machine only stops', async (t) => {
  const { records, code, log } = await bug(
    'set $pc = 0x10000',
    'break kernelTrapReport',
    'continue',
    'set $pc = 0x10000',
  );
  t.deepEqual(records, [], log);
  t.is(code, EXIT_BUG, log);
});

test.serial('a check that fails while a failed check is reported: the machine only stops', async (t) => {
  const fails = ['set $a1 = 0', 'set $a2 = 1', 'set $a3 = 1', 'set $pc = &spanPart'];
  const { code, log } = await bug(...fails, 'break bugStop', 'continue', ...fails);
  t.is(log.split('kernel bug: ').length, 2, log);
  t.is(code, EXIT_BUG, log);
});

test.serial('without a test finisher, semihosting gives the exit code', async (t) => {
  const { records, code, log } = await bug('set *(unsigned long *)&finisherAddress = 0', 'set $pc = 0x10000');
  t.is(records.length, 1, log);
  t.is(code, EXIT_BUG, log);
});
