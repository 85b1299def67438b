/** Reads constants and their comments from sources of the subset. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** A tag of a comment: `@name text`. */
export interface Tag {
  readonly name: string;
  readonly text: string;
}
/** `export const NAME: type = integer` with its comment. */
export interface Constant {
  readonly name: string;
  readonly type: string;
  readonly value: bigint;
  /** The comment before its first tag, as one paragraph. */
  readonly text: string;
  readonly tags: readonly Tag[];
  /** `file:line`. */
  readonly place: string;
}
/** One element of a constant table: its fields as they are written. */
export type Row = ReadonlyMap<string, string>;

export function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The comment in front of a node, without stars: its paragraph and its tags. */
export function commentOf(node: ts.Node): { readonly text: string; readonly tags: readonly Tag[] } {
  const source = node.getSourceFile();
  const range = (ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? []).at(-1);
  const raw = range === undefined ? '' : source.text.slice(range.pos, range.end);
  if (!raw.startsWith('/**')) return { text: '', tags: [] };
  const lines = raw
    .slice(3, -2)
    .split('\n')
    .map((line) => line.replace(/^\s*\*\s?/, ''));
  const [first = '', ...rest] = lines.join('\n').split(/^\s*@/m);
  const tags = rest.map((tag) => {
    const [, name = '', text = ''] = /^(\S+)\s*([\s\S]*)$/.exec(tag) ?? [];
    return { name, text: oneLine(text) };
  });
  return { text: oneLine(first), tags };
}

function integerOf(node: ts.Expression): bigint | null {
  if (ts.isBigIntLiteral(node)) return BigInt(node.text.replace(/n$/, ''));
  return ts.isNumericLiteral(node) ? BigInt(node.text) : null;
}

/** Every exported integer constant of a file, in its order. */
export function readConstants(file: string): readonly Constant[] {
  const source = parse(file);
  return source.statements.flatMap((statement) => {
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap((declaration) => {
      const value = declaration.initializer === undefined ? null : integerOf(declaration.initializer);
      if (value === null || declaration.type === undefined) return [];
      const { line } = source.getLineAndCharacterOfPosition(statement.getStart());
      return {
        ...commentOf(statement),
        name: declaration.name.getText(),
        type: declaration.type.getText(),
        value,
        place: `${file}:${line + 1}`,
      };
    });
  });
}

/** The comment at the top of a file, as one paragraph. */
export function readHeading(file: string): string {
  const source = parse(file);
  const range = (ts.getLeadingCommentRanges(source.text, 0) ?? [])[0];
  const raw = range === undefined ? '' : source.text.slice(range.pos + 3, range.end - 2);
  return oneLine(raw.replace(/^\s*\*\s?/gm, ''));
}

/** The rows of a constant table. A constant of the same file stands for what it is made of. */
export function readTable(file: string, name: string): readonly Row[] {
  const constants = new Map<string, string>();
  const textOf = (node: ts.Expression): string => constants.get(node.getText()) ?? node.getText();
  for (const statement of parse(file).statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name: found, initializer } of statement.declarationList.declarations) {
      constants.set(found.getText(), initializer?.getText() ?? '');
      if (found.getText() !== name || initializer === undefined || !ts.isArrayLiteralExpression(initializer)) continue;
      return initializer.elements.map((element) => {
        const properties = ts.isObjectLiteralExpression(element) ? element.properties : [];
        return new Map(
          properties.flatMap((p) =>
            ts.isPropertyAssignment(p) ? [[p.name.getText(), textOf(p.initializer)] as const] : [],
          ),
        );
      });
    }
  }
  throw new Error(`${file}: found no constant table ${name}; expected one.`);
}

/** The fields of a class: name, type as it is written, comment. */
export function readClass(file: string, name: string): readonly (readonly [string, string, string])[] {
  for (const statement of parse(file).statements) {
    if (!ts.isClassDeclaration(statement) || statement.name?.text !== name) continue;
    return statement.members.flatMap((member) => {
      if (!ts.isPropertyDeclaration(member)) return [];
      const type = member.type?.getText() ?? member.initializer?.getText() ?? '';
      return [[member.name.getText(), type, commentOf(member).text] as const];
    });
  }
  throw new Error(`${file}: found no class ${name}; expected one.`);
}
