/** Layout is a compile-time fact, and the same everywhere. */

export class Header {
  kind: u8 = 0;
  length: u16 = 0;
  flag: boolean = false;
  count: u32 = 0;
  owner: Header | null = null;
  tail: u8 = 0;
}
export class Frame {
  readonly header = new Header();
  readonly words = array(u64, 508);
}
class Mixed {
  a: u8 = 0;
  readonly lock = atomic(u32);
  b: u8 = 0;
  readonly inner = new Header();
  c: u16 = 0;
  readonly bytes = array(u8, 3);
}

staticAssert(sizeof<Header>() === 32);
staticAssert(offsetof<Header>('length') === 2);
staticAssert(offsetof<Header>('flag') === 4);
staticAssert(offsetof<Header>('count') === 8, 'count is aligned');
staticAssert(offsetof<Header>('owner') === 16);
staticAssert(sizeof<Frame>() === 4096);

const mixed = array(Mixed, 2);
const frame = new Frame();

export function sizes(): u32 {
  return sizeof<Mixed>() * 10_000 + sizeof<Header>();
}
// call sizes() = 560032

export function offsets(): u32 {
  return offsetof<Mixed>('lock') * 10_000 + offsetof<Mixed>('inner') * 100 + offsetof<Mixed>('bytes');
}
// call offsets() = 41650

export function distances(): u64 {
  return addressOf(mixed[1]) - addressOf(mixed[0]) + (addressOf(mixed[0].inner) - addressOf(mixed[0])) * 1000n;
}
// call distances() = 16056n

export function aligned(): u64 {
  return addressOf(frame) & 7n;
}
// call aligned() = 0n

export function placeOfWord(): u64 {
  return addressOf(frame.words) - addressOf(frame) + (addressOf(mixed[1].lock) - addressOf(mixed[1])) * 1000n;
}
// call placeOfWord() = 4032n
