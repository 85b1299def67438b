const state: u32 = 3;

function helper(): u32 {
  return state;
}
export function fromOtherTwin(): u32 {
  return helper();
}
