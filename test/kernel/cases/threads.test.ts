/** The cases about threads, invocations and deaths that need one hart: the kernel beside the model. */
import test from 'ava';
import { CAUSE } from '../model/traps.ts';
import { BOOTER, FREE, OWN } from '../support/memory-machine.ts';
import { TIMER } from '../support/processor.ts';
import { ERROR, EVENT, KIND, NEVER, TYPE } from '../checker/numbers.ts';
import { Case, ENTRY, number } from './case.ts';

const ITSELF = 64;
/** Frames of two threads, and of three servers, each with its table and root before it; slots of the same. */
const THREAD = FREE;
const SECOND = FREE + 1;
const SERVERS = [FREE + 12, FREE + 15, FREE + 18] as const;
const SLOT = { thread: 50, second: 51, servers: [42, 45, 48] as const };
/** Slots of entry points of the servers, in every table. */
const ENTRIES = [52, 53, 54] as const;

/** Two threads of the first component, three servers, and every entry point in every table. */
function prepared(c: Case): Case {
  c.create(SLOT.thread, KIND.Thread, THREAD, OWN.component, 0);
  c.create(SLOT.second, KIND.Thread, SECOND, OWN.component, 0);
  for (const [index, slot] of SLOT.servers.entries()) c.component(slot, SERVERS[index] ?? 0);
  const tables = SLOT.servers.map((slot) => slot - 2);
  for (const [index, slot] of SLOT.servers.entries()) c.invocation(ENTRIES[index] ?? 0, slot, 7 + index, ...tables);
  return c;
}

/** The first thread runs, and stands inside all three servers. */
function nested(c: Case): Case {
  prepared(c).moves(SLOT.thread, 'Thread.Run', NEVER, 0);
  for (const [index, entry] of ENTRIES.entries()) {
    c.user(index + 1);
    c.moves(entry, 'Invocation.Call', 1, 2, 3, 4);
    c.expectRunning(THREAD, SERVERS[index] ?? 0, 1, 2, 3, 4, 7 + index, number(THREAD));
  }
  return c;
}

test('H5: page faults on load, store and fetch, an illegal instruction, a misaligned access and a breakpoint are told, and repaired', (t) => {
  const c = prepared(new Case(t));
  c.retype(FREE + 30, TYPE.User);
  const [page, entry] = [0x9000n, 9];
  for (const [cause, permissions] of [
    [CAUSE.loadPage, 2],
    [CAUSE.storePage, 6],
    [CAUSE.fetchPage, 8],
  ] as const) {
    c.moves(SLOT.thread, 'Thread.Run', NEVER, 0);
    c.user(Number(cause));
    const { pc } = c.machine.processor(0);
    c.trap(cause, page + 5n);
    c.expectRunning(BOOTER.thread, BOOTER.component, 0, EVENT.Fault, cause, page + 5n, pc);
    c.ok(OWN.level0, 'PageTable.Map', entry, OWN.low, FREE + 30, permissions);
    c.moves(SLOT.thread, 'Thread.Run', NEVER, 0);
    t.is(c.machine.processor(0).pc, pc, 'the instruction is repeated');
    c.trap(cause, page + 5n);
    t.is(c.trial.model.runningOn(0), THREAD, 'and is no fault any more');
    c.moves(ITSELF, 'Itself.Yield');
    c.ok(OWN.level0, 'PageTable.Unmap', entry);
  }
  for (const cause of [CAUSE.illegal, CAUSE.breakpoint, 4n, 6n]) {
    c.moves(SLOT.thread, 'Thread.Run', NEVER, 0);
    // The first one only turns floating point on.
    if (cause === CAUSE.illegal) c.trap(cause);
    c.trap(cause, 0x1234n);
    c.expectRunning(BOOTER.thread, BOOTER.component, 0, EVENT.Fault, cause, 0x1234n);
  }
});

test('H8: a thread that is at home on another hart is not run here', (t) => {
  const c = prepared(new Case(t));
  c.ok(SLOT.thread, 'Thread.Migrate', 1);
  c.refused('WrongHart', 1, SLOT.thread, 'Thread.Run', NEVER, 0);
  c.refused('WrongHart', 1, SLOT.thread, 'Thread.Migrate', 0);
  t.is(c.ok(SLOT.thread, 'Thread.Inspect', 1), 1n);
});

