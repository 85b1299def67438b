/**
 * Writes docs/diagnostics.md from the compiler's table of diagnostics. With
 * `--check` it writes nothing, and fails if the file is not what the table says.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { DIAGNOSTICS } from '../compiler/diagnostics/diagnostics.ts';

const FILE = 'docs/diagnostics.md';
const FIXTURES = 'test/compiler/reject';
const TITLES: ReadonlyMap<string, string> = new Map([
  ['1', 'Files and modules'],
  ['2', 'Constructs that the subset lacks'],
  ['3', 'Types'],
  ['4', 'Constants and layout'],
  ['5', 'Flow'],
]);
const fixtures = readdirSync(FIXTURES);

/** `{0}` stands for what was found; angle brackets and stars are text, unless they stand in code. */
function prose(text: string): string {
  return text
    .replace(/\{\d\}/g, '…')
    .split('`')
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[<>*_|]/g, '\\$&')))
    .join('`');
}

function section({ code, message, reason, instead }: (typeof DIAGNOSTICS)[keyof typeof DIAGNOSTICS]): string {
  const fixture = fixtures.find((name) => name.startsWith(`${code.toLowerCase()}-`));
  const example = fixture === undefined ? '' : ` Examples: \`${FIXTURES}/${fixture}\`.`;
  const parts = [reason, instead].map((text) => (/^\{\d\}$/.test(text) ? '' : prose(text)));
  return `### ${code}\n\n**${prose(message)}**\n\n${parts.join(' ').trim()}${example}\n`;
}

function page(): string {
  const entries = Object.values(DIAGNOSTICS);
  const groups = [...TITLES].map(([digit, title]) => {
    const own = entries.filter(({ code }) => code.startsWith(`HC${digit}`));
    return `## ${title}\n\n${own.map(section).join('\n')}`;
  });
  return `# Diagnostics of \`harmonyc\`

Generated from the table in \`compiler/diagnostics/diagnostics.ts\` by \`make docs\`. A code never changes its meaning. \`…\` stands for
what was found. The command \`harmonyc explain CODE\` prints the same; codes that begin with \`TS\` are those of TypeScript itself.

${groups.join('\n')}`;
}

const text = await format(page(), { ...(await resolveConfig(FILE)), filepath: FILE });
const found = existsSync(FILE) ? readFileSync(FILE, 'utf8') : null;
if (found !== text) {
  if (process.argv.includes('--check')) {
    const what = found === null ? 'is missing' : 'is stale';
    process.stderr.write(`${FILE}: ${what}; run \`make docs\` and commit the file\n`);
    process.exitCode = 1;
  } else {
    writeFileSync(FILE, text);
    process.stdout.write(`wrote ${FILE}\n`);
  }
}
