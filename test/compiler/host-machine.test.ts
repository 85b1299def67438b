import test from 'ava';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  HarmonyTrap,
  SimpleHostMachine,
  drain,
  loadHostModule,
  performAccess,
  type HostExternal,
  type HostFunction,
  type HostGenerator,
  type HostMachine,
  type HostModule,
  type HostProgram,
  type SharedAccess,
} from '../../compiler/runtime/host-machine.ts';
import { ROOT, build } from './worlds/build.ts';

const sources = ['casts.ts', 'checks.ts', 'objects.ts', 'texts.ts', 'volatiles.ts'];
const built = await build(
  sources.map((name) => join(ROOT, 'test', 'compiler', 'accept', name)),
  'host-machine',
);

function load(form: 'program' | 'yielding'): Promise<HostModule> {
  return loadHostModule(pathToFileURL(join(built.folder, 'js', `${form}.js`)).href);
}
const plain = await load('program');
const yielding = await load('yielding');

const EXTERNALS: Readonly<Record<string, HostExternal>> = {
  acceptStop: () => {
    throw new HarmonyTrap('stopped', 'acceptStop');
  },
  acceptFence: (value: bigint) => value + 100n,
  acceptTwice: (value: number) => value * 2,
};

function start(module: HostModule, machine: HostMachine = newMachine()): HostProgram {
  return module.instantiate(machine);
}
function newMachine(): SimpleHostMachine {
  return new SimpleHostMachine({ size: 1 << 16, externals: EXTERNALS });
}
function functionOf(program: HostProgram, name: string): HostFunction {
  const found = program.functions[name];
  if (found === undefined) throw new Error(`no plain function ${name}`);
  return found;
}
function generatorOf(program: HostProgram, name: string): HostGenerator {
  const found = program.generators[name];
  if (found === undefined) throw new Error(`no generator ${name}`);
  return found;
}

test('the plain form has functions only, the yielding form generators for what accesses shared words', (t) => {
  t.deepEqual(start(plain).generators, {});
  const { functions, generators } = start(yielding);
  t.deepEqual(Object.keys(generators), [
    'raiseThenLook',
    'raiseFenceLook',
    'fenced',
    'registers',
    'readTwice',
    'channel',
    'wrapWrite',
  ]);
  t.is(functions['fenced'], undefined);
  t.is(typeof functions['external'], 'function');
});

test('the yielding form yields before every access; two volatile reads stay two', (t) => {
  const machine = newMachine();
  const program = start(yielding, machine);
  const device = program.objects['device'];
  const status = program.classes['Device']?.fields['status'];
  const address = (device?.address ?? 0) + (status?.offset ?? 0);
  const found: SharedAccess[] = [];
  const thread = generatorOf(program, 'readTwice')();
  let step = thread.next();
  const view = new DataView(machine.memory);
  while (!step.done) {
    if (found.length === 0) t.is(view.getUint32(address, true), 0, 'nothing is written before the thread is resumed');
    found.push(step.value);
    step = thread.next(performAccess(machine, step.value));
  }
  t.is(step.value, 6);
  t.deepEqual(found, [
    { kind: 'volatile', method: 'write', address, size: 4, operands: [3], site: 'volatiles.ts:21' },
    { kind: 'volatile', method: 'read', address, size: 4, operands: [], site: 'volatiles.ts:22' },
    { kind: 'volatile', method: 'read', address, size: 4, operands: [], site: 'volatiles.ts:22' },
  ]);
});

test('whoever resumes a thread decides what an access gives', (t) => {
  const program = start(yielding);
  const thread = generatorOf(program, 'readTwice')();
  thread.next();
  thread.next(undefined);
  thread.next(40);
  t.is(thread.next(2).value, 42);
});

test('a function with the tag @shared is an access of its own kind', (t) => {
  const machine = newMachine();
  const thread = generatorOf(start(yielding, machine), 'fenced')(4n);
  t.deepEqual(thread.next().value, {
    kind: 'external',
    method: 'acceptFence',
    address: 0,
    size: 0,
    operands: [4n],
    site: 'checks.ts:44',
  });
  t.is(drain(machine, generatorOf(start(yielding, machine), 'fenced')(4n)), 1145n);
  t.is(functionOf(start(plain, machine), 'fenced')(4n), 1145n);
});

