/** Memory of the component by its address. The only file of the library that makes objects of addresses. */

import { BootInfo } from '../../kernel-src/abi/boot-info.ts';

/** One byte. */
export class MemoryByte {
  value: u8 = 0;
}

/** One word of 64 bits. */
export class MemoryWord {
  value: u64 = 0n;
}

/** A register of a device: each access happens exactly once, and with its own width. */
export class MemoryRegister {
  readonly value = volatile(u32);
}

/** A register of a device, of 8 bits. */
export class MemoryByteRegister {
  readonly value = volatile(u8);
}

/** The byte at an address, which the component can read; else the component faults. */
export function memoryByte(address: u64): u8 {
  return objectAt<MemoryByte>(address).value;
}

/** Writes the byte at an address, which the component can write; else the component faults. */
export function memorySetByte(address: u64, value: u8): void {
  objectAt<MemoryByte>(address).value = value;
}

/** The word at an address, a multiple of 8, which the component can read; else the component faults. */
export function memoryWord(address: u64): u64 {
  return objectAt<MemoryWord>(address).value;
}

/** Writes the word at an address, a multiple of 8, which the component can write; else the component faults. */
export function memorySetWord(address: u64, value: u64): void {
  objectAt<MemoryWord>(address).value = value;
}

/** Reads the register of 32 bits at an address, a multiple of 4, which the component can read; else the component faults. */
export function memoryRegister(address: u64): u32 {
  return objectAt<MemoryRegister>(address).value.read();
}

/** Writes the register of 32 bits at an address, a multiple of 4, which the component can write; else the component faults. */
export function memorySetRegister(address: u64, value: u32): void {
  objectAt<MemoryRegister>(address).value.write(value);
}

/** Reads the register of 8 bits at an address, which the component can read; else the component faults. */
export function memoryByteRegister(address: u64): u8 {
  return objectAt<MemoryByteRegister>(address).value.read();
}

/** Writes the register of 8 bits at an address, which the component can write; else the component faults. */
export function memorySetByteRegister(address: u64, value: u8): void {
  objectAt<MemoryByteRegister>(address).value.write(value);
}

/** What a component is told, in a page that the component has mapped. */
export function memoryBootInfo(address: u64): BootInfo {
  return objectAt<BootInfo>(address);
}
