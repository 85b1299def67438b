/** The registers of the platform-level interrupt controller (its specification, chapter 3). */
import test from 'ava';
import { MachineHost } from './machine-host.ts';

const ROOM = 0x21_0000;
const LINES = 96n;
const CONTEXT = 3;
const HART = 2n;

/** A controller in the memory of the host, all of whose registers hold ones; its byte index and address. */
function controller() {
  const host = new MachineHost(ROOM);
  const span = host.span(new Uint8Array(ROOM).fill(0xff));
  const base = BigInt(String(span['address']));
  const byte = Number(base - 0x8000_0000n);
  return { host, base, at: (offset: number) => host.view.getUint32(byte + offset, true) };
}

test('at boot no line has a priority, none is enabled for a hart that joins, and its threshold is 0', (t) => {
  const { host, base, at } = controller();
  host.call('plicStart', base, LINES);
  const claim = host.big('plicJoin', base, HART, BigInt(CONTEXT));
  t.is(claim, base + 0x20_3004n);
  for (let line = 1; line <= 96; line++) t.is(at(line * 4), 0, `priority of line ${line}`);
  t.is(at(97 * 4), 0xffff_ffff, 'and nothing behind');
  for (let word = 0; word < 4; word++) t.is(at(0x2000 + CONTEXT * 0x80 + word * 4), 0, `word ${word}`);
  t.is(at(0x2000 + CONTEXT * 0x80 - 4), 0xffff_ffff, 'other contexts are left alone');
  t.is(at(0x20_3000), 0);
  t.is(host.u64('Plic', host.global('plic'), 'lines'), 97n);
});

test('each line has its bit, its priority and its claim', (t) => {
  const { host, base, at } = controller();
  host.call('plicStart', base, LINES);
  const claim = host.big('plicJoin', base, HART, BigInt(CONTEXT));
  for (const line of [1n, 31n, 32n, 33n, 96n]) {
    const word = 0x2000 + CONTEXT * 0x80 + Number(line >> 5n) * 4;
    const before = at(word);
    host.call('plicEnable', HART, line);
    t.is(at(word), (before | (1 << Number(line & 31n))) >>> 0);
    host.call('plicDisable', HART, line);
    t.is(at(word), before);
    host.call('plicPrioritize', line, 1);
    t.is(at(Number(line) * 4), 1);
    host.call('plicComplete', claim, line);
    t.is(at(0x20_3004), Number(line));
    t.is(host.big('plicClaim', claim), line);
  }
});

test('a controller with more lines than the kernel knows keeps to those', (t) => {
  const { host, base, at } = controller();
  host.call('plicStart', base, 1023n);
  t.is(host.u64('Plic', host.global('plic'), 'lines'), 256n);
  t.is(at(255 * 4), 0);
  t.is(at(256 * 4), 0xffff_ffff);
});
