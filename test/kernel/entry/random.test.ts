import test from 'ava';
import fc from 'fast-check';
import { MachineStopped, type Answer, type Call } from '../simulated-kernel.ts';
import { errorNumber, MODEL } from './refusals.ts';
import * as scene from './scene.ts';

const CALLS = 100;
const RUNS = 1000;
const STOPPED: Answer = { error: -1n, value: 0n };
const word = fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn });
const small = fc.bigInt({ min: 0n, max: 70n });
const value = fc.oneof(
  small,
  small,
  word,
  fc.constantFrom(1n << 32n, 1n << 63n, 0x41n, 0x4241n, 0xffff_ffff_ffff_ffffn),
);
const known = [scene.CONSOLE, scene.CONSOLE, scene.FRAMES, scene.FRAMES, scene.TABLE, scene.TABLE, scene.SYSTEM];
const index = fc.constantFrom(0n, 1n, 2n, 9n);
const deep = fc
  .array(index, { minLength: 1, maxLength: 3 })
  .map((indexes) => scene.identifier(scene.DEEPER, ...indexes));
/** Operations that change nothing, and numbers that are none. Those that change something are in `test/kernel/random`. */
const looking = fc.constantFrom(0n, 1n, 2n, 3n, 4n, 7n, 8n);
const wild = fc.record({
  capability: fc.oneof(small, deep, word),
  operation: fc.oneof(
    looking,
    fc.bigInt({ min: 36n, max: 60n }),
    word.filter((number) => number > 60n),
  ),
  arguments: fc.array(value, { minLength: 6, maxLength: 6 }),
});
/** A capability with an operation of its kind, and arguments that mostly fit. */
const fitting = fc.oneof(
  fc
    .tuple(fc.bigInt({ min: 0n, max: 127n }), fc.bigInt({ min: 1n, max: 8n }))
    .map(([byte, count]) => made(0, byte, count)),
  fc.tuple(fc.bigInt({ min: 0n, max: 44n }), word).map(([frame, rest]) => made(1, frame, rest)),
  fc.tuple(small, fc.bigInt({ min: 0n, max: 4n })).map(([slot, field]) => made(2, slot, field)),
  fc.tuple(fc.constantFrom(...known), looking, value).map(([capability, operation, first]) => ({
    capability,
    operation,
    arguments: [first, 1n, 0n, 0n, 0n, 0n],
  })),
);
const call: fc.Arbitrary<Call> = fc.oneof({ weight: 3, arbitrary: fitting }, { weight: 1, arbitrary: wild });

function made(which: number, first: bigint, second: bigint): Call {
  const [capability = 0n, operation = 0n] =
    [
      [scene.CONSOLE, 1n],
      [scene.FRAMES, 4n],
      [scene.TABLE, 8n],
    ][which] ?? [];
  return { capability, operation, arguments: [first, second, 0n, 0n, 0n, 0n] };
}

/** What the rules of the interface say, computed from them and not from the kernel. */
function expected({ capability, operation, arguments: [a0 = 0n, a1 = 0n] = [] }: Call): string {
  const found = MODEL.operations.find((o) => o.constant.value === operation);
  if (found === undefined) return 'BadOperation';
  const at = locate(capability);
  if (typeof at === 'string') return at;
  if (at.kind !== found.kind) return 'WrongKind';
  if (found.rights.length > 0 && !at.allowed) return 'MissingRights';
  switch (`${found.kind}.${found.name}`) {
    case 'Console.Write':
      if (a1 < 1n || a1 > 8n) return 'OutOfRange';
      return a0 < 1n << (8n * a1) ? 'Ok' : 'BadArgument';
    case 'System.Shutdown':
      return a0 < 256n ? 'stops' : 'OutOfRange';
    case 'System.Reboot':
      return 'stops';
    case 'Frames.Inspect':
      return a0 < scene.FRAMES_COUNT ? 'Ok' : 'OutOfRange';
    case 'Hart.Inspect':
      return a0 < 3n ? 'Ok' : 'OutOfRange';
    default:
      return expectedInspect(a0, a1);
  }
}

