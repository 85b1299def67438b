/** Explores whole tables of pairs, one scene a test, and prints how many interleavings each pair has. */
import test from 'ava';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Action } from './actions.ts';
import type { Limits } from './explorer.ts';
import { PairExplorer } from './pair.ts';
import { SCENES } from './scenes.ts';

/** So many schedules of a pair in a scene are explored; where there are more, those with few switches. */
const LIMITS: Limits = { executions: 40_000, switches: 3 };

class Totals {
  pairs = 0;
  executions = 0;
  repeated = 0;
  reordered = 0;
  reuses = 0;
  steps = 0;
  /** Pairs whose schedules were bounded. */
  readonly bounded: string[] = [];
  /** By pair: interleavings over all scenes. */
  readonly counts = new Map<string, number>();

  lines(): readonly string[] {
    return [
      `${this.pairs} pairs in scenes, ${this.counts.size} different pairs, ${this.executions} interleavings explored`,
      `${this.steps} shared accesses; ${this.reordered} interleavings with a load that read an old value; ${this.reuses} in which a frame became something else`,
      this.bounded.length === 0
        ? 'every pair explored completely'
        : `at most ${LIMITS.switches} switches away from a hart that could go on: ${this.bounded.join('; ')}`,
    ];
  }

  /** One line for each action: the partners and the numbers. */
  table(): readonly string[] {
    const rows = new Map<string, string[]>();
    for (const [pair, count] of this.counts) {
      const [first = '', second = ''] = pair.split(' | ');
      rows.set(first, [...(rows.get(first) ?? []), `${second} ${count}`]);
    }
    return [...rows].map(([first, partners]) => `${first} with: ${partners.join(', ')}`);
  }
}

/** What is explored on hart 0, and on hart 1; with `unordered`, a pair of two of the same table only once. */
export interface Table {
  readonly name: string;
  readonly first: readonly Action[];
  readonly second: readonly Action[];
  readonly unordered: boolean;
}

function pairsOf(table: Table): readonly (readonly [Action, Action])[] {
  return table.first.flatMap((one, at) =>
    table.second
      .filter((other) => !table.unordered || !table.first.slice(0, at).includes(other))
      .map((other) => [one, other] as const),
  );
}

/** One test for each scene, and one that prints the totals. */
export function testTable(table: Table): void {
  const totals = new Totals();
  const explorer = new PairExplorer();
  for (const scene of SCENES) {
    test.serial(`INV1, INV2, INV5, INV10: ${table.name} in every interleaving, scene: ${scene.name}`, (t) => {
      t.timeout(1_200_000);
      let executions = 0;
      let pairs = 0;
      for (const pair of pairsOf(table)) {
        if (!explorer.isWorthwhile(scene, pair)) continue;
        const report = explorer.explore(scene, pair, LIMITS);
        const name = pair.map((action) => action.name).join(' | ');
        pairs += 1;
        executions += report.executions;
        totals.repeated += report.repeated;
        totals.reordered += report.reordered;
        totals.reuses += report.reuses;
        totals.steps += report.steps;
        totals.counts.set(name, (totals.counts.get(name) ?? 0) + report.executions);
        if (report.switches !== null) totals.bounded.push(`${name} (${scene.name})`);
      }
      totals.pairs += pairs;
      totals.executions += executions;
      t.true(pairs > 0);
      t.log(`${pairs} pairs, ${executions} interleavings`);
    });
  }
  test.serial(`the numbers of interleavings of ${table.name}`, (t) => {
    mkdirSync('out/test/interleavings', { recursive: true });
    const text = [...totals.lines(), ...totals.table()].join('\n');
    writeFileSync(`out/test/interleavings/${table.name.replaceAll(' ', '-')}.txt`, `${text}\n`);
    t.log(text);
    t.true(totals.executions > 0);
  });
}
