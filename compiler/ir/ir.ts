/**
 * The intermediate representation: a structured program whose every operation
 * has one meaning. The front end builds it, the emitters read it, nobody
 * changes it. There is no control-flow graph and no SSA: statements nest as in
 * the source, so both emitters print something a person can read.
 *
 * What the front end has already settled, so that no emitter needs to ask:
 * types of all operands are equal where the operation wants them equal
 * (widening is explicit), constants are folded, every possible trap carries
 * its site, `for…of`, `range`, `bound`, `assert` and compound assignment are
 * rewritten into the statements below.
 */
import type { ArithmeticOperator, AtomicMethod, ComparisonOperator } from './operators.ts';

export type { ArithmeticOperator, AtomicMethod, ComparisonOperator };

/** A place in a source. `file` is relative to the project root, with `/`; line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where a check may fail at run time, and why the check remains. */
export interface TrapSite {
  readonly position: Position;
  readonly reason: 'index' | 'narrowing' | 'overflow' | 'division' | 'bound' | 'assertion' | 'unreachable' | 'text';
}

// ------------------------------------------------------------------- types

export type IntegerKind = 'u8' | 'u16' | 'u32' | 'u64' | 'i8' | 'i16' | 'i32' | 'i64';

export interface IntegerType {
  readonly tag: 'integer';
  readonly kind: IntegerKind;
  /** Name of a `Distinct` type, or null for a plain integer. */
  readonly distinct: string | null;
}
/** A class-typed variable: the address of an object with identity. */
export interface PointerType {
  readonly tag: 'pointer';
  readonly target: ClassDeclaration;
  readonly nullable: boolean;
}
/** An object of a class, embedded in another object, in an array or in a module constant. */
export interface EmbeddedType {
  readonly tag: 'embedded';
  readonly target: ClassDeclaration;
}
export interface ArrayType {
  readonly tag: 'array';
  readonly element: StorageType;
  readonly length: number;
}
export interface AtomicType {
  readonly tag: 'atomic';
  readonly of: IntegerType;
}
export interface VolatileType {
  readonly tag: 'volatile';
  readonly of: IntegerType;
}
/** An immutable value, passed by value. */
export interface ValueType {
  readonly tag: 'value';
  readonly declaration: ValueDeclaration;
}
export interface FunctionType {
  readonly tag: 'function';
  readonly declaration: FunctionTypeDeclaration;
}
export interface SimpleType {
  readonly tag: 'boolean' | 'text' | 'void' | 'never';
}
/** What an expression, a local or a parameter can be. */
export type Type = IntegerType | PointerType | ValueType | FunctionType | SimpleType;
/** What a field of a class or an element of an array can be. */
export type StorageType = IntegerType | PointerType | SimpleType | EmbeddedType | ArrayType | AtomicType | VolatileType;

// ------------------------------------------------------------ declarations

