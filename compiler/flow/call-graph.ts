/** Who calls whom: no function may reach itself. */
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostics.ts';
import type { Expression, FunctionDeclaration, Program } from '../ir/ir.ts';
import { visitStatements } from '../ir/walk.ts';

/** Every function that each function calls, directly or through a constant table, in order of first call. */
export function callGraph(program: Program): ReadonlyMap<FunctionDeclaration, ReadonlySet<FunctionDeclaration>> {
  const graph = new Map<FunctionDeclaration, ReadonlySet<FunctionDeclaration>>();
  for (const module of program.modules) {
    for (const declaration of module.declarations) {
      if (declaration.kind !== 'function') continue;
      const called = new Set<FunctionDeclaration>();
      const expression = (e: Expression): void => {
        if (e.op === 'call') called.add(e.function);
        if (e.op === 'call-indirect') for (const target of e.targets) called.add(target);
      };
      visitStatements(declaration.body ?? [], { expression });
      graph.set(declaration, called);
    }
  }
  return graph;
}

/** Reports each circle of calls once, at the function where it was entered. */
export function checkRecursion(program: Program): readonly Diagnostic[] {
  const graph = callGraph(program);
  const diagnostics: Diagnostic[] = [];
  const done = new Set<FunctionDeclaration>();
  const open: FunctionDeclaration[] = [];
  const visit = (at: FunctionDeclaration): void => {
    const start = open.indexOf(at);
    if (start >= 0) {
      const circle = [...open.slice(start), at].map((f) => f.name).join(' → ');
      diagnostics.push(diagnostic('recursion', at.position, at.name.length, circle));
      return;
    }
    if (done.has(at)) return;
    open.push(at);
    for (const next of graph.get(at) ?? []) visit(next);
    open.pop();
    done.add(at);
  };
  for (const f of graph.keys()) visit(f);
  return diagnostics;
}
