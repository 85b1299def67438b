import test from 'ava';
import fc from 'fast-check';
import { MachineHost } from './machine-host.ts';

const word = fc.oneof(
  fc.bigInt(0n, (1n << 64n) - 1n),
  fc.constantFrom(0n, 1n, 9n, 10n, 255n, (1n << 32n) - 1n, 1n << 32n, 1n << 63n, (1n << 64n) - 1n),
);

function printed(name: string, value: bigint): string {
  const host = new MachineHost(0);
  host.call(name, value);
  return host.output;
}

test('numbers are written in decimal and in hexadecimal', (t) => {
  fc.assert(
    fc.property(word, (value) => {
      t.is(printed('consoleDecimal', value), value.toString());
      t.is(printed('consoleHex', value), `0x${value.toString(16)}`);
    }),
    { numRuns: 60 },
  );
});

for (const [bytes, text] of [
  [0n, '0 bytes'],
  [1023n, '1023 bytes'],
  [1024n, '1 KiB'],
  [1025n, '1025 bytes'],
  [0x10_0000n, '1 MiB'],
  [0x10_0400n, '1025 KiB'],
  [0x2_0000_0000n, '8192 MiB'],
] as const) {
  test(`${bytes} bytes are written as ${text}`, (t) => t.is(printed('bootSize', bytes), text));
}

test('bytes are read in both orders, and as 0 outside', (t) => {
  const host = new MachineHost(0x100);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 24 }), fc.nat(30), (bytes, place) => {
      const span = host.span(bytes);
      const at = Buffer.concat([bytes, Buffer.alloc(64)]);
      const fits = (size: number) => place + size <= bytes.length;
      const offset = BigInt(place);
      t.is(host.number('spanByte', span, offset), fits(1) ? at.readUInt8(place) : 0);
      t.is(host.big('spanBig32', span, offset), fits(4) ? BigInt(at.readUInt32BE(place)) : 0n);
      t.is(host.big('spanBig64', span, offset), fits(8) ? at.readBigUInt64BE(place) : 0n);
      t.is(host.big('spanLittle', span, offset, 2n), fits(2) ? BigInt(at.readUInt16LE(place)) : 0n);
      t.is(host.big('spanLittle', span, offset, 4n), fits(4) ? BigInt(at.readUInt32LE(place)) : 0n);
      t.is(host.big('spanLittle', span, offset, 8n), fits(8) ? at.readBigUInt64LE(place) : 0n);
      t.is(host.big('spanLittle', span, offset, 9n), 0n);
    }),
  );
});

test('offsets near the largest number are outside', (t) => {
  const host = new MachineHost(0x100);
  const span = host.span(new Uint8Array(16).fill(1));
  for (const below of [1n, 2n, 4n, 8n, 1n << 63n, 1n << 62n]) {
    const offset = (1n << 64n) - below;
    t.is(host.big('spanBig32', span, offset), 0n);
    t.is(host.big('spanLittle', span, offset, 8n), 0n);
    t.is(host.call('spanHas', span, offset, (1n << 64n) - 1n), false);
  }
});

test('memory is cleared and copied whatever its alignment, and nothing beside it', (t) => {
  const host = new MachineHost(0x1000);
  const memory = new Uint8Array(host.memory);
  const place = 0x8000_0000n;
  fc.assert(
    fc.property(fc.nat(70), fc.nat(70), fc.nat(200), (to, from, size) => {
      const source = 0x5_0100 + from;
      const target = 0x5_0400 + to;
      memory.fill(0xee, 0x5_0000, 0x5_0800);
      for (let index = 0; index < size; index++) memory[source + index] = index & 0xff;
      const expected = memory.slice(0x5_0000, 0x5_0800);
      expected.copyWithin(target - 0x5_0000, source - 0x5_0000, source - 0x5_0000 + size);
      host.call('memoryCopy', place + BigInt(target), place + BigInt(source), BigInt(size));
      t.deepEqual(memory.slice(0x5_0000, 0x5_0800), expected);
      expected.fill(0, target - 0x5_0000);
      host.call('memoryClear', place + BigInt(target), BigInt(0x5_1000 - target));
      t.deepEqual(memory.slice(0x5_0000, 0x5_0800), expected);
      t.true(memory.slice(0x5_0800, 0x5_1000).every((byte) => byte === 0));
    }),
    { numRuns: 200 },
  );
});

test('the address of a fault is signed after a fetch, and as it is otherwise', (t) => {
  const host = new MachineHost(0);
  for (const cause of [1n, 12n]) {
    t.is(host.big('faultAddress', cause, 0x7f_c020_0000n), 0xffff_ffff_c020_0000n);
    t.is(host.big('faultAddress', cause, 0xffff_ffff_c020_0000n), 0xffff_ffff_c020_0000n);
    t.is(host.big('faultAddress', cause, 0x3f_ffff_f000n), 0x3f_ffff_f000n);
  }
  t.is(host.big('faultAddress', 13n, 0x7f_c020_0000n), 0x7f_c020_0000n);
});

test('leaves have A set, and D where they are writable; indexes are nine bits a level', (t) => {
  const host = new MachineHost(0);
  t.is(host.big('pteLeaf', 0x80200n, 0x2n), (0x80200n << 10n) | 0x43n);
  t.is(host.big('pteLeaf', 0x80200n, 0x6n), (0x80200n << 10n) | 0xc7n);
  t.is(host.big('pteLink', 0x80200n), (0x80200n << 10n) | 1n);
  const address = 0xffff_ffc0_8020_3000n;
  t.deepEqual(
    [0, 1, 2].map((level) => host.number('pteIndex', address, level)),
    [3, 1, 258],
  );
});
