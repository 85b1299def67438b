/** One test for each play, and one that prints the totals. */
import test from 'ava';
import { mkdirSync, writeFileSync } from 'node:fs';
import { PlayExplorer } from './play-explorer.ts';
import type { Play } from './plays.ts';

/** So many schedules of a play are explored; where there are more, those with few switches. */
const LIMITS = { executions: 25_000, switches: 3 };

export function testPlays(name: string, plays: readonly Play[]): void {
  const explorer = new PlayExplorer();
  const lines: string[] = [];
  for (const play of plays) {
    test.serial(`${name} in every interleaving: ${play.name}`, (t) => {
      t.timeout(600_000);
      const { executions, steps, longest, ends, reuses, stopped, switches } = explorer.explore(play, LIMITS);
      t.true(executions > 1);
      const bound = switches === null ? '' : `, at most ${switches} switches away from a hart that could go on`;
      const line = `${executions} interleavings of up to ${longest} accesses (${steps} in all), ${ends} different ends, ${reuses} with a frame that became something else, ${stopped} with a hart that stopped${bound}`;
      t.log(line);
      lines.push(`${play.name}: ${line}`);
    });
  }
  test.serial(`the numbers of interleavings of ${name}`, (t) => {
    mkdirSync('out/test/interleavings', { recursive: true });
    writeFileSync(`out/test/interleavings/${name.replaceAll(/[^A-Za-z0-9]+/g, '-')}.txt`, `${lines.join('\n')}\n`);
    t.is(lines.length, plays.length);
  });
}
