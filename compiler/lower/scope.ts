/** What lowering knows at a place in a source: names, facts, and how to refuse. */
import type { Configuration } from '../front/configuration.ts';
import { diagnostic, Refusal, type Diagnostic, type DiagnosticKind } from '../diagnostics/diagnostics.ts';
import type {
  ArrayDeclaration,
  ClassDeclaration,
  ConstantDeclaration,
  Expression,
  FunctionDeclaration,
  FunctionTypeDeclaration,
  Local,
  ObjectDeclaration,
  TableDeclaration,
  TrapSite,
  Type,
  ValueDeclaration,
  VariableDeclaration,
} from '../ir/ir.ts';
import { lengthOf, positionOf, ts } from '../front/project.ts';
import type { Facts } from '../flow/ranges.ts';

/** A name at the top level of a module, or of the library. */
export type Meaning =
  | ClassDeclaration
  | ValueDeclaration
  | FunctionTypeDeclaration
  | ConstantDeclaration
  | TableDeclaration
  | ObjectDeclaration
  | ArrayDeclaration
  | VariableDeclaration
  | FunctionDeclaration
  | { readonly kind: 'alias'; readonly name: string; readonly type: Type };

/** What the whole program offers to each place in it. */
export interface Surroundings {
  readonly configuration: Configuration;
  /** Collects a mistake; nothing else happens. */
  report(found: Diagnostic): void;
  /** Counts a construct that is left out of the program, and collects why; null: the cause was reported before. */
  refuse(found: Diagnostic | null): void;
  /** How many constructs have been refused so far. */
  refusals(): number;
  /** What a top-level name means in a module, or null. The node is where it is used. */
  resolve(module: string, name: string, node: ts.Node): Meaning | null;
  /**
   * Computes the fields, offsets and size of a class, if that has not happened yet. `open`: they are
   * being computed right now, so the class needs itself. `broken`: some of its fields were refused.
   */
  layOut(target: ClassDeclaration): 'whole' | 'broken' | 'open';
  /** Every function that stands in a constant table with this type; complete before bodies are lowered. */
  functionsOf(type: FunctionTypeDeclaration): FunctionDeclaration[];
}

/** A block's names: a null local stands for a declaration that was refused, `later` for one that is still to come. */
export interface Block {
  readonly outer: Block | null;
  readonly names: Map<string, Local | null | 'later'>;
}

export interface Context {
  readonly surroundings: Surroundings;
  readonly module: string;
  /** Result type of the function that is being lowered; null at the top level. */
  readonly result: Type | null;
  /** Names that the function assigns somewhere; every other parameter is constant. */
  readonly assigned: ReadonlySet<string>;
  /** What `break` and `continue` would leave. */
  readonly inside: { readonly loop: boolean; readonly breakable: boolean };
  /** Loop variables of `for…of`, which a body may not assign. */
  readonly steady: ReadonlySet<Local>;
  readonly block: Block;
  /** Changes as statements are lowered one after the other. */
  facts: Facts;
  /** Lowers an expression, converted to `expected` if that is given. */
  readonly lower: (node: ts.Expression, context: Context, expected: Type | null) => Expression;
}

export function refusal(kind: DiagnosticKind, node: ts.Node, ...found: string[]): Refusal {
  return new Refusal(diagnostic(kind, positionOf(node), lengthOf(node), ...found));
}

export function innerContext(
  context: Context,
  changes: Partial<Pick<Context, 'inside' | 'facts' | 'steady'>> = {},
): Context {
  return { ...context, ...changes, block: { outer: context.block, names: new Map() } };
}
/** The same place with other facts. */
export function withFacts(context: Context, facts: Facts): Context {
  return { ...context, facts };
}

