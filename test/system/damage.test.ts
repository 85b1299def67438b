import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { expectRefusal } from './boot.ts';
import { damagedArchives, damagedElfFiles, type Damage } from './damage.ts';

const folder = mkdtempSync(join(tmpdir(), 'harmony-damage-'));
test.after.always(() => rmSync(folder, { recursive: true }));

const booter = readFileSync('out/user/booter.elf');

function refuses(subject: string, list: readonly Damage[]): void {
  for (const damage of list) {
    test.serial(`${subject} with ${damage.title}: one clear line and a failure`, async (t) => {
      const file = join(folder, 'boot.cpio');
      writeFileSync(file, damage.archive);
      await expectRefusal(t, { archive: file });
    });
  }
}

refuses('a boot archive', damagedArchives(booter));
refuses('a booter', damagedElfFiles(booter));

test.serial('a missing boot archive: one clear line and a failure', async (t) => {
  await expectRefusal(t, { archive: null });
});