function expectedInspect(slot: bigint, field: bigint): string {
  if (slot > 63n || field > 3n) return 'OutOfRange';
  if (field === 3n) return 'Ok';
  const at = locate(slot);
  if (at === 'NoCapability') return 'Empty';
  return at === 'Busy' ? 'Busy' : 'Ok';
}

interface Located {
  readonly kind: string;
  readonly allowed: boolean;
}
const ROOT = new Map<bigint, Located | string>([
  [scene.CONSOLE, { kind: 'Console', allowed: true }],
  [scene.SYSTEM, { kind: 'System', allowed: true }],
  [scene.FRAMES, { kind: 'Frames', allowed: true }],
  [scene.TABLE, { kind: 'CapabilityTable', allowed: true }],
  [scene.CONSOLE_WITHOUT_RIGHTS, { kind: 'Console', allowed: false }],
  [scene.SYSTEM_WITHOUT_RIGHTS, { kind: 'System', allowed: false }],
  [scene.TABLE_WITHOUT_RIGHTS, { kind: 'CapabilityTable', allowed: false }],
  [scene.BUSY, 'Busy'],
  [scene.THREAD, { kind: 'Thread', allowed: true }],
  [scene.HART, { kind: 'Hart', allowed: true }],
]);

/** The capability that an id names in the scene, or why there is none. */
function locate(id: bigint): Located | string {
  if (id < 64n) return ROOT.get(id) ?? 'NoCapability';
  if (id === 64n) return { kind: 'Itself', allowed: true };
  const levels = Number(id >> 24n);
  if (levels < 1 || levels > 3) return 'BadArgument';
  const digits = Array.from({ length: 4 }, (_, level) => (id >> BigInt(6 * level)) & 63n);
  if (digits.some((digit, level) => level > levels && digit !== 0n)) return 'BadArgument';
  if (digits[0] !== scene.DEEPER) return 'NoCapability';
  if (digits.slice(1, levels).some((digit) => digit !== 0n)) return 'NoCapability';
  const last = digits[levels];
  return last === 1n || last === 2n ? { kind: 'Console', allowed: last === 2n } : 'NoCapability';
}

test('X2: 100,000 calls with any registers answer by the rules, and change nothing', (t) => {
  const kernel = scene.makeScene();
  const before = kernel.state();
  const histogram = new Map<string, number>();
  const perform = (one: Call): Answer => {
    try {
      return kernel.invoke(one);
    } catch (stop) {
      if (stop instanceof MachineStopped) return STOPPED;
      throw stop;
    }
  };
  const property = fc.property(fc.array(call, { minLength: CALLS, maxLength: CALLS }), (calls) => {
    for (const one of calls) {
      const want = expected(one);
      const { error } = perform(one);
      if (error !== (want === 'stops' ? STOPPED.error : errorNumber(want))) return false;
      histogram.set(want, (histogram.get(want) ?? 0) + 1);
    }
    return Buffer.compare(before, kernel.state()) === 0;
  });
  fc.assert(property, { numRuns: RUNS });
  const total = [...histogram.values()].reduce((sum, count) => sum + count, 0);
  t.log([...histogram].map(([name, count]) => `${name} ${count}`).join(', '));
  t.true(total >= CALLS * RUNS);
  t.true((histogram.get('Ok') ?? 0) >= 0.3 * total, 'at least 30 % of the calls succeed');
  for (const name of [
    'BadOperation',
    'BadArgument',
    'NoCapability',
    'WrongKind',
    'MissingRights',
    'OutOfRange',
    'Empty',
    'Busy',
    'stops',
  ]) {
    t.true((histogram.get(name) ?? 0) > 0, `${name} occurs`);
  }
});
