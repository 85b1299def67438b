/** The calls that accept sources state in their comments: `// call add8(200, 100) = 300`, `// call narrow8(256) traps`. */
import type { HostValue } from '../../../compiler/runtime/host-machine.ts';

/** A literal: `300`, `-5`, `0xffn`, `true`. */
type Literal = number | bigint | boolean;

export interface StatedCall {
  /** `file.ts:line` of the comment. */
  readonly place: string;
  readonly name: string;
  readonly values: readonly Literal[];
  /** `add8(200, 100)` */
  readonly text: string;
  /** `300`, `300n`, `true`, or `traps`. */
  readonly expected: string;
}

const CALL = /^\s*\/\/ call (\w+)\((.*)\)(?: = (\S+)| (traps))\s*$/;
const INTEGER = /^-?(0x[0-9a-f]+|0b[01]+|\d+)(n?)$/i;

function parseLiteral(text: string, place: string): Literal {
  if (text === 'true' || text === 'false') return text === 'true';
  const found = INTEGER.exec(text);
  if (found === null) throw new Error(`${place}: found "${text}" as an argument; expected an integer, true or false`);
  const magnitude = BigInt(found[1] ?? '0');
  const value = text.startsWith('-') ? -magnitude : magnitude;
  return found[2] === 'n' ? value : Number(value);
}

/** The stated calls of one source, in order. */
export function statedCalls(file: string, text: string): readonly StatedCall[] {
  return text.split('\n').flatMap((line, index): readonly StatedCall[] => {
    const place = `${file}:${index + 1}`;
    const found = CALL.exec(line);
    if (found === null) {
      if (/\/\/\s*call\b/.test(line)) throw new Error(`${place}: expected "// call name(values) = value" or "… traps"`);
      return [];
    }
    const [, name = '', list = '', value, traps] = found;
    const values = list === '' ? [] : list.split(',').map((literal) => parseLiteral(literal.trim(), place));
    return [{ place, name, values, text: `${name}(${list})`, expected: value ?? traps ?? '' }];
  });
}

/** A result as the comments state it; -0, which no integer operation may give, stands out. */
export function resultText(value: HostValue): string {
  if (typeof value === 'bigint') return `${value}n`;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A literal as C writes it, of a type that any parameter takes without a warning. */
export function literalInC(value: Literal): string {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return value > 0x7fff_ffff ? `${value}u` : String(value);
  if (value === -(2n ** 63n)) return '(-9223372036854775807l - 1)';
  return value < 0n ? `${value}l` : `${value}${value > 0x7fff_ffff_ffff_ffffn ? 'ul' : 'l'}`;
}
