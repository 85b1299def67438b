/** The order of modules: no circle of imports, and none that climbs the floors of harmony.json. */
import type { Configuration } from './configuration.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostics.ts';
import { lengthOf, positionOf, resolveImport, ts, type Source } from './project.ts';

interface Ordered {
  /** Every source after those that it imports; otherwise in order of path. */
  readonly sources: readonly Source[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Index of the entry that covers `path` most closely, or -1. */
function floorOf(list: readonly string[], path: string): number {
  const covers = (entry: string): boolean => path === entry || path.startsWith(`${entry}/`);
  return list.reduce(
    (best, entry, index) => (covers(entry) && entry.length > (list[best]?.length ?? -1) ? index : best),
    -1,
  );
}

/** Why `from` may not import `to`, or null when it may. */
function violation(configuration: Configuration, from: string, to: string): string | null {
  const lists = Object.entries(configuration.floors).filter(([, list]) => floorOf(list, from) >= 0);
  if (lists.length === 0) return null;
  const reasons = lists.map(([name, list]) => {
    const target = floorOf(list, to);
    if (target < 0) return `it stands on no floor of "${name}"`;
    const own = floorOf(list, from);
    return target > own ? `"${list[target]}" is above "${list[own]}" in "${name}"` : null;
  });
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

function importNode(source: Source, target: string): ts.Node {
  const found = source.file.statements.find(
    (s) =>
      ts.isImportDeclaration(s) &&
      ts.isStringLiteral(s.moduleSpecifier) &&
      resolveImport(source.path, s.moduleSpecifier.text) === target,
  );
  return found ?? source.file;
}

/** Orders the sources and reports circles and climbing imports. */
export function orderSources(sources: readonly Source[], configuration: Configuration): Ordered {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const diagnostics: Diagnostic[] = [];
  const ordered: Source[] = [];
  const state = new Map<string, 'open' | 'done'>();

  const visit = (source: Source, trail: readonly string[]): void => {
    state.set(source.path, 'open');
    const here = [...trail, source.path];
    for (const target of source.imports) {
      const next = byPath.get(target);
      if (next === undefined) continue;
      const node = importNode(source, target);
      const reason = violation(configuration, source.path, target);
      if (reason !== null) {
        diagnostics.push(diagnostic('floor', positionOf(node), lengthOf(node), source.path, target, reason));
      }
      if (state.get(target) === 'open') {
        const circle = [...here.slice(here.indexOf(target)), target].join(' → ');
        diagnostics.push(diagnostic('importCycle', positionOf(node), lengthOf(node), circle));
      } else if (!state.has(target)) visit(next, here);
    }
    state.set(source.path, 'done');
    ordered.push(source);
  };
  for (const source of sources) if (!state.has(source.path)) visit(source, []);
  return { sources: ordered, diagnostics };
}
