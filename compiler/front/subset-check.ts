/** The syntactic half of the subset: each construct that is refused by its form alone, wherever it stands. */
import { diagnostic, type Diagnostic, type DiagnosticKind } from '../diagnostics/diagnostics.ts';
import { isAssignment } from './operators.ts';
import { constructName, lengthOf, positionAt, positionOf, resolveImport, ts, type Source } from './project.ts';

/** Deepest nesting of syntax nodes that the compiler walks. */
export const DEEPEST = 400;

type Finding = readonly [DiagnosticKind, ...string[]];
const K = ts.SyntaxKind;

/** Kinds that are refused wherever they stand. */
const REFUSED = new Map<ts.SyntaxKind, Finding>([
  [K.ArrowFunction, ['closure']],
  [K.FunctionExpression, ['closure']],
  [K.AwaitExpression, ['asynchronous']],
  [K.YieldExpression, ['asynchronous']],
  [K.TryStatement, ['exception']],
  [K.ThrowStatement, ['exception']],
  [K.AnyKeyword, ['dynamicType', 'any']],
  [K.UnknownKeyword, ['dynamicType', 'unknown']],
  [K.NumberKeyword, ['dynamicType', 'number']],
  [K.BigIntKeyword, ['dynamicType', 'bigint']],
  [K.StringKeyword, ['dynamicType', 'string']],
  [K.SymbolKeyword, ['dynamicType', 'symbol']],
  [K.ObjectKeyword, ['dynamicType', 'object']],
  [K.UndefinedKeyword, ['dynamicType', 'undefined']],
  [K.TypeAssertionExpression, ['cast', '<T>x']],
  [K.NonNullExpression, ['cast', '!']],
  [K.SatisfiesExpression, ['cast', 'satisfies']],
  [K.AsExpression, ['cast', 'as']],
  [K.TemplateExpression, ['template']],
  [K.NoSubstitutionTemplateLiteral, ['template']],
  [K.TaggedTemplateExpression, ['template']],
  [K.RegularExpressionLiteral, ['construct', 'a regular expression']],
  [K.ForInStatement, ['loopForm', 'for…in']],
  [K.DoStatement, ['loopForm', 'do…while']],
  [K.LabeledStatement, ['label']],
  [K.MethodDeclaration, ['classForm', 'a method']],
  [K.Constructor, ['classForm', 'a constructor']],
  [K.GetAccessor, ['classForm', 'an accessor']],
  [K.SetAccessor, ['classForm', 'an accessor']],
  [K.ClassStaticBlockDeclaration, ['classForm', 'a static block']],
  [K.HeritageClause, ['classForm', 'inheritance']],
  [K.Decorator, ['classForm', 'a decorator']],
  [K.ClassExpression, ['closure']],
  [K.SpreadElement, ['pattern']],
  [K.SpreadAssignment, ['pattern']],
  [K.ObjectBindingPattern, ['pattern']],
  [K.ArrayBindingPattern, ['pattern']],
  [K.ShorthandPropertyAssignment, ['construct', 'a shorthand property; write `name: name`']],
  [K.ComputedPropertyName, ['construct', 'a computed name']],
  [K.TypeOfExpression, ['operator', 'typeof', 'Declare the type instead.']],
  [K.DeleteExpression, ['operator', 'delete', 'Set the field to zero or null.']],
  [K.VoidExpression, ['operator', 'void', 'Write the call as a statement.']],
  [K.EnumDeclaration, ['declarationForm', 'Enumerations']],
  [K.ModuleDeclaration, ['declarationForm', 'Namespaces']],
  [K.TypeParameter, ['declarationForm', 'Generics']],
  [K.ExportAssignment, ['exportForm', 'a default export']],
  [K.ImportEqualsDeclaration, ['importForm', 'import = …']],
  [K.WithStatement, ['construct', 'with']],
  [K.DebuggerStatement, ['construct', 'debugger']],
  [K.ConditionalType, ['dynamicType', 'a conditional type']],
  [K.MappedType, ['dynamicType', 'a mapped type']],
  [K.IndexedAccessType, ['dynamicType', 'an indexed type']],
  [K.TypeQuery, ['dynamicType', 'typeof']],
  [K.TupleType, ['dynamicType', 'a tuple']],
  [K.SuperKeyword, ['classForm', 'super']],
  [K.ThisKeyword, ['classForm', 'this']],
  [K.MetaProperty, ['construct', 'import.meta']],
]);

const OPERATORS = new Map<ts.SyntaxKind, Finding>([
  [K.EqualsEqualsToken, ['operator', '==', 'Write `===`.']],
  [K.ExclamationEqualsToken, ['operator', '!=', 'Write `!==`.']],
  [K.AsteriskAsteriskToken, ['operator', '**', 'Multiply, or shift.']],
  [K.GreaterThanGreaterThanGreaterThanToken, ['operator', '>>>', 'Write `>>`: on unsigned integers it is logical.']],
  [K.QuestionQuestionToken, ['operator', '??', 'Compare with null.']],
  [K.CommaToken, ['operator', ',', 'Write two statements.']],
  [K.InKeyword, ['operator', 'in', 'Fields are known when the program is compiled.']],
  [K.InstanceOfKeyword, ['operator', 'instanceof', 'Types are known when the program is compiled.']],
]);

