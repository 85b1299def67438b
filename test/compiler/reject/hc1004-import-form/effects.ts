export function one(): u32 {
  return 1;
}
export const four: u32 = 4;
