/** Plays about components that die, threads whose frames become something else, and harts that sleep meanwhile. */
import { EPOCH, FRAME_BYTES, KIND, THREAD, THREAD_HOME_SHIFT, TYPE } from '../checker/numbers.ts';
import { BOOTER, FIRST, OWN } from '../support/memory-machine.ts';
import { create, drop, NAMED, retype, SUBJECT, type SystemCall } from './actions.ts';
import {
  call,
  calls,
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

/** Retires a component, and asks whether that has passed every hart: then hart 1 is not inside. */
function* asker(stage: PlayStage, place: Place): Script {
  const { value, error } = yield retire(place.slot);
  if (error !== 0n) return;
  const passed = yield quiesce(value);
  if (passed.error !== 0n) return;
  yield () => {
    const root = stage.machine.processor(1).satp & 0xfff_ffff_ffffn;
    if (root === BigInt(FIRST + place.root)) {
      throw new Error('a hart is in the address space of a component whose Retire has passed every hart');
    }
  };
}

/** Drops a component, and uses its frame anew. */
function* dropper(log: Log, place: Place): Script {
  yield drop(place.slot);
  yield* reuse(log, place.component);
}

/** Retires a component, and uses its frame anew. */
function* killer(log: Log, place: Place): Script {
  yield retire(place.slot);
  yield* dropper(log, place);
}

/** The same, and then that of its root. */
function* razer(log: Log, place: Place): Script {
  yield* killer(log, place);
  yield drop(place.slot + 1);
  yield* reuse(log, place.root);
}

/** One script after the other. */
function* both(first: Script, second: Script): Script {
  yield* first;
  yield* second;
}

/** Goes into a component and comes back. */
function* visitor(entry: number, place: number): Script {
  const { component } = yield call(entry);
  if (component === place) yield leave;
}

/** The call that lets the epoch, as it is at the beginning, advance, and follows it. */
function follow({ machine }: PlayStage): SystemCall {
  return quiesce(machine.word(machine.epoch + EPOCH.current));
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

const nothing = (): void => undefined;
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

/** The component has no capability any more, and every hart has passed that. */
const unnamed = (stage: PlayStage): void => stage.forget(PLACE_SLOT);

const visits: Roles = () => [[SECOND, visitor(ENTRY_SLOT, PLACE)]];
const runsInside: Roles = (_stage, log) => [
  [SECOND, calls(log, 'second', run(slot(THREAD_A)))],
  [THREAD_A, calls(log, 'inside', yieldNow)],
];
const returnsInside: Roles = (_stage, log) => [
  [SECOND, calls(log, 'second', run(slot(THREAD_A)))],
  [THREAD_A, visitor(5, BOOTER.component)],
];
const returning = (stage: PlayStage): void => {
  inside(stage);
  wayOut(stage);
};

/** A play in which the first hart retires the component and asks, and one in which it uses its frame anew. */
function deaths(name: string, more: (stage: PlayStage) => void, roles: Roles): readonly Play[] {
  return [
    play(`${name}: when all have passed, nobody is inside`, more, (stage, log, place) => [
      [BOOTER.thread, asker(stage, place)],
      ...roles(stage, log, place),
    ]),
    play(`${name}: its frame becomes something else`, more, (stage, log, place) => [
      [BOOTER.thread, killer(log, place)],
      ...roles(stage, log, place),
    ]),
  ];
}

export const COMPONENT_PLAYS: readonly Play[] = [
  ...deaths('a thread calls into a component that is retired, and would return from it', nothing, visits),
  ...deaths('a thread runs in a component that is retired', inside, runsInside),
  play('a thread in a component that is retired is run twice', inside, (stage, log, place) => [
    [BOOTER.thread, asker(stage, place)],
    [SECOND, calls(log, 'second', run(slot(THREAD_A)), run(slot(THREAD_A)))],
    [THREAD_A, calls(log, 'inside', yieldNow)],
  ]),
  ...deaths('a thread would return into a component that is retired', returning, returnsInside),
  play('a hart follows the epoch, then calls into a component that is retired', nothing, (stage, log) => [
    [BOOTER.thread, calls(log, 'first', retire(PLACE_SLOT))],
    [SECOND, calls(log, 'second', follow(stage), call(ENTRY_SLOT))],
  ]),
  play('a component is given back without Retire, while a thread calls into it', nothing, (stage, log, place) => [
    [BOOTER.thread, dropper(log, place)],
    ...visits(stage, log, place),
  ]),
  play('a component that nobody names is given back, while a thread calls into it', unnamed, (stage, log, place) => [
    [BOOTER.thread, reuse(log, place.component)],
    ...visits(stage, log, place),
  ]),
  play('two harts retire a component', nothing, (stage, log, place) => [
    [BOOTER.thread, asker(stage, place)],
    [SECOND, calls(log, 'second', retire(PLACE_SLOT))],
  ]),
  play('a hart goes to sleep in a component that is retired', outermostInside, (_stage, log, place) => [
    [BOOTER.thread, razer(log, place)],
    [THREAD_A, calls(log, 'inside', wait)],
  ]),
  play('a hart sleeps in a component that is retired, and is woken', outermostInside, (_stage, log, place) => [
    [BOOTER.thread, both(killer(log, place), calls(log, 'first', signal(slot(THREAD_A), 1)))],
    [THREAD_A, calls(log, 'inside', wait, yieldNow)],
  ]),
  play('a hart is woken while its component is retired', outermostInside, (_stage, log, place) => [
    [BOOTER.thread, both(calls(log, 'first', signal(slot(THREAD_A), 1)), razer(log, place))],
    [THREAD_A, calls(log, 'inside', wait, yieldNow)],
  ]),
  play('a hart is woken while a table becomes something else', table, (_stage, log) => [
    [BOOTER.thread, both(calls(log, 'first', signal(slot(SECOND), 1), drop(NAMED)), reuse(log, SUBJECT))],
    [SECOND, calls(log, 'second', wait, inspectNamed)],
  ]),
  play('a hart goes to sleep while a table becomes something else', table, (_stage, log) => [
    [BOOTER.thread, both(calls(log, 'first', drop(NAMED)), reuse(log, SUBJECT))],
    [SECOND, calls(log, 'second', inspectNamed, wait)],
  ]),
  play('a thread is signalled while the frame of its runner becomes something else', waiting, (_stage, log) => [
    [BOOTER.thread, both(calls(log, 'first', drop(slot(THREAD_B))), reuse(log, THREAD_B))],
    [SECOND, calls(log, 'second', signal(slot(THREAD_A), 1))],
  ]),
  play(
    'a thread is signalled while the frame of its runner, which nobody names, becomes something else',
    (stage) => {
      waiting(stage);
      stage.forget(slot(THREAD_B));
    },
    (_stage, log) => [
      [BOOTER.thread, reuse(log, THREAD_B)],
      [SECOND, calls(log, 'second', signal(slot(THREAD_A), 1))],
    ],
  ),
  play('a thread is signalled while its own frame becomes something else', waiting, (_stage, log) => [
    [BOOTER.thread, both(calls(log, 'first', drop(slot(THREAD_A))), reuse(log, THREAD_A))],
    [SECOND, calls(log, 'second', signal(slot(THREAD_A), 1))],
  ]),
  play('a thread is recovered while its frame becomes something else', waiting, (_stage, log) => [
    [BOOTER.thread, both(calls(log, 'first', drop(slot(THREAD_A))), reuse(log, THREAD_A))],
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
