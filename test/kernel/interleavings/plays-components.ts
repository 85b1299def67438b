/** Plays about components that die, threads whose frames become something else, and harts that sleep meanwhile. */
import { KIND, FRAME_BYTES, THREAD, THREAD_HOME_SHIFT, TYPE } from '../checker/numbers.ts';
import { BOOTER, FIRST, OWN } from '../support/memory-machine.ts';
import { create, drop, NAMED, retype, SUBJECT, type SystemCall } from './actions.ts';
import {
  call,
  calls,
  giveBack,
  leave,
  migrate,
  quiesce,
  retire,
  reuse,
  run,
  signal,
  wait,
  yieldNow,
  type Log,
  type Place,
  type Play,
  type PlayStage,
} from './plays.ts';
import type { Script } from './running-harts.ts';

/** Frames: of the component that dies, of the outermost thread of hart 1, and of two threads. Their slots are 20 higher. */
const PLACE = 26;
const SECOND = 24;
const THREAD_A = 22;
const THREAD_B = 23;
const slot = (frame: number): number => frame + 20;
/** The slot of the component's capability (with those of its root and table behind it), and that of an invocation. */
const PLACE_SLOT = 52;
const ENTRY_SLOT = 56;

const inspectNamed: SystemCall = { operation: 'CapabilityTable.Inspect', capability: NAMED, values: [5, 0] };
const recover = (frame: number, to: number): SystemCall => ({
  operation: 'Frames.Recover',
  capability: OWN.low,
  values: [frame, to],
});

/** A thread that was made on hart 0 is at home on hart 1. */
function home1(stage: PlayStage, frame: number): void {
  stage.machine.setWord(frame * FRAME_BYTES + THREAD.status, 1n << BigInt(THREAD_HOME_SHIFT));
}

/** Retires a component, and gives it back. After Quiesce has answered Ok, hart 1 is not inside. */
function* killer(stage: PlayStage, log: Log, place: Place): Script {
  const { value, error } = yield retire(place.slot);
  if (error === 0n) {
    const passed = yield quiesce(value);
    if (passed.error === 0n) {
      yield () => {
        const root = stage.machine.processor(1).satp & 0xfff_ffff_ffffn;
        if (root === BigInt(FIRST + place.root)) {
          throw new Error('a hart is in the address space of a component whose Retire has passed every hart');
        }
      };
    }
  }
  yield* giveBack(log, place);
}

/** Goes into a component and comes back, so often. */
function* visitor(entry: number, place: number, visits = 1): Script {
  for (let visit = 0; visit < visits; visit++) {
    const { component } = yield call(entry);
    if (component === place) yield leave;
  }
}

type Roles = (stage: PlayStage, log: Log, place: Place) => readonly (readonly [number, Script])[];

function play(name: string, more: (stage: PlayStage) => void, roles: Roles): Play {
  return {
    name,
    setup: (stage) => {
      stage.thread(SECOND, slot(SECOND));
      const place = stage.component(PLACE, PLACE_SLOT);
      stage.invocation(ENTRY_SLOT, PLACE_SLOT);
      more(stage);
      if (stage.isAlone()) stage.start(SECOND);
      return () => ({ scripts: new Map(roles(stage, [], place)), judge: () => undefined });
    },
  };
}

/** The capability for an invocation of the first component comes into the table of the one that dies. */
function wayOut(stage: PlayStage): void {
  stage.invocation(ENTRY_SLOT + 1, OWN.component);
  stage.call({ operation: 'CapabilityTable.Copy', capability: PLACE_SLOT + 2, values: [5, ENTRY_SLOT + 1, 1] });
}

const inside = (stage: PlayStage): void => {
  stage.thread(THREAD_A, slot(THREAD_A), PLACE_SLOT);
  home1(stage, THREAD_A);
};
const outermostInside = (stage: PlayStage): void => {
  stage.thread(THREAD_A, slot(THREAD_A), PLACE_SLOT);
  stage.start(THREAD_A);
};
const table = (stage: PlayStage): void =>
  stage.call(retype(SUBJECT, TYPE.Blank), create(NAMED, KIND.CapabilityTable, SUBJECT));
const waiting = (stage: PlayStage): void => {
  for (const frame of [THREAD_A, THREAD_B]) stage.thread(frame, slot(frame));
  stage.waits(THREAD_A, THREAD_B);
};