export function findLocal(block: Block, name: string): Local | null | 'later' | undefined {
  for (let at: Block | null = block; at !== null; at = at.outer) {
    const found = at.names.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}
export function declareLocal(context: Context, node: ts.Identifier, local: Local | null): void {
  const { names } = context.block;
  if (names.has(node.text) && names.get(node.text) !== 'later')
    throw refusal('duplicateName', node, node.text, 'block');
  names.set(node.text, local);
}
/** Notes names that the block will declare: until then they are neither its own nor those of an outer block. */
export function announce(block: Block, name: ts.BindingName): void {
  if (!ts.isIdentifier(name)) {
    for (const element of name.elements) if (ts.isBindingElement(element)) announce(block, element.name);
  } else if (!block.names.has(name.text)) block.names.set(name.text, 'later');
}
/** Notes that the declarations of these names were refused, so that their uses need no message of their own. */
export function withdraw(block: Block, name: ts.BindingName): void {
  if (!ts.isIdentifier(name)) {
    for (const element of name.elements) if (ts.isBindingElement(element)) withdraw(block, element.name);
  } else if ((block.names.get(name.text) ?? 'later') === 'later') block.names.set(name.text, null);
}
/** A local that the source does not name. */
export function hiddenLocal(name: string, type: Type, constant: boolean): Local {
  return { name, type, constant, hidden: true };
}

export function trapSite(node: ts.Node, reason: TrapSite['reason']): TrapSite {
  return { position: positionOf(node), reason };
}

/** Runs `work`; a refusal in it is reported, and `otherwise` is its result. */
export function attempt<T, U>(surroundings: Pick<Surroundings, 'refuse'>, work: () => T, otherwise: U): T | U {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    surroundings.refuse(error.diagnostic);
    return otherwise;
  }
}

/** The names that are assigned anywhere below a node. */
export function assignedNames(node: ts.Node): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (at: ts.Node): void => {
    const target = assignmentTarget(at);
    if (target !== null && ts.isIdentifier(target)) names.add(target.text);
    ts.forEachChild(at, visit);
  };
  visit(node);
  return names;
}
/** Whether a name is assigned below a node, other than a variable of the same name that is declared there. */
export function assigns(node: ts.Node, name: string): boolean {
  if (declares(node, name)) return false;
  const target = assignmentTarget(node);
  if (target !== null && ts.isIdentifier(target) && target.text === name) return true;
  return ts.forEachChild(node, (child) => assigns(child, name)) ?? false;
}
function declares(node: ts.Node, name: string): boolean {
  const lists = ts.isBlock(node)
    ? node.statements.flatMap((one) => (ts.isVariableStatement(one) ? [one.declarationList] : []))
    : (ts.isForStatement(node) || ts.isForOfStatement(node)) && node.initializer !== undefined
      ? [node.initializer].filter(ts.isVariableDeclarationList)
      : [];
  return lists.some((list) => list.declarations.some((one) => ts.isIdentifier(one.name) && one.name.text === name));
}
function assignmentTarget(node: ts.Node): ts.Expression | null {
  if (ts.isBinaryExpression(node)) {
    const kind = node.operatorToken.kind;
    return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment ? unwrapped(node.left) : null;
  }
  if (!ts.isPrefixUnaryExpression(node) && !ts.isPostfixUnaryExpression(node)) return null;
  const changes = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
  return changes ? unwrapped(node.operand) : null;
}
/** An expression without the parentheses around it. */
export function unwrapped(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? unwrapped(node.expression) : node;
}
/** Tags that mean something to the compiler. */
const TAG = /(?<![\w`])@(shared|cold|apart)\b/g;

/** The JSDoc comment right before a node, without stars and tags; and its tags. */
export function documentationOf(node: ts.Node): { readonly text: string | null; readonly tags: ReadonlySet<string> } {
  const source = node.getSourceFile().text;
  const ranges = ts.getLeadingCommentRanges(source, node.getFullStart()) ?? [];
  const last = ranges[ranges.length - 1];
  const comment = last === undefined ? '' : source.slice(last.pos, last.end);
  const isApart = /\n\s*\n/.test(source.slice(last?.end, node.getStart()));
  if (!comment.startsWith('/**') || isApart) return { text: null, tags: new Set() };
  const lines = comment
    .slice(3, -2)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim());
  const whole = lines.join('\n');
  const tags = new Set([...whole.matchAll(TAG)].map((found) => found[1] ?? ''));
  const text = whole.replace(TAG, '').trim();
  return { text: text === '' ? null : text, tags };
}
