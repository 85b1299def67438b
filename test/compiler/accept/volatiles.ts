/** Device registers; here they are plain memory. */

class Device {
  readonly data = volatile(u8);
  readonly divisor = volatile(u16);
  readonly status = volatile(u32);
  readonly channels = array(volatile(u32), 4);
}
const device = new Device();

export function registers(): u32 {
  device.data.write(255);
  device.divisor.write(65535);
  device.status.write(4000000000);
  return (device.status.read() - 4000000000) * 10 + device.data.read() + device.divisor.read();
}
// call registers() = 65790

/** Two reads stay two reads. */
export function readTwice(): u32 {
  device.status.write(3);
  return device.status.read() + device.status.read();
}
// call readTwice() = 6

export function channel(i: u32): u32 {
  device.channels[i].write(i + 1);
  return device.channels[i].read();
}
// call channel(3) = 4
// call channel(4) traps

export function wrapWrite(value: u32): u8 {
  device.data.write(u8.wrap(value));
  return device.data.read();
}
// call wrapWrite(511) = 255
