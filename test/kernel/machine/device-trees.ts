/** Device trees for tests: a writer, and a reader that shares no code with the kernel's. */

export interface TreeNode {
  readonly name: string;
  readonly properties: readonly (readonly [string, Buffer])[];
  readonly children: readonly TreeNode[];
}
export interface Tree {
  readonly reservations: readonly (readonly [bigint, bigint])[];
  readonly root: TreeNode;
}

export function cells(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => buffer.writeUInt32BE(value >>> 0, index * 4));
  return buffer;
}

/** Numbers of two cells each. */
export function wide(...values: readonly bigint[]): Buffer {
  const buffer = Buffer.alloc(values.length * 8);
  values.forEach((value, index) => buffer.writeBigUInt64BE(value, index * 8));
  return buffer;
}

export function text(...values: readonly string[]): Buffer {
  return Buffer.from(values.map((value) => value + '\0').join(''), 'latin1');
}

function padded(buffer: Buffer): Buffer {
  return Buffer.concat([buffer, Buffer.alloc((4 - (buffer.length % 4)) % 4)]);
}

class Names {
  #bytes = '';
  offset(name: string): number {
    const entry = name + '\0';
    const found = this.#bytes.indexOf(entry);
    if (found >= 0) return found;
    this.#bytes += entry;
    return this.#bytes.length - entry.length;
  }
  bytes(): Buffer {
    return Buffer.from(this.#bytes, 'latin1');
  }
}

function nodeBytes(node: TreeNode, names: Names): Buffer {
  const parts = [cells(1), padded(text(node.name))];
  for (const [name, value] of node.properties) {
    parts.push(cells(3, value.length, names.offset(name)), padded(value));
  }
  for (const child of node.children) parts.push(nodeBytes(child, names));
  parts.push(cells(2));
  return Buffer.concat(parts);
}

/** Writes a blob of version 17: header, reservations, tokens, names. */
export function writeTree(tree: Tree): Buffer {
  const names = new Names();
  const tokens = Buffer.concat([nodeBytes(tree.root, names), cells(9)]);
  const reservations = wide(...tree.reservations.flat(), 0n, 0n);
  const nameBytes = names.bytes();
  const tokensAt = 40 + reservations.length;
  const namesAt = tokensAt + tokens.length;
  const size = namesAt + nameBytes.length;
  const header = cells(0xd00dfeed, size, tokensAt, namesAt, 40, 17, 16, 0, nameBytes.length, tokens.length);
  return Buffer.concat([header, reservations, tokens, nameBytes]);
}

function nameAt(blob: Buffer, at: number): string {
  return blob.toString('latin1', at, blob.indexOf(0, at));
}

/** Reads a blob that is well-formed. */
export function readTree(blob: Buffer): Tree {
  const names = blob.readUInt32BE(12);
  let at = blob.readUInt32BE(8);
  const word = () => {
    at += 4;
    return blob.readUInt32BE(at - 4);
  };
  function readNode(): TreeNode {
    const name = nameAt(blob, at);
    at += (name.length + 4) & ~3;
    const properties: [string, Buffer][] = [];
    const children: TreeNode[] = [];
    for (;;) {
      const token = word();
      if (token === 2) return { name, properties, children };
      if (token === 1) children.push(readNode());
      if (token === 3) {
        const length = word();
        const property = nameAt(blob, names + word());
        properties.push([property, blob.subarray(at, at + length)]);
        at += (length + 3) & ~3;
      }
    }
  }
  const reservations: [bigint, bigint][] = [];
  for (let pair = blob.readUInt32BE(16); ; pair += 16) {
    const entry: [bigint, bigint] = [blob.readBigUInt64BE(pair), blob.readBigUInt64BE(pair + 8)];
    if (entry[0] === 0n && entry[1] === 0n) break;
    reservations.push(entry);
  }
  while (word() !== 1);
  return { reservations, root: readNode() };
}

export function property(node: TreeNode, name: string): Buffer | undefined {
  return node.properties.find(([key]) => key === name)?.[1];
}

function numberOf(node: TreeNode, name: string, otherwise: number): number {
  return property(node, name)?.readUInt32BE(0) ?? otherwise;
}

/** The entries of `reg`, read with the cells of the parent. */
export function registers(node: TreeNode, parent: TreeNode): readonly (readonly [bigint, bigint])[] {
  const addressCells = numberOf(parent, '#address-cells', 2);
  const sizeCells = numberOf(parent, '#size-cells', 1);
  const words = [...new Array((property(node, 'reg')?.length ?? 0) / 4).keys()].map((index) =>
    BigInt(property(node, 'reg')?.readUInt32BE(index * 4) ?? 0),
  );
  const entries: [bigint, bigint][] = [];
  const join = (part: readonly bigint[]) => part.reduce((sum, value) => (sum << 32n) | value, 0n);
  for (let at = 0; at + addressCells + sizeCells <= words.length; at += addressCells + sizeCells) {
    const middle = at + addressCells;
    entries.push([join(words.slice(at, middle)), join(words.slice(middle, middle + sizeCells))]);
  }
  return entries;
}

export function child(node: TreeNode, name: string): TreeNode | undefined {
  return node.children.find((each) => each.name === name);
}

function isOkay(node: TreeNode): boolean {
  const status = property(node, 'status')?.toString('latin1');
  return status === undefined || status === 'okay\0' || status === 'ok\0';
}

/** What the kernel must find in a tree: the parts that can be told without judging devices. */
export function expectedBoard(tree: Tree) {
  const root = tree.root;
  const memory = root.children.filter((node) => property(node, 'device_type')?.toString('latin1') === 'memory\0');
  const cpus = child(root, 'cpus');
  const reserved = child(root, 'reserved-memory');
  const harts = (cpus?.children ?? []).filter(
    (node) =>
      property(node, 'device_type')?.toString('latin1') === 'cpu\0' && isOkay(node) && property(node, 'mmu-type'),
  );
  const chosen = child(root, 'chosen');
  const number = (value: Buffer | undefined) =>
    value === undefined ? 0n : value.length === 8 ? value.readBigUInt64BE(0) : BigInt(value.readUInt32BE(0));
  return {
    memory: memory.filter(isOkay).flatMap((node) => registers(node, root)),
    reserved: [
      ...tree.reservations,
      ...(reserved?.children ?? []).flatMap((node) => (reserved ? registers(node, reserved) : [])),
    ],
    harts: harts.map((node) => (cpus ? (registers(node, cpus)[0]?.[0] ?? 0n) : 0n)),
    timebase: number(cpus && property(cpus, 'timebase-frequency')),
    archiveStart: number(chosen && property(chosen, 'linux,initrd-start')),
    archiveEnd: number(chosen && property(chosen, 'linux,initrd-end')),
  };
}