test('the plain form reads and writes device registers through the machine', (t) => {
  const log: string[] = [];
  class Device extends SimpleHostMachine {
    override volatileRead(address: number, size: number): number {
      log.push(`read ${address - 16} ${size}`);
      return super.volatileRead(address, size);
    }
    override volatileWrite(address: number, size: number, value: number): void {
      log.push(`write ${address - 16} ${size} ${value}`);
      super.volatileWrite(address, size, value);
    }
  }
  const program = start(plain, new Device({ size: 1 << 16, externals: EXTERNALS }));
  const offset = (program.objects['device']?.address ?? 0) - 16;
  t.is(functionOf(program, 'wrapWrite')(511), 255);
  t.is(functionOf(program, 'channel')(3), 4);
  t.deepEqual(log, [`write ${offset} 1 255`, `read ${offset} 1`, `write ${offset + 20} 4 4`, `read ${offset + 20} 4`]);
});

test('an object outside the memory, or not aligned, is a trap that says so', (t) => {
  const program = start(plain, new SimpleHostMachine({ size: 1 << 16, base: 0x1000n, externals: EXTERNALS }));
  const headerAt = functionOf(program, 'kindAt');
  const outside =
    /^casts\.ts:\d+: trap: objectAt<Header>\(0x11000\) is outside the machine's memory, 0x1000 .* to 0x11000$/;
  t.throws(() => headerAt(0x11000n), { instanceOf: HarmonyTrap, message: outside });
  t.throws(() => headerAt(0x10ff0n), { instanceOf: HarmonyTrap, message: /is outside/ });
  t.throws(() => headerAt(0n), { instanceOf: HarmonyTrap, message: /is outside/ });
  t.throws(() => headerAt(0x2004n), { instanceOf: HarmonyTrap, message: /is not aligned to 8 bytes$/ });
  t.is(headerAt(0x2008n), 0);
});

test('a part of the memory has a second range of addresses: objects are found there, and nowhere behind it', (t) => {
  const alias = { address: 0xffff_ffff_c000_0000n, start: 0x2000, size: 0x100 };
  const machine = new SimpleHostMachine({ size: 1 << 16, base: 0x1000n, alias, externals: EXTERNALS });
  const headerAt = functionOf(start(plain, machine), 'kindAt');
  new DataView(machine.memory).setUint8(0x2018, 5);
  t.is(headerAt(0x3018n), 5);
  t.is(headerAt(0xffff_ffff_c000_0018n), 5);
  t.is(headerAt(0xffff_ffff_c000_0000n), 0, 'the first byte of the range');
  t.throws(() => headerAt(0xffff_ffff_c000_0004n), { message: /is not aligned to 8 bytes$/ });
  t.throws(() => headerAt(0xffff_ffff_c000_0100n), { message: /is outside/ });
  t.throws(() => headerAt(0xffff_ffff_bfff_fff8n), { message: /is outside/ });
});

test('the whole state of a program is its memory', (t) => {
  const machine = newMachine();
  const program = start(plain, machine);
  const fresh = machine.snapshot();
  t.is(functionOf(program, 'variables')(), 1036);
  const changed = machine.snapshot();
  t.is(functionOf(program, 'variables')(), 2038);
  machine.restore(changed);
  t.is(functionOf(program, 'variables')(), 2038);
  machine.restore(fresh);
  t.is(functionOf(program, 'variables')(), 1036);
  t.deepEqual(start(plain).objects, program.objects, 'the layout is the same every time');
});

test('a machine that does not fit the program is refused', (t) => {
  const externals = { acceptStop: () => undefined };
  t.throws(() => start(plain, new SimpleHostMachine({ size: 1 << 16, externals })), {
    message: 'the host machine lacks functions that the program declares: acceptFence, acceptTwice.',
  });
  t.throws(() => start(plain, new SimpleHostMachine({ size: 100, externals: EXTERNALS })), {
    message: /^the program's static data needs \d+ bytes from byte 16 on, but the machine's memory has 100 bytes/,
  });
  const misplaced = new SimpleHostMachine({ size: 1 << 16, staticStart: 0, externals: EXTERNALS });
  t.throws(() => start(plain, misplaced), { message: 'staticStart is 0; expected a multiple of 16 above 0.' });
});

test('a function of the machine that must not return, but does, is an error', (t) => {
  const externals = { ...EXTERNALS, acceptStop: () => undefined };
  for (const module of [plain, yielding]) {
    const program = start(module, new SimpleHostMachine({ size: 1 << 16, externals }));
    t.throws(() => functionOf(program, 'stops')(3), {
      message: /"acceptStop" returned, but its result type is "never"/,
    });
  }
});

test('a file that is no emitted program is refused', async (t) => {
  const url = pathToFileURL(join(ROOT, 'out', 'node', 'compiler', 'ir', 'ir.js')).href;
  await t.throwsAsync(loadHostModule(url), { message: /exports no function "instantiate"/ });
});
