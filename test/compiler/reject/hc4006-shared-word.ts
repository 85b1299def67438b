export class Box {
  readonly a = atomic(u8);
  readonly b = atomic(i64);
  readonly c = volatile(u64);
  readonly d = atomic();
  readonly e = array(atomic(u16), 4);
  readonly f = volatile(u8);
}

// expect HC4006 @2:16
// expect HC4006 @3:16
// expect HC4006 @4:16
// expect HC4006 @5:16
// expect HC4006 @6:22
