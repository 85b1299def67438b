/** Reads AVA's TAP line by line: counts results and keeps what a JUnit file needs. */

export type Outcome = 'passed' | 'failed' | 'skipped';

export interface TestResult {
  /** The file's path below test/, without `.test.js`; empty when AVA names none. */
  readonly file: string;
  readonly title: string;
  readonly outcome: Outcome;
  /** Comment and diagnostic lines that followed the result. */
  readonly details: readonly string[];
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const RESULT = /^(ok|not ok) \d+ - (.*?)( # [A-Z]{4}\b.*)?$/;

function outcomeOf(word: string | undefined, directive: string | undefined): Outcome {
  if (directive !== undefined) return 'skipped';
  return word === 'ok' ? 'passed' : 'failed';
}

/** All results of a TAP stream, in its order. */
export function parseTap(lines: readonly string[]): readonly TestResult[] {
  const results: TestResult[] = [];
  let details: string[] = [];
  for (const line of lines) {
    const match = RESULT.exec(line);
    if (match === null) {
      if (line.startsWith('#   ') || line.startsWith('  ')) details.push(line);
      continue;
    }
    const parts = (match[2] ?? '').split(' › ');
    const file = parts.length > 1 ? parts.slice(0, -1).join('/') : '';
    details = [];
    results.push({ file, title: parts.at(-1) ?? '', outcome: outcomeOf(match[1], match[3]), details });
  }
  return results;
}

export function count(results: readonly TestResult[]): Counts {
  const of = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
  return { passed: of('passed'), failed: of('failed'), skipped: of('skipped') };
}

/** XML text: markup escaped, characters that XML 1.0 cannot hold replaced. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/gu, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

function testCase(result: TestResult): string {
  const head = `  <testcase classname="${escape(result.file)}" name="${escape(result.title)}"`;
  const body = escape(result.details.join('\n'));
  if (result.outcome === 'failed') return `${head}><failure message="failed">${body}</failure></testcase>`;
  if (result.outcome === 'skipped') return `${head}><skipped/></testcase>`;
  return body === '' ? `${head}/>` : `${head}><system-out>${body}</system-out></testcase>`;
}

export function junit(results: readonly TestResult[]): string {
  const { passed, failed, skipped } = count(results);
  const head = `<testsuite name="harmony" tests="${passed + failed + skipped}" failures="${failed}" skipped="${skipped}">`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', head, ...results.map(testCase), '</testsuite>', ''].join('\n');
}