interface DeclarationBase {
  readonly name: string;
  /** Path of the source file, as in `Position.file`. */
  readonly module: string;
  readonly exported: boolean;
  /** The JSDoc comment without its stars, or null. */
  readonly documentation: string | null;
  readonly position: Position;
}
export interface Field {
  readonly name: string;
  readonly type: StorageType;
  /** In bytes from the start of the object. */
  readonly offset: number;
  /** The initial value of a scalar in a module constant; null for embedded storage, which starts as zeros or by its own class. */
  readonly initial: Expression | null;
  readonly documentation: string | null;
  readonly position: Position;
}
export interface ClassDeclaration extends DeclarationBase {
  readonly kind: 'class';
  readonly fields: readonly Field[];
  /** In bytes; a multiple of `alignment`. Equal in C, in assembly and in JavaScript. */
  readonly size: number;
  readonly alignment: number;
}
export interface ValueField {
  readonly name: string;
  readonly type: Type;
  readonly documentation: string | null;
}
/** An all-readonly object type. One with exactly two 64-bit integers is passed as one 128-bit scalar in C. */
export interface ValueDeclaration extends DeclarationBase {
  readonly kind: 'value';
  readonly fields: readonly ValueField[];
}
export interface FunctionTypeDeclaration extends DeclarationBase {
  readonly kind: 'function-type';
  readonly parameters: readonly { readonly name: string; readonly type: Type }[];
  readonly result: Type;
}
/** `const NAME: u32 = …` with a constant integer or boolean value. */
export interface ConstantDeclaration extends DeclarationBase {
  readonly kind: 'constant';
  readonly type: IntegerType | SimpleType;
  readonly value: Expression;
}
/** `const NAME: readonly T[] = […]`: a constant table of integers, booleans, texts, functions or values. */
export interface TableDeclaration extends DeclarationBase {
  readonly kind: 'table';
  readonly element: Type;
  readonly elements: readonly Expression[];
}
/** `const name = new Class()`: one object for the whole program. */
export interface ObjectDeclaration extends DeclarationBase {
  readonly kind: 'object';
  readonly type: EmbeddedType;
}
/** `const name = array(…)`: one array for the whole program. */
export interface ArrayDeclaration extends DeclarationBase {
  readonly kind: 'array';
  readonly type: ArrayType;
}
/** A `let` at the top level; never exported. */
export interface VariableDeclaration extends DeclarationBase {
  readonly kind: 'variable';
  readonly type: IntegerType | PointerType | SimpleType;
  readonly initial: Expression;
}
/** A compile-time assertion that already holds; C states it again when it is about a layout. */
export interface AssertionDeclaration {
  readonly kind: 'assertion';
  readonly position: Position;
  /** What was asserted about a layout, or null when the condition was about plain constants. */
  readonly layout: { readonly target: ClassDeclaration; readonly field: Field | null; readonly value: bigint } | null;
}
export interface FunctionDeclaration extends DeclarationBase {
  readonly kind: 'function';
  readonly parameters: readonly Local[];
  readonly result: Type;
  /** Null for `declare function`: the target machine defines it. */
  readonly body: readonly Statement[] | null;
  /** Of a `declare function`: one shared access of the machine (tag `@shared` in its comment), such as a fence. */
  readonly shared: boolean;
  /** Tag `@cold` in its comment: emitted out of line, away from the hot path. */
  readonly cold: boolean;
  /** Tag `@apart` in its comment: never part of its caller, which then need not save what only this function needs. */
  readonly apart: boolean;
}
export type Declaration =
  | ClassDeclaration
  | ValueDeclaration
  | FunctionTypeDeclaration
  | ConstantDeclaration
  | TableDeclaration
  | ObjectDeclaration
  | ArrayDeclaration
  | VariableDeclaration
  | AssertionDeclaration
  | FunctionDeclaration;

/** A parameter or a variable inside a function. Two locals of one function may share a name in different blocks. */
export interface Local {
  readonly name: string;
  readonly type: Type;
  /** Declared with `const`, or a parameter that is never assigned. */
  readonly constant: boolean;
  /** Made by the compiler (an index of `for…of`, a counter of `bound`); its name may clash with the source's. */
  readonly hidden: boolean;
}

export interface Module {
  readonly path: string;
  /** Paths of the modules it imports from, without repetition, in order of appearance. */
  readonly imports: readonly string[];
  /** In source order. */
  readonly declarations: readonly Declaration[];
  /** The comment at the top of the file, or null. */
  readonly documentation: string | null;
}
export interface Program {
  /** Every module after those that it imports; otherwise in order of path. */
  readonly modules: readonly Module[];
}

// ------------------------------------------------------------- expressions

/** What evaluating an expression may do, as a set of bits. */
export const EFFECT_NONE = 0;
/** Reads memory that a call could change. */
export const EFFECT_READS = 1;
/** May trap. */
export const EFFECT_TRAPS = 2;
/** Calls a function, or accesses an atomic or volatile word: order matters. */
export const EFFECT_ACTS = 4;