export const COMPONENT_PLAYS: readonly Play[] = [
  play(
    'a thread calls into a component that is retired, and would return from it',
    () => undefined,
    (stage, log, place) => [
      [BOOTER.thread, killer(stage, log, place)],
      [SECOND, visitor(ENTRY_SLOT, PLACE)],
    ],
  ),
  play('a thread runs in a component that is retired', inside, (stage, log, place) => [
    [BOOTER.thread, killer(stage, log, place)],
    [SECOND, calls(log, 'second', run(slot(THREAD_A)), run(slot(THREAD_A)))],
    [THREAD_A, calls(log, 'inside', yieldNow, yieldNow)],
  ]),
  play(
    'a thread would return into a component that is retired',
    (stage) => {
      inside(stage);
      wayOut(stage);
    },
    (stage, log, place) => [
      [BOOTER.thread, killer(stage, log, place)],
      [SECOND, calls(log, 'second', run(slot(THREAD_A)), run(slot(THREAD_A)))],
      [THREAD_A, visitor(5, BOOTER.component)],
    ],
  ),
  play(
    'a component is given back without Retire, while a thread calls into it',
    () => undefined,
    (_stage, log, place) => [
      [BOOTER.thread, giveBack(log, place)],
      [SECOND, visitor(ENTRY_SLOT, PLACE)],
    ],
  ),
  play(
    'two harts retire a component',
    () => undefined,
    (stage, log, place) => [
      [BOOTER.thread, killer(stage, log, place)],
      [SECOND, calls(log, 'second', retire(PLACE_SLOT), drop(PLACE_SLOT))],
    ],
  ),
  play('a hart sleeps in a component that is retired, and is woken', outermostInside, (stage, log, place) => [
    [
      BOOTER.thread,
      (function* (): Script {
        yield* killer(stage, log, place);
        yield signal(slot(THREAD_A), 1);
      })(),
    ],
    [THREAD_A, calls(log, 'inside', wait, yieldNow)],
  ]),
  play('a hart is woken while its component is retired', outermostInside, (stage, log, place) => [
    [
      BOOTER.thread,
      (function* (): Script {
        yield signal(slot(THREAD_A), 1);
        yield* killer(stage, log, place);
      })(),
    ],
    [THREAD_A, calls(log, 'inside', wait, yieldNow)],
  ]),
  play('a hart is woken while a table becomes something else', table, (_stage, log) => [
    [
      BOOTER.thread,
      (function* (): Script {
        yield signal(slot(SECOND), 1);
        yield drop(NAMED);
        yield* reuse(log, [SUBJECT]);
      })(),
    ],
    [SECOND, calls(log, 'second', inspectNamed, wait, inspectNamed)],
  ]),
  play('a hart goes to sleep while a table becomes something else', table, (_stage, log) => [
    [
      BOOTER.thread,
      (function* (): Script {
        yield drop(NAMED);
        yield* reuse(log, [SUBJECT]);
        yield signal(slot(SECOND), 1);
      })(),
    ],
    [SECOND, calls(log, 'second', inspectNamed, wait, inspectNamed)],
  ]),
  play('a thread is signalled while the frame of its runner becomes something else', waiting, (_stage, log) => [
    [
      BOOTER.thread,
      (function* (): Script {
        yield drop(slot(THREAD_B));
        yield* reuse(log, [THREAD_B]);
      })(),
    ],
    [SECOND, calls(log, 'second', signal(slot(THREAD_A), 1))],
  ]),
  play('a thread is signalled while its own frame becomes something else', waiting, (_stage, log) => [
    [
      BOOTER.thread,
      (function* (): Script {
        yield drop(slot(THREAD_A));
        yield* reuse(log, [THREAD_A]);
      })(),
    ],
    [SECOND, calls(log, 'second', signal(slot(THREAD_A), 1))],
  ]),
  play('a thread is recovered while its frame becomes something else', waiting, (_stage, log) => [
    [
      BOOTER.thread,
      (function* (): Script {
        yield drop(slot(THREAD_A));
        yield* reuse(log, [THREAD_A]);
      })(),
    ],
    [SECOND, calls(log, 'second', recover(THREAD_A, 60), drop(60))],
  ]),
  play(
    'a thread goes to another hart, which runs it, and whose frame it then is',
    (stage) => stage.thread(THREAD_A, slot(THREAD_A)),
    (_stage, log) => [
      [BOOTER.thread, calls(log, 'first', run(slot(THREAD_A)), migrate(slot(THREAD_A), 1), run(slot(THREAD_A)))],
      [SECOND, calls(log, 'second', run(slot(THREAD_A)), run(slot(THREAD_A)), migrate(slot(THREAD_A), 0))],
      [THREAD_A, calls(log, 'thread', yieldNow, yieldNow, yieldNow)],
    ],
  ),
];
