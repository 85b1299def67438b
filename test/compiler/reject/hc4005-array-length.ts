class Box {
  readonly none = array(u32, 0);
  readonly many = array(u64, 0x7fffffff);
  readonly most = array(u64, 0x1_0000_0000n);
}
const NOTHING: readonly u32[] = [];
export function f(box: Box): u32 {
  return NOTHING.length;
}

// expect HC4005 @2:30
// expect HC4005 @3:30
// expect HC4005 @4:30
// expect HC4005 @6:33
