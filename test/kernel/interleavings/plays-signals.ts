/** Plays about signals: at every moment around Wait, around the Run before and after it, and around a hart that sleeps. */
import { BOOTER } from '../support/memory-machine.ts';
import {
  expectLog,
  migrate,
  run,
  scheduler,
  signal,
  wait,
  waiter,
  yieldNow,
  calls,
  type Log,
  type Play,
  type PlayStage,
} from './plays.ts';
import type { Script } from './running-harts.ts';

/** Frames and slots of threads: two that wait, one that spins, one that runs others, and the outermost one of hart 1. */
const WAITER = 20;
const OTHER = 21;
const SPINNER = 22;
const MIDDLE = 23;
const SECOND = 24;
const slot = (frame: number): number => frame + 20;

function threads(stage: PlayStage, ...frames: readonly number[]): void {
  for (const frame of [...frames, SECOND]) stage.thread(frame, slot(frame));
  stage.start(SECOND);
}

/** A play in which hart 0 runs a scheduler, maybe others inside it, and hart 1 signals; the signals must be taken. */
function play(
  name: string,
  frames: readonly number[],
  roles: (log: Log) => readonly (readonly [number, Script])[],
  ...lines: readonly string[]
): Play {
  return {
    name,
    setup: (stage) => {
      threads(stage, ...frames);
      return () => {
        const log: Log = [];
        return { scripts: new Map(roles(log)), judge: () => expectLog(log, ...lines) };
      };
    },
  };
}

/** Runs the waiter once, so that it waits, and then lets another one run it. */
function* hands(): Script {
  yield run(slot(WAITER));
  yield yieldNow;
}

export const SIGNAL_PLAYS: readonly Play[] = [
  play(
    'a thread waits, its scheduler sleeps',
    [WAITER],
    (log) => [
      [BOOTER.thread, scheduler([slot(WAITER)], [slot(WAITER)])],
      [WAITER, waiter(log, 'waiter')],
      [SECOND, calls(log, 'second', signal(slot(WAITER), 1))],
    ],
    'waiter 1',
  ),
  play(
    'a thread waits, another one spins',
    [WAITER, SPINNER],
    (log) => [
      [BOOTER.thread, scheduler([slot(WAITER), slot(SPINNER)], [slot(WAITER)])],
      [WAITER, waiter(log, 'waiter')],
      [SECOND, calls(log, 'second', signal(slot(WAITER), 1))],
    ],
    'waiter 1',
  ),
  play(
    'a thread waits two levels down, all schedulers sleep',
    [WAITER, MIDDLE],
    (log) => [
      [BOOTER.thread, scheduler([slot(MIDDLE)], [slot(MIDDLE)])],
      [MIDDLE, scheduler([slot(WAITER)], [slot(WAITER)], slot(MIDDLE))],
      [WAITER, waiter(log, 'waiter')],
      [SECOND, calls(log, 'second', signal(slot(WAITER), 1))],
    ],
    'waiter 1',
  ),
  play(
    'a thread waits two levels down, another one spins there',
    [WAITER, SPINNER, MIDDLE],
    (log) => [
      [BOOTER.thread, scheduler([slot(MIDDLE)], [slot(MIDDLE)])],
      [MIDDLE, scheduler([slot(WAITER), slot(SPINNER)], [slot(WAITER)], slot(MIDDLE))],
      [WAITER, waiter(log, 'waiter')],
      [SECOND, calls(log, 'second', signal(slot(WAITER), 1))],
    ],
    'waiter 1',
  ),
  play(
    'two threads wait and get a signal each, a third one spins',
    [WAITER, OTHER, SPINNER],
    (log) => [
      [BOOTER.thread, scheduler([slot(WAITER), slot(OTHER), slot(SPINNER)], [slot(WAITER), slot(OTHER)])],
      [WAITER, waiter(log, 'waiter')],
      [OTHER, waiter(log, 'other')],
      [SECOND, calls(log, 'second', signal(slot(WAITER), 1), signal(slot(OTHER), 2))],
    ],
    'waiter 1',
    'other 2',
  ),
  {
    name: 'a thread takes two signals, one after the other or both at once',
    setup: (stage) => {
      threads(stage, WAITER);
      return () => {
        const log: Log = [];
        return {
          scripts: new Map([
            [BOOTER.thread, scheduler([slot(WAITER)], [slot(WAITER)])],
            [WAITER, waiter(log, 'waiter', 2)],
            [SECOND, calls(log, 'second', signal(slot(WAITER), 1), signal(slot(WAITER), 2))],
          ]),
          judge: () => {
            if (!log.includes('waiter 3')) expectLog(log, 'waiter 1', 'waiter 2');
          },
        };
      };
    },
  },
  play(
    'a waiting thread gets another runner',
    [WAITER, MIDDLE],
    (log) => [
      [
        BOOTER.thread,
        (function* (): Script {
          yield run(slot(MIDDLE));
          yield* scheduler([slot(WAITER)], [slot(WAITER)]);
        })(),
      ],
      [MIDDLE, hands()],
      [WAITER, waiter(log, 'waiter')],
      [SECOND, calls(log, 'second', signal(slot(WAITER), 1))],
    ],
    'waiter 1',
  ),
  play(
    'a waiting thread gets another runner, and the one before it tells nobody',
    [WAITER, MIDDLE],
    (log) => [
      [
        BOOTER.thread,
        (function* (): Script {
          yield run(slot(MIDDLE), 0);
          yield* scheduler([slot(WAITER)], [slot(WAITER)]);
        })(),
      ],
      [MIDDLE, hands()],
      [WAITER, waiter(log, 'waiter')],
      [SECOND, calls(log, 'second', signal(slot(WAITER), 1))],
    ],
    'waiter 1',
  ),
  play(
    'the outermost threads of two harts signal each other and wait',
    [],
    (log) => [
      [
        BOOTER.thread,
        (function* (): Script {
          yield signal(slot(SECOND), 1);
          yield* waiter(log, 'first');
        })(),
      ],
      [
        SECOND,
        (function* (): Script {
          yield signal(3, 2);
          yield* waiter(log, 'second');
        })(),
      ],
    ],
    'first 2',
    'second 1',
  ),
  play(
    'a waiting thread is signalled and goes to another hart, whose scheduler runs it',
    [WAITER],
    (log) => [
      [
        BOOTER.thread,
        (function* (): Script {
          yield run(slot(WAITER));
          yield signal(slot(WAITER), 4);
          yield migrate(slot(WAITER), 1);
          yield signal(slot(SECOND), 1);
        })(),
      ],
      [WAITER, waiter(log, 'waiter')],
      [
        SECOND,
        (function* (): Script {
          yield run(slot(WAITER));
          yield wait;
          yield run(slot(WAITER));
        })(),
      ],
    ],
    'waiter 4',
  ),
  play(
    'a waiting thread goes to another hart while it is signalled from there',
    [WAITER],
    (log) => [
      [
        BOOTER.thread,
        (function* (): Script {
          yield run(slot(WAITER));
          yield migrate(slot(WAITER), 1);
          yield signal(slot(SECOND), 1);
        })(),
      ],
      [WAITER, waiter(log, 'waiter')],
      [
        SECOND,
        (function* (): Script {
          yield signal(slot(WAITER), 4);
          yield wait;
          yield run(slot(WAITER));
        })(),
      ],
    ],
    'waiter 4',
  ),
];
