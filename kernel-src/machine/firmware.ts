/** Calls to the firmware (RISC-V Supervisor Binary Interface specification 1.0 and 2.0). */

/** What the firmware answers. */
export type FirmwareAnswer = {
  /** 0, or a negative error number (SBI specification, "Binary Encoding"). */
  readonly error: u64;
  readonly value: u64;
};

/** One call: extension, function of it, up to three arguments. */
export declare function firmwareCall(
  extension: u64,
  operation: u64,
  first: u64,
  second: u64,
  third: u64,
): FirmwareAnswer;

/** Base extension: what the firmware is and can do. */
export const FIRMWARE_BASE: u64 = 0x10n;
/** Base extension: is there an extension? Value: 0 if not. */
const BASE_PROBE: u64 = 3n;
/** Timer extension, "TIME". */
export const FIRMWARE_TIME: u64 = 0x5449_4d45n;
/** System reset extension, "SRST". */
export const FIRMWARE_RESET: u64 = 0x5352_5354n;
/** Debug console extension, "DBCN": from SBI 2.0 on. */
export const FIRMWARE_CONSOLE: u64 = 0x4442_434en;
/** Legacy extension "console putchar", which has no function number. */
export const FIRMWARE_PUTCHAR: u64 = 1n;

/** Whether the firmware has an extension. */
export function firmwareHas(extension: u64): boolean {
  const answer = firmwareCall(FIRMWARE_BASE, BASE_PROBE, extension, 0n, 0n);
  return answer.error === 0n && answer.value !== 0n;
}