function isStatementPosition(node: ts.Node): boolean {
  const parent = node.parent;
  return ts.isExpressionStatement(parent) || (ts.isForStatement(parent) && parent.condition !== node);
}

function checkOperator(node: ts.BinaryExpression): Finding | null {
  const kind = node.operatorToken.kind;
  if (!isAssignment(kind)) return OPERATORS.get(kind) ?? null;
  if (kind === K.AsteriskAsteriskEqualsToken) return ['operator', '**=', 'Multiply, or shift.'];
  const logical = [K.AmpersandAmpersandEqualsToken, K.BarBarEqualsToken, K.QuestionQuestionEqualsToken];
  if (kind === K.GreaterThanGreaterThanGreaterThanEqualsToken || logical.includes(kind)) {
    return ['operator', node.operatorToken.getText(), 'Write the assignment out.'];
  }
  return isStatementPosition(node) ? null : ['assignmentExpression'];
}

function checkUnary(node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): Finding | null {
  if (node.operator === K.PlusPlusToken || node.operator === K.MinusMinusToken) {
    return isStatementPosition(node) ? null : ['assignmentExpression'];
  }
  return node.operator === K.PlusToken ? ['operator', '+', 'Leave the sign away.'] : null;
}

function checkFunction(node: ts.FunctionDeclaration): Finding | null {
  if (node.asteriskToken !== undefined) return ['asynchronous'];
  if (!ts.isSourceFile(node.parent)) return ['closure'];
  return node.name === undefined ? ['exportForm', 'a default export'] : null;
}

function checkParameter(node: ts.ParameterDeclaration): Finding | null {
  if (node.questionToken !== undefined) return ['parameterForm', 'optional'];
  if (node.dotDotDotToken !== undefined && !isParameterList(node)) return ['parameterForm', 'rest'];
  if (node.initializer !== undefined) return ['parameterForm', 'with a default'];
  return node.name.getText() === 'this' ? ['parameterForm', 'this'] : null;
}

function checkImport(node: ts.ImportDeclaration, path: string): Finding | null {
  const clause = node.importClause;
  if (clause === undefined) return ['importForm', 'for its effects'];
  if (clause.name !== undefined) return ['importForm', 'a default import'];
  if (clause.namedBindings === undefined || ts.isNamespaceImport(clause.namedBindings))
    return ['importForm', 'a namespace import'];
  if (clause.namedBindings.elements.some((item) => item.propertyName !== undefined))
    return ['importForm', 'an import under another name'];
  if (node.attributes !== undefined) return ['importForm', 'an import with attributes'];
  const specifier = ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : '';
  return resolveImport(path, specifier) === null
    ? ['importForm', `"${specifier}" is not a relative path of a .ts source`]
    : null;
}

function checkVariables(node: ts.VariableDeclarationList): Finding | null {
  if ((node.flags & ts.NodeFlags.BlockScoped) === 0) return ['variableForm', 'var'];
  if ((node.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using) return ['variableForm', 'using'];
  const exported = ts.isVariableStatement(node.parent) && hasModifier(node.parent, K.ExportKeyword);
  return exported && (node.flags & ts.NodeFlags.Const) === 0 ? ['variableForm', 'an exported let'] : null;
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);
}

function checkModifier(node: ts.Node): Finding | null {
  if (node.kind === K.AsyncKeyword) return ['asynchronous'];
  if (node.kind === K.DefaultKeyword && ts.canHaveModifiers(node.parent)) return ['exportForm', 'a default export'];
  if (node.kind === K.StaticKeyword) return ['classForm', 'a static member'];
  if (node.kind === K.DeclareKeyword && !ts.isFunctionDeclaration(node.parent)) {
    return ['construct', '`declare` of anything but a function'];
  }
  if (node.kind === K.AbstractKeyword || node.kind === K.AccessorKeyword)
    return ['classForm', `the modifier ${node.getText()}`];
  const visibility = [K.PrivateKeyword, K.ProtectedKeyword, K.PublicKeyword, K.OverrideKeyword];
  return visibility.includes(node.kind) ? ['classForm', `the modifier ${node.getText()}`] : null;
}

function checkMember(node: ts.Node): Finding | null {
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isCallExpression(node)) {
    if (node.questionDotToken !== undefined) return ['operator', '?.', 'Test for null first.'];
  }
  if (ts.isPropertyDeclaration(node)) {
    if (node.questionToken !== undefined) return ['classForm', 'an optional field'];
    if (node.exclamationToken !== undefined) return ['classForm', 'a field without an initial value'];
    if (ts.isPrivateIdentifier(node.name)) return ['classForm', 'a #private field'];
  }
  return null;
}

