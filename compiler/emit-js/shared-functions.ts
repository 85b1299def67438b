/**
 * Which functions contain a shared access: an atomic or volatile operation, or
 * the call of a `declare function` with the tag `@shared`, in themselves or in
 * a function that they call. In the yielding form these are the generators.
 */

import type { Expression, FunctionDeclaration, Program } from '../ir/ir.ts';
import { visitStatements } from '../ir/walk.ts';

interface Summary {
  /** Contains a shared access itself. */
  readonly accesses: boolean;
  readonly callees: ReadonlySet<FunctionDeclaration>;
  /** For every indirect call: all that it can call. */
  readonly indirect: readonly (readonly FunctionDeclaration[])[];
}

function summarize(declaration: FunctionDeclaration): Summary {
  const callees = new Set<FunctionDeclaration>();
  const indirect: (readonly FunctionDeclaration[])[] = [];
  let accesses = false;
  const expression = (visited: Expression): void => {
    if (visited.op === 'atomic' || visited.op === 'volatile-read' || visited.op === 'volatile-write') accesses = true;
    if (visited.op === 'call') callees.add(visited.function);
    if (visited.op === 'call-indirect') indirect.push(visited.targets);
  };
  visitStatements(declaration.body ?? [], { expression });
  return { accesses, callees, indirect };
}

/** Every function of a program, defined or declared. */
export function functionsOf(program: Program): readonly FunctionDeclaration[] {
  return program.modules.flatMap((module) =>
    module.declarations.filter((declaration) => declaration.kind === 'function'),
  );
}

/**
 * The functions that contain a shared access, `declare function`s with the tag
 * included. An indirect call that can reach one of them is a shared access as a
 * whole, so all its other targets belong to the set too: callers cannot tell them apart.
 */
export function sharedFunctions(program: Program): ReadonlySet<FunctionDeclaration> {
  const functions = functionsOf(program);
  const summaries = functions.map((declaration) => ({ declaration, ...summarize(declaration) }));
  const shared = new Set(functions.filter((declaration) => declaration.body === null && declaration.shared));
  for (const { declaration, accesses } of summaries) if (accesses) shared.add(declaration);
  // Each round adds a function or is the last one.
  for (let before = -1; before !== shared.size;) {
    before = shared.size;
    for (const { declaration, callees, indirect } of summaries) {
      const reached = indirect.filter((targets) => targets.some((target) => shared.has(target)));
      for (const target of reached.flat()) shared.add(target);
      if (reached.length > 0 || [...callees].some((callee) => shared.has(callee))) shared.add(declaration);
    }
  }
  return shared;
}
