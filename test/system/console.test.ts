/** The small system: what is typed reaches a component through the driver in user mode, by interrupts. */
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { make } from './scratch.ts';
import { session } from './session.ts';

const SYSTEM = ['out/kernel/harmony.elf', 'out/system.cpio'];
/** What is printed when all have come to rest but the component that is typed into. */
const RESTS = [
  /sieve: 6542 primes/,
  /watchdog: after \d+ answers there was none in time: it is retired, and all \d+ frames are free again/,
];
/** What the driver tells. */
const COUNTS = /interrupts (\d+), bytes typed (\d+), bytes printed (\d+)/g;

/** Lines as they are typed, and as they are echoed. */
const LINES = [
  ['hello', 'hello'],
  ['a line of several words', 'a line of several words'],
  ['with a mistook\b\b\bake', 'with a mistake'],
] as const;

/** The latest counts that were printed. */
function counts(output: string): readonly number[] {
  const last = [...output.matchAll(COUNTS)].at(-1) ?? [];
  return last.slice(1).map(Number);
}

/** Machines: the second kind has another serial port, and a first hart that runs no components. */
const MACHINES = ['--cpu rv64', '--cpu sifive-u54', '--machine sifive_u --smp 2'];

for (const options of MACHINES) {
  test.serial(`what is typed is echoed, by interrupts, with ${options}`, async (t) => {
    const machine = session([...options.split(' '), ...SYSTEM]);
    await machine.expect(/^> /m);
    for (const line of RESTS) await machine.expect(line);
    machine.type('count\r');
    await machine.expect(/bytes typed 6,/);
    const [before = 0] = counts(machine.output());
    t.true(before >= 1, 'typing has interrupted');
    for (const [typed, shown] of LINES) {
      machine.type(`${typed}\r`);
      await machine.expect(new RegExp(`^echo: ${shown}\r?$`, 'm'));
    }
    machine.type('count\r');
    await machine.expect(/bytes typed 63,/);
    const [after = 0, typed = 0] = counts(machine.output());
    t.log(`${after} interrupts for ${typed} bytes`);
    t.true(after - before >= 4, 'each line has interrupted');
    t.true(after <= typed, 'no byte has interrupted more than once');
    machine.type('quit\r');
    t.is(await machine.end(), 0, machine.output());
    t.regex(machine.output(), /every frame is free again/);
  });
}

test.serial('while nobody types the machine sleeps: nothing polls', async (t) => {
  const machine = session(SYSTEM);
  for (const line of RESTS) await machine.expect(line);
  await sleep(500);
  const before = machine.processorTime();
  await sleep(3000);
  const used = machine.processorTime() - before;
  t.log(`${used.toFixed(2)} seconds of processor time in 3 seconds`);
  t.true(used < 0.5, `the emulator has used ${used} of 3 seconds`);
  machine.type('\x04');
  t.is(await machine.end(), 0, 'Ctrl-D ends it');
});

test.serial('much is typed at once, and nothing of it is lost on the way to the component', async (t) => {
  const machine = session(SYSTEM);
  for (const line of RESTS) await machine.expect(line);
  const words = Array.from({ length: 40 }, (_, index) => `word${index}`);
  machine.type(words.map((word) => `${word}\r`).join(''));
  for (const word of words) await machine.expect(new RegExp(`^echo: ${word}\\r?$`, 'm'));
  machine.type('quit\r');
  t.is(await machine.end(), 0, machine.output());
});

test.serial('make system says how to leave, and ends with exit code 0', async (t) => {
  const { code, output } = await make('.', ['system'], { input: '\rquit\r' });
  t.is(code, 0, output);
  t.regex(output, /^system: .*quit \(or Ctrl-D\) leaves/m);
});
