/** The layout report: where every field lies, and which checks remain at run time; for people and for programs. */
import type { ClassDeclaration, Expression, FunctionDeclaration, Place, Program, TrapSite } from '../ir/ir.ts';
import type { OutputFile } from './output.ts';
import { extentOf, typeName } from '../ir/types.ts';
import { visitStatements } from '../ir/walk.ts';

interface TrapRow {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly reason: TrapSite['reason'];
  readonly function: string;
}

function placeChecks(place: Place): readonly (TrapSite | null)[] {
  return place.place === 'element' ? [...placeChecks(place.array), place.check] : [];
}

function expressionChecks(expression: Expression): readonly (TrapSite | null)[] {
  return [
    ...('place' in expression ? placeChecks(expression.place) : []),
    ...('check' in expression ? [expression.check] : []),
  ];
}

/** Every place of a function where a check may fail, in order of position. */
export function trapSites(declaration: FunctionDeclaration): readonly TrapSite[] {
  const found = new Set<TrapSite>();
  const add = (sites: readonly (TrapSite | null)[]): void => {
    for (const site of sites) if (site !== null) found.add(site);
  };
  visitStatements(declaration.body ?? [], {
    statement: (statement) => {
      if (statement.kind === 'trap') add([statement.site]);
      if (statement.kind === 'assign' || statement.kind === 'update') add(placeChecks(statement.place));
    },
    expression: (expression) => add(expressionChecks(expression)),
  });
  const key = ({ position }: TrapSite): number => position.line * 10_000 + position.column;
  return [...found].sort((a, b) => key(a) - key(b));
}

function trapRows(program: Program): readonly TrapRow[] {
  const functions = program.modules.flatMap((module) =>
    module.declarations.flatMap((one) => (one.kind === 'function' ? [one] : [])),
  );
  return functions.flatMap((declaration) =>
    trapSites(declaration).map(({ position, reason }) => ({ ...position, reason, function: declaration.name })),
  );
}

function classRow(declaration: ClassDeclaration) {
  const { name, module, size, alignment, position } = declaration;
  const fields = declaration.fields.map((field) => ({
    name: field.name,
    type: typeName(field.type),
    offset: field.offset,
    size: extentOf(field.type).size,
  }));
  return { name, module, line: position.line, size, alignment, fields };
}

/** Rows of equal columns; columns of numbers are right-aligned. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<readonly number[]>(
    (sum, row) => row.map((cell, i) => Math.max(cell.length, sum[i] ?? 0)),
    [],
  );
  return rows.map((row) => {
    const cells = row.map((cell, i) =>
      /^\d+$/.test(cell) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
    );
    return `  ${cells.join('  ')}`.trimEnd();
  });
}

export function layoutReport(program: Program): readonly OutputFile[] {
  const classes = program.modules.flatMap((module) =>
    module.declarations.flatMap((one) => (one.kind === 'class' ? [classRow(one)] : [])),
  );
  const traps = trapRows(program);
  const classText = classes.flatMap((one) => [
    `${one.name}: ${one.size} bytes, aligned to ${one.alignment} (${one.module}:${one.line})`,
    ...table([
      ['offset', 'size', 'field', 'type'],
      ...one.fields.map((field) => [String(field.offset), String(field.size), field.name, field.type]),
    ]),
    '',
  ]);
  const trapText = table(traps.map((one) => [`${one.file}:${one.line}:${one.column}`, one.reason, one.function]));
  const heading = `Checks that remain at run time: ${traps.length}`;
  const text = ['Classes and the places of their fields, in bytes', '', ...classText, heading, ...trapText];
  return [
    { path: 'layout.txt', text: `${text.join('\n')}\n` },
    { path: 'layout.json', text: `${JSON.stringify({ classes, traps }, null, 2)}\n` },
  ];
}