function find(node: ts.Node, path: string): Finding | null {
  const refused = REFUSED.get(node.kind);
  if (refused !== undefined) return isAllowed(node) ? null : refused;
  if (ts.isBinaryExpression(node)) return checkOperator(node);
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return checkUnary(node);
  if (ts.isFunctionDeclaration(node)) return checkFunction(node);
  if (ts.isParameter(node)) return checkParameter(node);
  if (ts.isImportDeclaration(node)) return checkImport(node, path);
  if (ts.isVariableDeclarationList(node)) return checkVariables(node);
  if (ts.isExportDeclaration(node)) {
    return ['exportForm', node.moduleSpecifier === undefined ? 'an export list' : 'a re-export'];
  }
  if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) return ['asynchronous'];
  if (ts.isBreakOrContinueStatement(node) && node.label !== undefined) return ['label'];
  if (ts.isNumericLiteral(node)) {
    return /^(0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|[0-9][0-9_]*)$/.test(node.getText())
      ? null
      : ['floatingPoint', node.getText()];
  }
  if (ts.isNewExpression(node)) return isPlaceOfNew(node) ? null : ['allocation', '`new`'];
  const inner = ts.isClassDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node);
  if (inner && !ts.isSourceFile(node.parent)) return ['innerDeclaration'];
  return checkModifier(node) ?? checkMember(node);
}

/** Exceptions to the table: `as const`, and the names of a parameter list. */
function isAllowed(node: ts.Node): boolean {
  if (ts.isArrayBindingPattern(node)) return ts.isParameter(node.parent) && isParameterList(node.parent);
  return ts.isAsExpression(node) && node.type.getText() === 'const';
}
/** All parameters of a function in one: `...[first, , third]: Parameters<Operation>`. */
export function isParameterList(node: ts.ParameterDeclaration): boolean {
  const plain = (name: ts.ArrayBindingElement): boolean =>
    ts.isOmittedExpression(name) || (ts.isIdentifier(name.name) && !name.dotDotDotToken && !name.initializer);
  return (
    node.dotDotDotToken !== undefined &&
    node.parent.parameters.length === 1 &&
    ts.isArrayBindingPattern(node.name) &&
    node.name.elements.every(plain) &&
    node.type !== undefined &&
    ts.isTypeReferenceNode(node.type) &&
    node.type.typeName.getText() === 'Parameters'
  );
}
function isPlaceOfNew(node: ts.NewExpression): boolean {
  const parent = node.parent;
  if (ts.isPropertyDeclaration(parent)) return true;
  return ts.isVariableDeclaration(parent) && ts.isSourceFile(parent.parent.parent.parent);
}

const SUPPRESSION = /@ts-(?:ignore|expect-error|nocheck)/g;

/** Comments that switch a check off; the same words inside a text are harmless. */
function checkComments(source: Source, texts: readonly ts.Node[]): readonly Diagnostic[] {
  return [...source.text.matchAll(SUPPRESSION)].flatMap((found) => {
    const inText = texts.some((text) => text.getStart() <= found.index && found.index < text.end);
    const [word] = found;
    return inText ? [] : [diagnostic('suppression', positionAt(source.file, found.index), word.length, word)];
  });
}

/** `/// <reference …>` brings declarations in that no import names. */
function checkReferences({ file }: Source): readonly Diagnostic[] {
  const references = [...file.referencedFiles, ...file.typeReferenceDirectives, ...file.libReferenceDirectives];
  return references.map(({ pos, end }) =>
    diagnostic('importForm', positionAt(file, pos), end - pos, 'a reference directive'),
  );
}

/** Checks one source. The second result tells whether it may be walked further: false when it nests too deep. */
export function checkSubset(source: Source): {
  readonly diagnostics: readonly Diagnostic[];
  readonly walkable: boolean;
} {
  const diagnostics = [...checkReferences(source)];
  const texts: ts.Node[] = [];
  let walkable = true;
  const visit = (node: ts.Node, depth: number): void => {
    if (depth > DEEPEST) {
      if (walkable) diagnostics.push(diagnostic('tooDeep', positionOf(node), 1, String(DEEPEST)));
      walkable = false;
      return;
    }
    if (ts.isStringLiteralLike(node)) texts.push(node);
    const found = find(node, source.path);
    if (found !== null) {
      const [kind, ...rest] = found;
      diagnostics.push(diagnostic(kind, positionOf(node), lengthOf(node), ...rest));
      return;
    }
    ts.forEachChild(node, (child) => visit(child, depth + 1));
  };
  for (const statement of source.file.statements) visit(statement, 0);
  return { diagnostics: [...diagnostics, ...checkComments(source, texts)], walkable };
}

/** A refusal for a construct that no table names. */
export function unknownConstruct(node: ts.Node): Diagnostic {
  return diagnostic('construct', positionOf(node), lengthOf(node), constructName(node));
}
