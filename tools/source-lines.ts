/** Source lines without blanks and comments. */
import ts from 'typescript';

/** Lines of a TypeScript file on which a token begins or ends. */
export function typescriptLines(text: string): number {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.ES2022, false);
  const lines = new Set<number>();
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(source);
    if (children.length > 0) {
      children.forEach(visit);
    } else if (node.getEnd() > node.getStart(source)) {
      lines.add(source.getLineAndCharacterOfPosition(node.getStart(source)).line);
      lines.add(source.getLineAndCharacterOfPosition(node.getEnd()).line);
    }
  };
  source.statements.forEach(visit);
  return lines.size;
}

/** Lines of an assembly file that hold more than a comment (`#` followed by a blank, `//`, or between slash-star and star-slash). */
export function assemblyLines(text: string): number {
  const withoutBlocks = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''));
  return withoutBlocks
    .split('\n')
    .filter(
      (line) =>
        line.replace(/(\/\/|#(?!\s*(include|define|undef|if|ifdef|ifndef|else|elif|endif|error)\b)).*$/, '').trim() !==
        '',
    ).length;
}
