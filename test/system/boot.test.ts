import test from 'ava';
import { ARCHIVE, expectSuccess, KERNEL } from './boot.ts';
import { debug } from './gdb.ts';

// With 6 MiB no 2 MiB are free in one piece: the frame table is mapped page by page.
for (const memory of ['6M', '16M', '64M', '128M', '2G', '8G']) {
  test.serial(`boots with ${memory} of memory`, async (t) => {
    await expectSuccess(t, { memory });
  });
}

for (const harts of [1, 2, 3, 4, 5, 6, 7, 8]) {
  test.serial(`boots with ${harts} harts`, async (t) => {
    const { output } = await expectSuccess(t, { harts });
    t.log(output.split(/\r?\n/).find((line) => line.startsWith('boot: hart ')) ?? 'the boot hart was not printed');
  });
}

for (const cpu of ['rv64', 'sifive-u54']) {
  test.serial(`boots on -cpu ${cpu}`, async (t) => {
    await expectSuccess(t, { cpu, harts: 4 });
  });
}

/**
 * Which hart starts is the firmware's choice. QEMU's prefers hart 0, by a structure behind the reset vector (OpenSBI,
 * include/sbi/fw_dynamic.h: the magic number OSBI, five doublewords later the hart), which the debugger changes before the
 * first instruction. The preferred one is nearly always the first to arrive where the firmware chooses.
 */
function preferHart(hart: number): readonly string[] {
  return ['find /w 0x1000, +0x100, 0x4942534f', `set {long}($_ + 40) = ${hart}`, 'detach'];
}

const PREFERRED: readonly (readonly [number, number, string, string])[] = [
  ...[1, 2, 3, 4, 5, 6, 7].map((hart) => [hart, 8, 'rv64', '128M'] as const),
  [1, 2, 'rv64', '64M'],
  [2, 3, 'rv64', '2G'],
  [3, 4, 'sifive-u54', '128M'],
  [7, 8, 'sifive-u54', '64M'],
];
const started = new Set<string>();
for (const [hart, harts, cpu, memory] of PREFERRED) {
  test.serial(`boots when the firmware prefers hart ${hart} of ${harts}, ${cpu}, ${memory}`, async (t) => {
    const machine = ['--smp', String(harts), '--cpu', cpu, '--memory', memory, KERNEL, ARCHIVE];
    const { gdb, guest } = await debug(machine, preferHart(hart));
    const [, first] = /^boot: hart (\d+) of /m.exec(guest.output) ?? [];
    if (guest.code !== 0) t.log(gdb.output, guest.output);
    t.is(guest.code, 0);
    t.truthy(first);
    t.log(`hart ${first} started`);
    started.add(first ?? '');
  });
}

test.serial('at least four different harts have started', (t) => {
  t.true(started.size >= 4, [...started].join(', '));
});

test.serial('the raw image and the ELF file boot alike, release and debug', async (t) => {
  await expectSuccess(t, { kernel: 'out/kernel/harmony.elf' });
  await expectSuccess(t, { kernel: 'out/debug/Image', archive: 'out/debug/boot.cpio' });
  await expectSuccess(t, {
    kernel: 'out/debug/harmony.elf',
    archive: 'out/debug/boot.cpio',
    cpu: 'sifive-u54',
    harts: 2,
  });
});
