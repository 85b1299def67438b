import test from 'ava';
import { join } from 'node:path';
import { explore } from '../../compiler/runtime/host-machine-explore.ts';
import {
  performAccess,
  type AtomicAccess,
  type HostThread,
  type HostValue,
  type SharedAccess,
} from '../../compiler/runtime/host-machine.ts';
import { ROOT, build } from './worlds/build.ts';
import { instantiate, type Instance } from './worlds/javascript.ts';

const built = await build([join(ROOT, 'test', 'compiler', 'accept', 'sharing.ts')], 'sharing');

/** The moment at which a hart's store buffer writes its oldest store to memory: a thread of its own. */
function* storeBuffer(hart: number): HostThread {
  yield { kind: 'external', method: 'drain', address: 0, size: 0, operands: [hart], site: 'store buffer' };
  return undefined;
}

/** A machine whose harts keep their stores back for a while; a fence waits for them, a hart sees its own. */
class BufferedMemory {
  readonly #instance: Instance;
  #waiting: readonly { readonly hart: number; readonly access: AtomicAccess }[] = [];

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  restart(): void {
    this.#waiting = [];
  }

  #write(hart: number, count: number): undefined {
    for (let written = 0; written < count; written += 1) {
      const oldest = this.#waiting.find((store) => store.hart === hart);
      if (oldest === undefined) return undefined;
      this.#waiting = this.#waiting.filter((store) => store !== oldest);
      performAccess(this.#instance.machine, oldest.access);
    }
    return undefined;
  }

  perform(access: SharedAccess, hart: number): HostValue {
    if (access.kind === 'external' && access.method === 'drain') return this.#write(Number(access.operands[0]), 1);
    if (access.kind === 'external') this.#write(hart, this.#waiting.length);
    if (access.kind !== 'atomic') return performAccess(this.#instance.machine, access);
    if (access.method === 'store') {
      this.#waiting = [...this.#waiting, { hart, access }];
      return undefined;
    }
    const own = this.#waiting.findLast((store) => store.hart === hart && store.access.address === access.address);
    return own === undefined ? performAccess(this.#instance.machine, access) : own.access.operands[0];
  }
}

/** Both harts call the function; the pairs of results that occur, in all interleavings. */
async function resultsOf(
  name: string,
  buffered: boolean,
): Promise<{ found: readonly string[]; interleavings: number }> {
  const instance = await instantiate(built, 'yielding');
  const call = instance.program.generators[name];
  if (call === undefined) throw new Error(`no generator ${name}`);
  const fresh = instance.machine.snapshot();
  const memory = new BufferedMemory(instance);
  const found = new Set<string>();
  const { interleavings } = explore({
    start: () => {
      instance.machine.restore(fresh);
      memory.restart();
      return buffered ? [call(0), call(1), storeBuffer(0), storeBuffer(1)] : [call(0), call(1)];
    },
    perform: (access, hart) => (buffered ? memory.perform(access, hart) : performAccess(instance.machine, access)),
    finish: ([first, second]) => found.add(`${String(first)} ${String(second)}`),
    limit: 10_000,
  });
  return { found: [...found].sort(), interleavings };
}

test('on a machine that performs stores at once, one of two harts sees the other', async (t) => {
  t.deepEqual(await resultsOf('raiseThenLook', false), { found: ['0 1', '1 0', '1 1'], interleavings: 6 });
});

test('on a machine that delays stores, both may see nothing: the exploration finds it', async (t) => {
  const { found, interleavings } = await resultsOf('raiseThenLook', true);
  t.deepEqual(found, ['0 0', '0 1', '1 0', '1 1']);
  // (2 + 2 + 1 + 1)! / (2! 2!)
  t.is(interleavings, 180);
  t.log(`explored ${interleavings} interleavings of two harts and their store buffers`);
});

test('a fence between store and load forbids it', async (t) => {
  const { found, interleavings } = await resultsOf('raiseFenceLook', true);
  t.deepEqual(found, ['0 1', '1 0', '1 1']);
  // (3 + 3 + 1 + 1)! / (3! 3!)
  t.is(interleavings, 1120);
  t.log(`explored ${interleavings} interleavings of two harts with fences and their store buffers`);
});
