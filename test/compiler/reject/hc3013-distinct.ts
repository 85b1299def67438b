export type Physical = Distinct<u64, 'Physical'>;
export type Virtual = Distinct<u64, 'Virtual'>;
const BASE: Virtual = 0x1000n;
const SIZE: u64 = 0x1000n;
export function take(page: Physical): u64 {
  return page;
}
export function f(p: Physical, v: Virtual, plain: u64): Physical {
  take(v);
  take(plain);
  take(0x1000n);
  const a: Physical = v + 1n;
  const b: Physical = p * 2n;
  const c: Physical = p - p;
  const d: Physical = p + plain;
  const e: Physical = BASE;
  const g: Physical = BASE + 0n;
  const h: Physical = SIZE;
  let i: Physical = p;
  i += plain;
  i *= 2n;
  i -= p;
  i &= 0xfffn;
  return d ? d : p << 1n;
}

// expect HC3013 @9:8
// expect HC3013 @10:8
// expect HC3013 @12:23
// expect HC3013 @13:23
// expect HC3013 @14:23
// expect HC3013 @16:23
// expect HC3013 @17:23
// expect HC3013 @18:23
// expect HC3013 @21:3
// expect HC3013 @22:3
// expect HC3008 @24:10
