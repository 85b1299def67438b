export type Physical = Distinct<u64, 'Physical'>;
export class Frame {
  readonly words = array(u64, 512);
}
export function physical(value: u64): Physical {
  return distinct<Physical>(value);
}
export function frameAt(address: Physical): Frame {
  return objectAt<Frame>(address);
}
