export const sharedName: u32 = 4;
const state: u32 = 2;

function helper(): u32 {
  return state;
}
export function fromTwin(): u32 {
  return helper();
}
