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