test('I1: three nested calls and returns: badge, token and arguments in, results out, and each caller has its registers again', (t) => {
  const c = nested(new Case(t));
  for (const [index, component] of [SERVERS[1], SERVERS[0], BOOTER.component].entries()) {
    c.moves(ITSELF, 'Itself.Return', 21 + index, 22, 23, 24);
    c.expectRunning(THREAD, component, 0, 21 + index, 22, 23, 24, 0, 0, 0);
  }
});

test('V1: inside a server a thread shows its owner nothing; a fault there ends the Call with Faulted', (t) => {
  const c = nested(new Case(t));
  c.moves(ITSELF, 'Itself.Yield');
  c.expectRunning(BOOTER.thread, BOOTER.component, 0, EVENT.Yielded, 0, 0, 0, 0);
  for (const register of [0, 9, 10, 33, 64]) c.refused('InInvocation', 0, SLOT.thread, 'Thread.ReadRegister', register);
  c.refused('InInvocation', 0, SLOT.thread, 'Thread.WriteRegister', 0, ENTRY);
  c.moves(SLOT.thread, 'Thread.Run', NEVER, 0);
  for (const component of [SERVERS[1], SERVERS[0], BOOTER.component]) {
    c.trap(CAUSE.loadPage, 0x5ec7n);
    c.expectRunning(THREAD, component, ERROR.Faulted, 0, 0, 0, 0, 0, 0, 0);
  }
  c.trap(CAUSE.loadPage, 0x5ec7n);
  c.expectRunning(BOOTER.thread, BOOTER.component, 0, EVENT.Fault, CAUSE.loadPage, 0x5ec7n);
});

test('O1: a thread is stopped inside three servers, and destroyed there: its frame and those of the servers come back', (t) => {
  const c = nested(new Case(t));
  c.moves(ITSELF, 'Itself.Yield');
  c.ok(OWN.table, 'CapabilityTable.Drop', SLOT.thread);
  c.retype(THREAD, TYPE.Untyped);
  for (const [index, frame] of SERVERS.entries()) {
    const slot = SLOT.servers[index] ?? 0;
    c.ok(slot - 2, 'CapabilityTable.Clear', 0, 64);
    for (const own of [slot, slot - 1, slot - 2]) c.ok(OWN.table, 'CapabilityTable.Drop', own);
    for (const own of [frame, frame - 1, frame - 2]) c.retype(own, TYPE.Untyped);
    t.deepEqual(c.inspect(frame), [TYPE.Untyped, 0], 'a component that was never retired');
  }
});

test('O1: a component that was never retired and whose capability is lost is recovered, retired and freed', (t) => {
  const c = nested(new Case(t));
  c.moves(ITSELF, 'Itself.Yield');
  c.ok(OWN.table, 'CapabilityTable.Clear', SLOT.servers[2] - 2, 3);
  c.ok(OWN.low, 'Frames.Recover', SERVERS[2], 60);
  c.refused('MissingRights', 1, OWN.table, 'CapabilityTable.Create', 61, KIND.Invocation, 60, ENTRY, 0, 0);
  c.ok(60, 'Component.Retire');
  c.ok(OWN.table, 'CapabilityTable.Drop', 60);
  c.ok(OWN.low, 'Frames.Recover', SERVERS[2] - 2, 61);
  c.ok(61, 'CapabilityTable.Clear', 0, 64);
  c.ok(OWN.table, 'CapabilityTable.Drop', 61);
  for (const frame of [SERVERS[2], SERVERS[2] - 1, SERVERS[2] - 2]) c.retype(frame, TYPE.Untyped);
  c.moves(SLOT.thread, 'Thread.Run', NEVER, 0);
  c.expectRunning(THREAD, SERVERS[1], ERROR.Dead, 0);
});

test('O3: entry points that others hold pin nothing: retire, retype all, and their Call answers Dead, in the next life too', (t) => {
  const c = prepared(new Case(t));
  const [slot, frame] = [SLOT.servers[0], SERVERS[0]];
  c.ok(slot, 'Component.Retire');
  c.ok(slot - 2, 'CapabilityTable.Clear', 0, 64);
  c.ok(OWN.table, 'CapabilityTable.Clear', slot - 2, 3);
  for (const own of [frame, frame - 1, frame - 2]) c.retype(own, TYPE.Untyped);
  c.refused('Dead', 0, ENTRIES[0], 'Invocation.Call');
  c.component(slot, frame);
  c.refused('Dead', 0, ENTRIES[0], 'Invocation.Call');
  c.moves(SLOT.thread, 'Thread.Run', NEVER, 0);
  c.moves(ENTRIES[1], 'Invocation.Call');
  c.refused('Dead', 0, ENTRIES[0], 'Invocation.Call');
});

