/** What a block shows of a source: a declaration of a TypeScript file, a function of C, or a stretch of an assembly file. */
import ts from 'typescript';
import { functionOfC } from './built.ts';

/** The name that a statement at the top level declares. */
function declaredName(statement: ts.Statement): string | null {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]?.name.getText() ?? null;
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement)
  ) {
    return statement.name?.getText() ?? null;
  }
  return null;
}

/** A declaration as it stands in the file, with its comment; null if the file has none of that name. */
export function declaration(file: string, text: string, name: string): readonly string[] | null {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found = source.statements.find((statement) => declaredName(statement) === name);
  if (found === undefined) return null;
  const comment = ts.getLeadingCommentRanges(text, found.getFullStart())?.at(-1);
  const begin = found.getStart(source);
  const isOwn = comment !== undefined && !text.slice(comment.end, begin).includes('\n\n');
  const start = isOwn ? comment.pos : begin;
  return text.slice(start, found.end).split('\n');
}

/** The lines of an assembly file from a label to the first line that holds nothing but `last`. */
export function stretch(text: string, label: string, last: string): readonly string[] | null {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`${label}:`));
  if (start < 0) return null;
  const end = lines.findIndex((line, index) => index > start && line.trim() === last);
  return end < 0 ? null : lines.slice(start, end + 1);
}

/** What a block with this first line holds; null if it shows no source; a text says what is wrong with it. */
export function sourceOf(
  language: string,
  words: readonly string[],
  read: (file: string) => string | null,
): readonly string[] | string | null {
  const [file, name, last] = words;
  if (file === undefined || file.startsWith('out/') || name === undefined) return null;
  const text = read(file);
  if (text === null) return `shows ${file}, which does not exist: mend the path`;
  if (language === 'ts') return declaration(file, text, name) ?? `shows ${name}, which ${file} does not declare`;
  if (language === 'c') return functionOfC(text, name) ?? `shows ${name}, which ${file} does not have`;
  if (language !== 'asm') return null;
  return stretch(text, name, last ?? 'ret') ?? `shows ${name} to ${last ?? 'ret'}, which ${file} does not have`;
}
