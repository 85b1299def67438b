const A: u32 = B + 1;
const B: u32 = C + 1;
const C: u32 = A + 1;
const SELF: u32 = SELF;
type Left = { readonly right: Right };
type Right = { readonly left: Left };
type Again = Again;
class Sized {
  readonly bytes = array(u8, sizeof<Sized>());
}
export function quiet(left: Left, again: Again, sized: Sized): u32 {
  return A + B + C;
}

// expect HC4008 @3:16
// expect HC4008 @4:19
// expect HC4008 @6:31
// expect HC4008 @7:14
// expect HC4008 @9:30
