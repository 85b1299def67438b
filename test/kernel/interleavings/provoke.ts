/**
 * Every operation through a capability that the other hart moves at that moment: the look-up can find the slot being
 * changed, and so can the operation. And the few other errors that take a second hart.
 */
import type { OperationName } from '../checker/numbers.ts';
import { OWN } from '../support/memory-machine.ts';
import { KIND, TYPE } from '../checker/numbers.ts';
import {
  copy,
  ENTRY,
  LINK,
  map,
  NAMED,
  operation,
  retype,
  SECOND,
  sequence,
  SUBJECT,
  USER,
  WEAK,
  type Action,
  type SystemCall,
} from './actions.ts';
import { scene, type Scene } from './scenes.ts';

export interface Provocation {
  readonly scene: Scene;
  readonly actions: readonly Action[];
}

/** An operation, the capability that it needs a copy of, its arguments, and calls that prepare it. */
type Line = readonly [OperationName, number, readonly number[], ...SystemCall[]];

const mapped = [retype(SUBJECT, TYPE.User), map(ENTRY, SUBJECT)];
const LINES: readonly Line[] = [
  ['Frames.Inspect', OWN.low, [SUBJECT]],
  ['Frames.Retype', OWN.low, [SUBJECT, TYPE.User]],
  [
    'Frames.Recover',
    OWN.low,
    [SUBJECT, SECOND],
    retype(SUBJECT, TYPE.Blank),
    {
      operation: 'CapabilityTable.Create',
      capability: OWN.table,
      values: [SECOND + 8, KIND.CapabilityTable, OWN.low, SUBJECT],
    },
  ],
  ['CapabilityTable.Inspect', OWN.table, [WEAK, 0]],
  ['CapabilityTable.Create', OWN.table, [SECOND, KIND.CapabilityTable, OWN.low, SUBJECT], retype(SUBJECT, TYPE.Blank)],
  ['CapabilityTable.Copy', OWN.table, [SECOND, OWN.low, 1]],
  ['CapabilityTable.Move', OWN.table, [SECOND, WEAK]],
  ['CapabilityTable.Drop', OWN.table, [WEAK]],
  ['CapabilityTable.Clear', OWN.table, [WEAK, 1]],
  ['CapabilityTable.Link', OWN.table, [SECOND, OWN.table]],
  [
    'CapabilityTable.Unlink',
    OWN.table,
    [SECOND],
    { operation: 'CapabilityTable.Link', capability: OWN.table, values: [SECOND, OWN.table] },
  ],
  ['PageTable.Inspect', OWN.level0, [ENTRY]],
  ['PageTable.Map', OWN.level0, [ENTRY, OWN.low, USER, 2]],
  ['PageTable.Unmap', OWN.level0, [ENTRY], ...mapped],
  ['PageTable.Protect', OWN.level0, [ENTRY, 2], ...mapped],
  ['PageTable.Link', OWN.level1, [LINK, OWN.level0]],
  [
    'PageTable.Unlink',
    OWN.level1,
    [LINK],
    { operation: 'PageTable.Link', capability: OWN.level1, values: [LINK, OWN.level0] },
  ],
  ['PageTable.Clear', OWN.level0, [ENTRY, 1], ...mapped],
];

function replaced([name, capability, values, ...calls]: Line): Provocation {
  return {
    scene: {
      name: `a second capability ${capability}`,
      setup: (stage) => stage.call(...calls, copy(NAMED, capability, 0xf)),
    },
    actions: [
      { name: `${name} through it`, calls: () => [{ operation: name, capability: NAMED, values }] },
      operation('move'),
    ],
  };
}

export const PROVOCATIONS: readonly Provocation[] = [
  ...LINES.map(replaced),
  // A Blank frame counts the reference of a hart that is about to find that it cannot be mapped.
  { scene: scene('blank'), actions: [operation('create table'), operation('map')] },
  // What a capability names dies after it was dropped, while the other hart still uses it.
  { scene: scene('component'), actions: [operation('copy'), sequence('drop and reuse')] },
  { scene: scene('component'), actions: [operation('create thread in it'), sequence('drop and reuse')] },
];
