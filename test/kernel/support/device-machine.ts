/** A machine whose memory holds the registers of a device, too. */
import { SimpleHostMachine, type HostMachineOptions } from '../../../compiler/runtime/host-machine.ts';

/** Registers of a device, instead of memory, at some byte indexes. */
export interface Device {
  covers(address: number): boolean;
  read(address: number): number;
  write(address: number, value: number): void;
}

/** A machine that is memory but for the registers of a device. */
export class DeviceMachine extends SimpleHostMachine {
  readonly #device: Device;

  constructor(options: HostMachineOptions, device: Device) {
    super(options);
    this.#device = device;
  }
  override volatileRead(address: number, size: number): number {
    return this.#device.covers(address) ? this.#device.read(address) : super.volatileRead(address, size);
  }
  override volatileWrite(address: number, size: number, value: number): void {
    if (this.#device.covers(address)) this.#device.write(address, value);
    else super.volatileWrite(address, size, value);
  }
}
/** No device at all. */
export const NO_DEVICE: Device = { covers: () => false, read: () => 0, write: () => undefined };