interface ExpressionBase {
  readonly type: Type;
  readonly effects: number;
  readonly position: Position;
}

/** A value in memory, or a local: something that can be read, and mostly assigned. */
export type Place =
  | { readonly place: 'local'; readonly local: Local; readonly type: Type }
  | { readonly place: 'variable'; readonly variable: VariableDeclaration; readonly type: Type }
  | { readonly place: 'object'; readonly object: ObjectDeclaration | ArrayDeclaration; readonly type: StorageType }
  | { readonly place: 'field'; readonly object: Expression; readonly field: Field; readonly type: StorageType }
  | {
      readonly place: 'element';
      /** Its type is an array. */
      readonly array: Place;
      /** A u32. */
      readonly index: Expression;
      /** Null when the index is proven to be below the length. */
      readonly check: TrapSite | null;
      readonly type: StorageType;
    };

export type Expression = ExpressionBase &
  (
    | {
        readonly op: 'integer';
        readonly type: IntegerType;
        readonly value: bigint;
        /** The named constant that it came from, or null. */
        readonly constant: ConstantDeclaration | null;
        /** Base in which the source wrote it: 2, 10 or 16. */
        readonly radix: number;
      }
    | { readonly op: 'boolean'; readonly value: boolean; readonly constant: ConstantDeclaration | null }
    | { readonly op: 'null'; readonly type: PointerType }
    | { readonly op: 'text'; readonly value: string }
    /** The value in a place. The place's type is a scalar (never embedded, array, atomic or volatile). */
    | { readonly op: 'load'; readonly place: Place }
    /** The address of an embedded object, as a pointer. */
    | { readonly op: 'reference'; readonly type: PointerType; readonly place: Place }
    /** The address of any place that is in memory (also an atomic word or an array), as a u64. */
    | { readonly op: 'place-address'; readonly place: Place }
    | {
        readonly op: 'table-element';
        readonly table: TableDeclaration;
        readonly index: Expression;
        readonly check: TrapSite | null;
      }
    | { readonly op: 'member'; readonly value: Expression; readonly field: ValueField }
    /** Fields in the order of the declaration; `order` gives the source's order of evaluation, as indexes into `fields`. */
    | {
        readonly op: 'make-value';
        readonly type: ValueType;
        readonly fields: readonly Expression[];
        readonly order: readonly number[];
      }
    | { readonly op: 'function'; readonly type: FunctionType; readonly function: FunctionDeclaration }
    /** Negation of a signed integer; traps on the smallest value unless `check` is null. */
    | {
        readonly op: 'negate';
        readonly type: IntegerType;
        readonly operand: Expression;
        readonly check: TrapSite | null;
      }
    | { readonly op: 'complement'; readonly type: IntegerType; readonly operand: Expression }
    | { readonly op: 'not'; readonly operand: Expression }
    /**
     * Both operands have the type of the result, whose kind is u32, u64, i32 or i64.
     * Unsigned + - * wrap; signed ones trap on overflow, and `/` and `%` by zero and
     * of the smallest value by -1 trap, unless `check` is null. A shift's count is
     * taken modulo the width (`masked` false: it is proven to be below the width).
     */
    | {
        readonly op: 'arithmetic';
        readonly operator: ArithmeticOperator;
        readonly type: IntegerType;
        readonly left: Expression;
        readonly right: Expression;
        readonly check: TrapSite | null;
        readonly masked: boolean;
      }
    /** Operands: integers of one kind, or booleans, pointers or functions with `===` and `!==`. */
    | {
        readonly op: 'compare';
        readonly operator: ComparisonOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    | { readonly op: 'logical'; readonly operator: '&&' | '||'; readonly left: Expression; readonly right: Expression }
    | {
        readonly op: 'conditional';
        readonly condition: Expression;
        readonly whenTrue: Expression;
        readonly whenFalse: Expression;
      }
    /**
     * From one integer kind to another. `widen`: the value always fits. `wrap`: keep the low bits.
     * `check`: trap when it does not fit. `proven`: it is known to fit.
     */
    | {
        readonly op: 'convert';
        readonly type: IntegerType;
        readonly mode: 'widen' | 'wrap' | 'proven' | 'check';
        readonly operand: Expression;
        readonly check: TrapSite | null;
      }
    | { readonly op: 'call'; readonly function: FunctionDeclaration; readonly arguments: readonly Expression[] }
    | {
        readonly op: 'call-indirect';
        /** Its type is a function type. */
        readonly callee: Expression;
        /** Every function that the callee can be. */
        readonly targets: readonly FunctionDeclaration[];
        readonly arguments: readonly Expression[];
      }
    /** `place` has an atomic type; operands and result are of its integer type (`compareExchange`: boolean). */
    | {
        readonly op: 'atomic';
        readonly method: AtomicMethod;
        readonly place: Place;
        readonly operands: readonly Expression[];
      }
    | { readonly op: 'volatile-read'; readonly place: Place }
    | { readonly op: 'volatile-write'; readonly place: Place; readonly value: Expression }
    /** The u64 address of an object. */
    | { readonly op: 'address-of'; readonly operand: Expression }
    /** The object at a u64 address. */
    | { readonly op: 'object-at'; readonly type: PointerType; readonly address: Expression }
    | { readonly op: 'text-length'; readonly text: Expression }
    | {
        readonly op: 'text-byte';
        readonly text: Expression;
        readonly index: Expression;
        readonly check: TrapSite | null;
      }
  );

// -------------------------------------------------------------- statements

export type Statement = { readonly position: Position } & (
  | { readonly kind: 'declare'; readonly local: Local; readonly initial: Expression | null }
  | { readonly kind: 'assign'; readonly place: Place; readonly value: Expression }
  /**
   * `place operator= operand`: the place is evaluated once, then the operand. `value` is the new value,
   * in which the old one appears as a load of `old`, a hidden local. (`a[n()] += 1` calls n once.)
   */
  | {
      readonly kind: 'update';
      readonly place: Place;
      readonly old: Local;
      readonly value: Expression;
      /** The form to print when both sides are free of effects: `place operator= operand`. */
      readonly operator: ArithmeticOperator;
      readonly operand: Expression;
    }
  | { readonly kind: 'evaluate'; readonly expression: Expression }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly whenTrue: readonly Statement[];
      readonly whenFalse: readonly Statement[];
    }
  /** `for (initial; condition; update) body`; `continue` goes to the update. `limit`: the body runs at most so often. */
  | {
      readonly kind: 'for';
      readonly initial: readonly Statement[];
      readonly condition: Expression;
      readonly update: readonly Statement[];
      readonly body: readonly Statement[];
      readonly limit: bigint;
    }
  | {
      readonly kind: 'while';
      readonly condition: Expression;
      readonly body: readonly Statement[];
      readonly limit: bigint;
    }
  /** Cases never fall through: each body ends in break, return, continue or a trap, and that final `break` is removed. */
  | {
      readonly kind: 'switch';
      readonly subject: Expression;
      readonly cases: readonly {
        readonly labels: readonly Expression[];
        readonly isDefault: boolean;
        readonly body: readonly Statement[];
        readonly position: Position;
      }[];
    }
  | { readonly kind: 'return'; readonly value: Expression | null }
  /** Leaves the nearest loop or switch, as in JavaScript. */
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'trap'; readonly site: TrapSite }
);

export type StatementOf<K extends Statement['kind']> = Extract<Statement, { readonly kind: K }>;
export type ExpressionOf<K extends Expression['op']> = Extract<Expression, { readonly op: K }>;
