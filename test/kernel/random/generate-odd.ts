/** Random steps, the odd ones: a call that is spoilt in one place, and what happens to the machine beside the calls. */
import { capability, chance, search, type Pick } from './choose.ts';
import { hartStep, lineStep, rouse, signalStep } from './generate-threads.ts';
import type { Scene } from './generate.ts';
import type { ModelCall } from '../model/call.ts';
import { NEEDS, operationOf } from '../model/look-up.ts';
import type { Model, ModelFrame } from '../model/model.ts';
import { COUNT_LIMIT, INCARNATION_LIMIT, KIND, TYPE } from '../checker/numbers.ts';
import type { Step } from '../model/trial.ts';

/** Values at the edges of what is legal, and far beyond. */
const NASTY: readonly bigint[] = [
  0n,
  1n,
  2n,
  3n,
  4n,
  5n,
  7n,
  8n,
  15n,
  59n,
  60n,
  62n,
  63n,
  64n,
  65n,
  255n,
  256n,
  511n,
  512n,
  0xffffn,
  0x1_0000n,
  0x8_0010n,
  1n << 24n,
  0x100_0041n,
  0x200_0000n,
  0x300_0000n,
  0x400_0000n,
  1n << 32n,
  0x1000_0000n,
  0x8020_0000n,
  0xffff_ffc0_8000_4000n,
  1n << 63n,
  (1n << 64n) - 1n,
];
/** Which argument is spoilt how often. */
const ARGUMENTS: readonly number[] = [0, 0, 0, 1, 1, 1, 2, 3, 3, 4, 5];
/** Harts that may run beside the first. */
const OTHERS = 3;

function nasty(pick: Pick): bigint {
  return NASTY[pick(NASTY.length)] ?? 0n;
}

/** An argument changed: a nasty value, stray high bits, or a little more. */
function spoilArgument(pick: Pick, call: ModelCall): ModelCall {
  const at = ARGUMENTS[pick(ARGUMENTS.length)] ?? 0;
  const before = call.values[at] ?? 0n;
  const changes = [nasty(pick), before + (1n << BigInt(24 + pick(40))), before + 1n, before ^ BigInt(1 + pick(7))];
  const after = BigInt.asUintN(64, changes[pick(changes.length)] ?? 0n);
  return { ...call, values: call.values.map((value, index) => (index === at ? after : value)) };
}

/** Another capability: of another kind, without the rights, an empty slot, or an id that is malformed. */
function spoilCapability({ model, hart, pick }: Scene, call: ModelCall): ModelCall {
  const name = operationOf(call.operation);
  const [kind, rights] = name === undefined ? [0, 0] : NEEDS[name];
  const choices = [
    (): bigint => nasty(pick),
    (): bigint => BigInt(pick(64) + (1 << 24) + pick(64) * 64),
    (): bigint => capability(model, hart, pick, (slot) => slot.kind !== kind)?.identifier ?? nasty(pick),
    (): bigint =>
      capability(model, hart, pick, (slot) => slot.kind === kind && (slot.rights & rights) !== rights)?.identifier ??
      nasty(pick),
  ];
  return { ...call, capability: choices[pick(choices.length)]?.() ?? 0n };
}

/** An argument that is a capability id, most often, names another capability. */
function spoilIdentifier({ model, hart, pick }: Scene, call: ModelCall): ModelCall {
  const at = [1, 1, 2, 4, 5][pick(5)] ?? 1;
  const other = capability(model, hart, pick, ({ kind }) => kind !== KIND.None)?.identifier ?? nasty(pick);
  const chosen = chance(pick, 30) ? BigInt(pick(64) + (1 << 24) + pick(64) * 64) : other;
  return { ...call, values: call.values.map((value, index) => (index === at ? chosen : value)) };
}

/** A call that is wrong in one place, as often as not. */
export function spoil(scene: Scene, call: ModelCall): ModelCall {
  const { pick } = scene;
  switch (pick(8)) {
    case 0:
    case 1:
    case 2:
      return spoilArgument(pick, call);
    case 3:
    case 4:
      return spoilIdentifier(scene, call);
    case 5:
      return { ...call, operation: [0n, 1000n, 1n << 32n, call.operation + (1n << 32n)][pick(4)] ?? 0n };
    default:
      return spoilCapability(scene, call);
  }
}

const TICK: Step = { kind: 'tick', ticks: 7_000 };

function frameStep(
  model: Model,
  pick: Pick,
  suits: (frame: ModelFrame) => boolean,
  step: (frame: number) => Step,
): Step {
  const found = search(pick, model.frames.length, (index) => suits(model.frame(index)));
  return found < 0 ? TICK : step(found);
}

/** A frame gets as many holders as a count can bear, or loses them. */
function pinStep(model: Model, pick: Pick): Step {
  const isPinned = ({ count }: ModelFrame): boolean => count > COUNT_LIMIT / 2;
  const pinned = model.frames.filter(isPinned);
  if (pinned.length > 2 || (pinned.length > 0 && pick(2) === 0)) {
    return { kind: 'pin', frame: pinned[pick(pinned.length)]?.index ?? 0, holders: 0 };
  }
  const suits = (frame: ModelFrame): boolean =>
    !frame.dead && !isPinned(frame) && (frame.type === TYPE.User || frame.type > TYPE.Blank) && frame.count > 0;
  return frameStep(model, pick, suits, (frame) => {
    const holders = COUNT_LIMIT - pick(2) - model.frame(frame).count;
    return { kind: 'pin', frame, holders };
  });
}

function ageStep(model: Model, pick: Pick): Step {
  const isOld = ({ type, incarnation }: ModelFrame): boolean =>
    type === TYPE.Untyped && incarnation === INCARNATION_LIMIT;
  if (model.frames.some(isOld)) {
    const fresh = 1_000_000 + pick(0x1000_0000);
    return frameStep(model, pick, isOld, (frame) => ({ kind: 'age', frame, incarnation: fresh }));
  }
  const isFree = ({ type }: ModelFrame): boolean => type === TYPE.Untyped;
  return frameStep(model, pick, isFree, (frame) => ({ kind: 'age', frame, incarnation: INCARNATION_LIMIT }));
}

/** Something that no call decides. */
export function world(model: Model, pick: Pick): Step {
  switch (pick(10)) {
    case 0:
    case 1:
      return TICK;
    case 8:
    case 9:
      return lineStep(pick);
    case 2:
      return rouse(model, pick) ?? signalStep(model, pick) ?? TICK;
    case 3:
    case 4:
      return hartStep(model, pick, 1 + pick(OTHERS)) ?? TICK;
    case 5:
      return pinStep(model, pick);
    case 6:
      return ageStep(model, pick);
    default: {
      const isUser = ({ type }: ModelFrame): boolean => type === TYPE.User;
      const [offset, value] = [pick(512) * 8, BigInt(1 + pick(0x1000_0000))];
      return frameStep(model, pick, isUser, (frame) => ({ kind: 'write', frame, offset, value }));
    }
  }
}
