import test from 'ava';
import { expectSuccess } from './boot.ts';

for (const memory of ['16M', '64M', '128M', '2G', '8G']) {
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
