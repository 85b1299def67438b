import test, { type ExecutionContext } from 'ava';
import { join } from 'node:path';
import { ROOT, build } from './worlds/build.ts';
import { runJavaScript } from './worlds/javascript.ts';
import { runHostC, runRiscv } from './worlds/native.ts';

const built = await build([join(ROOT, 'test', 'compiler', 'accept')], 'accept');
const plain = await runJavaScript(built, 'plain');

/** Every outcome is the stated one, and traps are at the same site as in plain JavaScript. */
function compare(t: ExecutionContext, outcomes: readonly string[]): void {
  for (const [index, call] of built.calls.entries()) {
    const outcome = outcomes[index] ?? 'nothing';
    const stated = outcome.split(' ')[0];
    t.is(stated, call.expected, `${call.place}: ${call.text}`);
    t.is(outcome, plain[index] ?? 'nothing', `${call.place}: ${call.text} differs from plain JavaScript`);
  }
  t.is(outcomes.length, built.calls.length);
  t.log(`${outcomes.length} calls of ${built.modules.length} modules`);
}

test('accept sources: plain JavaScript gives the stated results', (t) => {
  t.true(built.calls.length > 300);
  compare(t, plain);
});

test('accept sources: yielding JavaScript gives the stated results', async (t) => {
  compare(t, await runJavaScript(built, 'yielding'));
});

test('accept sources: C on the host under UBSan gives the stated results', async (t) => {
  compare(t, await runHostC(built));
});

test('accept sources: C on the RISC-V emulator gives the stated results', async (t) => {
  compare(t, (await runRiscv(built)).outcomes);
});
