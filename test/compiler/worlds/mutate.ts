/** Sources with mistakes that nobody would think of: deterministic mutations of real ones. */

/** A generator of pseudo-random numbers below 2^32 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return (x ^ (x >>> 14)) >>> 0;
  };
}

const WORDS = [
  ...['const', 'let', 'var', 'function', 'class', 'return', 'if', 'else', 'for', 'while', 'switch', 'case', 'default'],
  ...['break', 'continue', 'new', 'this', 'null', 'undefined', 'true', 'any', 'never', 'void', 'as', 'in', 'of', 'is'],
  ...[
    'export',
    'import',
    'type',
    'interface',
    'enum',
    'async',
    'await',
    'yield',
    'throw',
    'try',
    'readonly',
    'declare',
  ],
  ...['u8', 'u32', 'u64', 'i32', 'i64', 'boolean', 'Text', 'array', 'atomic', 'volatile', 'sizeof', 'bound', 'range'],
  ...['assert', 'unreachable', 'staticAssert', 'distinct', 'objectAt', 'addressOf', 'offsetof', 'u8.wrap', 'Distinct'],
  ...['0', '1', '255', '256', '0xffffffff', '0x1_0000_0000', '0n', '1n', '0xffffffffffffffffn', '1.5', '1e9', '09'],
  ...['(', ')', '{', '}', '[', ']', '<', '>', '=>', '=', '==', '===', '!', '!==', '?', ':', ';', ',', '.', '...', '?.'],
  ...['+', '-', '*', '/', '%', '**', '&', '&&', '|', '||', '^', '~', '<<', '>>', '>>>', '++', '--', '+=', '>>='],
  ...[
    '"',
    "'",
    '`',
    '${',
    '//',
    '/*',
    '*/',
    '/**',
    '@',
    '#',
    '\\',
    '\n',
    '\r\n',
    '\0',
    '\uFEFF',
    '\u2028',
    '\uD800',
    'é',
  ],
];

type Mutation = (parts: string[], random: () => number) => string[];

function at(parts: readonly string[], random: () => number): number {
  return random() % Math.max(1, parts.length);
}

const MUTATIONS: readonly Mutation[] = [
  function remove(parts, random) {
    parts.splice(at(parts, random), 1 + (random() % 3));
    return parts;
  },
  function repeat(parts, random) {
    const index = at(parts, random);
    const count = 1 + (random() % 8);
    parts.splice(index, 0, ...parts.slice(index, index + count));
    return parts;
  },
  function swap(parts, random) {
    const [a, b] = [at(parts, random), at(parts, random)];
    const [first, second] = [parts[a] ?? '', parts[b] ?? ''];
    parts[a] = second;
    parts[b] = first;
    return parts;
  },
  function insert(parts, random) {
    parts.splice(at(parts, random), 0, ` ${WORDS[random() % WORDS.length] ?? ''} `);
    return parts;
  },
  function replace(parts, random) {
    parts[at(parts, random)] = WORDS[random() % WORDS.length] ?? '';
    return parts;
  },
  function copy(parts, random) {
    parts[at(parts, random)] = parts[at(parts, random)] ?? '';
    return parts;
  },
  function cut(parts, random) {
    return parts.slice(0, at(parts, random));
  },
  function scribble(parts, random) {
    const index = at(parts, random);
    const noise = Array.from({ length: 1 + (random() % 6) }, () => String.fromCharCode(random() % 0x180));
    parts[index] = (parts[index] ?? '') + noise.join('');
    return parts;
  },
];

/** One to three mutations of a source. */
export function mutated(text: string, random: () => number): string {
  let parts: string[] = text.match(/\s+|\w+|[^\s\w]/g) ?? [];
  const count = 1 + (random() % 3);
  for (let i = 0; i < count; i++) parts = MUTATIONS[random() % MUTATIONS.length]?.(parts, random) ?? parts;
  return parts.join('');
}
