/**
 * Which effects matter for the order of evaluation. A call counts as acting
 * only if the function, or one that it calls, changes memory or touches an
 * atomic or volatile word: a quiet function reads, computes and may trap.
 */
import { EFFECT_ACTS, EFFECT_READS, EFFECT_TRAPS } from '../ir/ir.ts';
import type { Expression, FunctionDeclaration, Statement } from '../ir/ir.ts';
import { visitExpression, visitStatements } from '../ir/walk.ts';

/** The effects of expressions; knows which functions are quiet. Built for one program. */
export class Effects {
  readonly #quiet = new Map<FunctionDeclaration, boolean>();

  of(expression: Expression): number {
    const { effects } = expression;
    if ((effects & EFFECT_ACTS) === 0) return effects;
    let acts = false;
    visitExpression(expression, { expression: (one) => (acts ||= this.#acts(one)) });
    return acts ? effects : (effects & ~EFFECT_ACTS) | EFFECT_READS | EFFECT_TRAPS;
  }

  #acts(expression: Expression): boolean {
    switch (expression.op) {
      case 'atomic':
      case 'volatile-read':
      case 'volatile-write':
      case 'call-indirect':
        return true;
      case 'call':
        return !this.#isQuiet(expression.function);
      default:
        return false;
    }
  }

  #isQuiet(declaration: FunctionDeclaration): boolean {
    const known = this.#quiet.get(declaration);
    if (known !== undefined) return known;
    // The answer while it is being found: there is no recursion in a program, and this would refuse it.
    this.#quiet.set(declaration, false);
    const quiet =
      declaration.result.tag !== 'never' && declaration.body !== null && this.#changesNothing(declaration.body);
    this.#quiet.set(declaration, quiet);
    return quiet;
  }

  #changesNothing(body: readonly Statement[]): boolean {
    let quiet = true;
    visitStatements(body, {
      statement: (statement) => {
        const writes = statement.kind === 'assign' || statement.kind === 'update';
        if (writes && statement.place.place !== 'local') quiet = false;
      },
      expression: (expression) => {
        if (this.#acts(expression)) quiet = false;
      },
    });
    return quiet;
  }
}
