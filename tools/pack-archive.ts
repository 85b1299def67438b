/**
 * Writes a boot archive: cpio, "newc" format, nothing in it but names and contents, so the same files give the same
 * bytes. Usage: pack-archive ARCHIVE NAME=FILE... (the first member is the booter). An archive that would not change
 * is not touched.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Member {
  readonly name: string;
  readonly content: Buffer;
}

/** Header of one member: magic and thirteen fields of eight hexadecimal digits. */
function header(index: number, mode: number, size: number, nameSize: number): Buffer {
  const links = 1;
  const fields = [index, mode, 0, 0, links, 0, size, 0, 0, 0, 0, nameSize, 0];
  return Buffer.from('070701' + fields.map((field) => field.toString(16).padStart(8, '0')).join(''), 'latin1');
}

function padding(length: number): Buffer {
  return Buffer.alloc((4 - (length % 4)) % 4);
}

/** One member: header and name padded to 4 bytes, content padded to 4 bytes. */
function record(index: number, mode: number, name: string, content: Buffer): Buffer {
  const nameBytes = Buffer.from(name + '\0', 'utf8');
  const head = header(index, mode, content.length, nameBytes.length);
  return Buffer.concat([head, nameBytes, padding(head.length + nameBytes.length), content, padding(content.length)]);
}

/** A whole archive, with the trailer that ends it. Members are regular files, read-only for all. */
export function archive(members: readonly Member[]): Buffer {
  const files = members.map((member, index) => record(index + 1, 0o100444, member.name, member.content));
  return Buffer.concat([...files, record(0, 0, 'TRAILER!!!', Buffer.alloc(0))]);
}

function main(args: readonly string[]): number {
  const [target, ...rest] = args;
  const members: Member[] = [];
  for (const argument of rest) {
    const at = argument.indexOf('=');
    if (at < 1) {
      process.stderr.write(`pack-archive: '${argument}' is not of the form NAME=FILE\n`);
      return 2;
    }
    const file = argument.slice(at + 1);
    if (!existsSync(file)) {
      process.stderr.write(`pack-archive: ${file} does not exist: build it first\n`);
      return 1;
    }
    members.push({ name: argument.slice(0, at), content: readFileSync(file) });
  }
  if (target === undefined || members.length === 0) {
    process.stderr.write('usage: pack-archive ARCHIVE NAME=FILE...\n');
    return 2;
  }
  const bytes = archive(members);
  if (!existsSync(target) || !readFileSync(target).equals(bytes)) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
    process.stdout.write(`  pack      ${target}\n`);
  }
  return 0;
}

const invoked = process.argv[1];
if (invoked !== undefined && import.meta.url === pathToFileURL(invoked).href)
  process.exitCode = main(process.argv.slice(2));
