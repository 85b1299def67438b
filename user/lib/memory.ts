/** Memory of the component by its address. The only file of the library that makes objects of addresses. */

/** One byte. */
export class MemoryByte {
  value: u8 = 0;
}

/** The byte at an address, which the component can read; else the component faults. */
export function memoryByte(address: u64): u8 {
  return objectAt<MemoryByte>(address).value;
}
