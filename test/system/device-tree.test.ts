import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { expectRefusal, expectSuccess, KERNEL, refusals, ARCHIVE, TIMED_OUT } from './boot.ts';
import { compileTree, machineTree, withChosen, withoutNode, withoutProperty } from './device-tree.ts';
import { debug } from './gdb.ts';

const folder = mkdtempSync(join(tmpdir(), 'harmony-tree-'));
test.after.always(() => rmSync(folder, { recursive: true }));
const machine = machineTree(folder);

test.serial('a tree that dtc has taken apart and put together boots', async (t) => {
  await expectSuccess(t, { deviceTree: compileTree(folder, machine) });
});

test.serial('a board without an interrupt controller boots, and says so in one line', async (t) => {
  const edited = machine.replace(
    /"sifive,plic-1\.0\.0\\0riscv,plic0"|"sifive,plic-1\.0\.0", "riscv,plic0"/,
    '"other,controller"',
  );
  t.not(edited, machine);
  const { output } = await expectSuccess(t, { deviceTree: compileTree(folder, edited) });
  t.is(output.split('\n').filter((line) => line.startsWith('boot: no interrupt controller')).length, 1);
});

test.serial(
  'no component is given registers of the interrupt controller or the CLINT, whatever node names them',
  async (t) => {
    const node = (name: string, base: number, size: number): string =>
      `${name}@${base.toString(16)} { compatible = "other"; reg = <0x0 0x${base.toString(16)} 0x0 0x${size.toString(16)}>; };\n`;
    const nodes = node('claims', 0xc20_1000, 0x1000) + node('timer', 0x200_bff8, 8) + node('good', 0x1010_2000, 0x1000);
    const edited = machine.replace(/(\bsoc \{\n)((?:[^{}]*;\n)*)/, `$1$2${nodes}`);
    t.not(edited, machine);
    const { output } = await expectSuccess(t, { deviceTree: compileTree(folder, edited) });
    t.regex(output, /good@10102000/);
    t.notRegex(output, /claims@|timer@/);
    t.regex(output, /boot: device ranges left out[^\n]*: 2\r?\n/);
  },
);

const MEMORY = /(memory@80000000 \{\s*device_type = "memory";\s*reg = <0x00 0x80000000 0x00 )0x\w+/;

for (const [title, edit] of [
  ['no memory', (source) => withoutNode(source, 'memory@80000000')],
  ['memory that ends inside the kernel', (source) => source.replace(MEMORY, '$10x280000')],
  ['memory that ends behind the kernel', (source) => source.replace(MEMORY, '$10x2b0000')],
  ['no hart with an MMU', (source) => withoutProperty(source, 'mmu-type')],
] satisfies readonly (readonly [string, (source: string) => string])[]) {
  test.serial(`a tree with ${title}: one clear line and a failure`, async (t) => {
    const edited = edit(machine);
    t.not(edited, machine);
    await expectRefusal(t, { deviceTree: compileTree(folder, edited) });
  });
}

for (const [title, properties] of [
  ['no boot archive', ''],
  ['a boot archive without an end', 'linux,initrd-start = <0x84200000>;'],
  ['a boot archive that ends before it begins', 'linux,initrd-start = <0x84200000>; linux,initrd-end = <0x84100000>;'],
  ['a boot archive outside of memory', 'linux,initrd-start = <0x10000000>; linux,initrd-end = <0x10001000>;'],
  ['a boot archive over the kernel', 'linux,initrd-start = <0x80200000>; linux,initrd-end = <0x80210000>;'],
  ['a boot archive over the firmware', 'linux,initrd-start = <0x80000000>; linux,initrd-end = <0x80010000>;'],
] as const) {
  test.serial(`a tree with ${title}: one clear line and a failure`, async (t) => {
    await expectRefusal(t, { deviceTree: compileTree(folder, withChosen(machine, properties)), archive: null });
  });
}

/** Where the kernel is entered, and where memory is that nobody uses yet. */
const ENTRY = '0x80200000';
const TREE = '0x87000000';

/** The firmware cannot start without these parts of the tree: it gets the whole one, the kernel the edited one. */
for (const [title, edit] of [
  ['no cpus', (source) => withoutNode(source, 'cpus')],
  ['no timebase', (source) => withoutProperty(source, 'timebase-frequency')],
  ['no memory and no cpus', (source) => withoutNode(withoutNode(source, 'cpus'), 'memory@80000000')],
] satisfies readonly (readonly [string, (source: string) => string])[]) {
  test.serial(`a tree with ${title}, given to the kernel only: one clear line and a failure`, async (t) => {
    const file = compileTree(folder, edit(machine));
    const { gdb, guest } = await debug(
      [KERNEL, ARCHIVE],
      [`hbreak *${ENTRY}`, 'continue', `restore ${file} binary ${TREE}`, `set $a1 = ${TREE}`, 'delete', 'detach'],
    );
    const lines = refusals(guest.output);
    t.log(...lines);
    if (lines.length !== 1) t.log(gdb.output, guest.output);
    t.not(guest.code, 0, 'the guest reported success');
    t.not(guest.code, TIMED_OUT, 'the guest did not stop in time');
    t.is(lines.length, 1, 'one line says what is wrong');
  });
}
