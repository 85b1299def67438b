/** Devices by their `compatible` names in the device tree (Linux, Documentation/devicetree/bindings). */

import { type Span, spanByte, spanIs } from './span.ts';

/** A set of what is known of a device: it ends the emulator. */
export const DEVICE_FINISHER: u32 = 1;
/** It is the platform interrupt controller (PLIC), which the kernel drives. */
export const DEVICE_PLIC: u32 = 2;
/** It belongs to the kernel or to the firmware. */
export const DEVICE_OWNED: u32 = 4;
/** It does not read or write memory by itself. Whatever is not known may be a bus master. */
export const DEVICE_PASSIVE: u32 = 8;

type DeviceName = { readonly name: Text; readonly facts: u32 };

const DEVICE_NAMES: readonly DeviceName[] = [
  { name: 'sifive,test0', facts: DEVICE_FINISHER | DEVICE_PASSIVE },
  { name: 'sifive,plic-1.0.0', facts: DEVICE_PLIC | DEVICE_OWNED },
  { name: 'riscv,plic0', facts: DEVICE_PLIC | DEVICE_OWNED },
  { name: 'riscv,aplic', facts: DEVICE_OWNED },
  { name: 'riscv,imsics', facts: DEVICE_OWNED },
  { name: 'riscv,clint0', facts: DEVICE_OWNED },
  { name: 'sifive,clint0', facts: DEVICE_OWNED },
  { name: 'riscv,aclint-mswi', facts: DEVICE_OWNED },
  { name: 'riscv,aclint-sswi', facts: DEVICE_OWNED },
  { name: 'riscv,aclint-mtimer', facts: DEVICE_OWNED },
  { name: 'ns16550a', facts: DEVICE_PASSIVE },
  { name: 'sifive,uart0', facts: DEVICE_PASSIVE },
  { name: 'google,goldfish-rtc', facts: DEVICE_PASSIVE },
  { name: 'cfi-flash', facts: DEVICE_PASSIVE },
  { name: 'sifive,gpio0', facts: DEVICE_PASSIVE },
  { name: 'sifive,i2c0', facts: DEVICE_PASSIVE },
  { name: 'sifive,pwm0', facts: DEVICE_PASSIVE },
  { name: 'sifive,spi0', facts: DEVICE_PASSIVE },
];

/** Most names of one node, and most bytes of one name. */
const NAMES_LIMIT: u32 = 16;
const NAME_BYTES: u64 = 256n;

/** What is known of a device by one name. */
function factsOfName(tree: Span, offset: u64): u32 {
  const first = spanByte(tree, offset);
  for (let index: u32 = 0; index < DEVICE_NAMES.length; index++) {
    if (first !== textByte(DEVICE_NAMES[index].name, 0)) continue;
    if (spanIs(tree, offset, DEVICE_NAMES[index].name)) return DEVICE_NAMES[index].facts;
  }
  return 0;
}

/** The offset behind the name at `offset`: behind its zero byte, or `end`. */
function behindName(tree: Span, offset: u64, end: u64): u64 {
  for (let index: u64 = 0n; index < NAME_BYTES && offset + index < end; index++) {
    if (spanByte(tree, offset + index) === 0) return offset + index + 1n;
  }
  return end;
}

/** What is known of a device whose `compatible` has `length` bytes at `offset`. */
export function deviceFacts(tree: Span, offset: u64, length: u64): u32 {
  let facts: u32 = 0;
  let at: u64 = offset;
  const end: u64 = offset + length;
  for (let index: u32 = 0; index < NAMES_LIMIT && at < end; index++) {
    facts = facts | factsOfName(tree, at);
    at = behindName(tree, at, end);
  }
  return facts;
}