test('O3: an interrupt that is bound to a thread does not pin it; the line stays masked', (t) => {
  const c = prepared(new Case(t));
  c.ok(OWN.table, 'CapabilityTable.Create', 55, KIND.Interrupt, OWN.interrupts, 3, 0, 0);
  c.ok(55, 'Interrupt.Bind', SLOT.thread, 6);
  c.ok(OWN.table, 'CapabilityTable.Drop', SLOT.thread);
  c.retype(THREAD, TYPE.Untyped);
  c.create(SLOT.thread, KIND.Thread, THREAD, OWN.component, 0);
  c.trial.step({ kind: 'line', line: 3, up: true });
  c.trap((1n << 63n) | 9n);
  t.is(c.trial.model.thread(THREAD).pending, 0n, 'the thread in its next life gets nothing');
  t.true(c.machine.plic.isMasked(3));
});

test('a component is retired while a thread is inside, and while one would return into it', (t) => {
  const c = nested(new Case(t));
  c.moves(ITSELF, 'Itself.Yield');
  c.ok(SLOT.servers[1], 'Component.Retire');
  c.ok(SLOT.servers[2], 'Component.Retire');
  c.moves(SLOT.thread, 'Thread.Run', NEVER, 0);
  c.expectRunning(THREAD, SERVERS[0], ERROR.Dead, 0);
  const d = nested(new Case(t));
  d.moves(ITSELF, 'Itself.Yield');
  d.ok(SLOT.servers[1], 'Component.Retire');
  d.moves(SLOT.thread, 'Thread.Run', NEVER, 0);
  d.moves(ITSELF, 'Itself.Return', 1);
  d.expectRunning(THREAD, SERVERS[0], ERROR.Dead, 0);
});

test('W2: a scheduler that dies while its threads run: its runner gets ComponentDied, the threads stand where they are', (t) => {
  const c = prepared(new Case(t));
  const [slot, frame] = [SLOT.servers[0], SERVERS[0]];
  c.create(56, KIND.Thread, FREE + 25, slot, 0);
  c.ok(slot - 2, 'CapabilityTable.Copy', 1, SLOT.thread, 15, 0, 0, NEVER);
  c.ok(slot - 2, 'CapabilityTable.Copy', 2, slot, 3);
  c.moves(56, 'Thread.Run', NEVER, 0);
  c.moves(1, 'Thread.Run', NEVER, 0);
  c.expectRunning(THREAD, BOOTER.component);
  c.user(77);
  const { pc } = c.machine.processor(0);
  c.moves(slot, 'Component.Retire');
  c.expectRunning(BOOTER.thread, BOOTER.component, 0, EVENT.ComponentDied);
  c.moves(SLOT.thread, 'Thread.Run', NEVER, 0);
  t.is(c.machine.processor(0).pc, pc + 4n);
  c.expectRunning(THREAD, BOOTER.component, 0, 1);
  t.is(c.trial.model.frame(frame).dead, true);
});

test('W1, W2: the deadline of the outer Run passes: its thread is told Interrupted when it runs again, a signal is kept', (t) => {
  const c = prepared(new Case(t));
  c.moves(SLOT.thread, 'Thread.Run', 5000, 0);
  c.moves(SLOT.second, 'Thread.Run', 9000, 0);
  c.ok(SLOT.thread, 'Thread.Signal', 4);
  c.trial.step({ kind: 'tick', ticks: 5000 });
  c.trap(TIMER);
  c.expectRunning(BOOTER.thread, BOOTER.component, 0, EVENT.DeadlinePassed);
  t.deepEqual([c.ok(SLOT.thread, 'Thread.Inspect', 0), c.ok(SLOT.second, 'Thread.Inspect', 0)], [0n, 0n]);
  c.moves(SLOT.thread, 'Thread.Run', NEVER, 0);
  c.expectRunning(THREAD, BOOTER.component, 0, EVENT.Interrupted);
  t.is(c.ok(ITSELF, 'Itself.Wait'), 4n);
});
