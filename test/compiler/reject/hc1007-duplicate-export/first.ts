export function frameCount(): u32 {
  return 1;
}
