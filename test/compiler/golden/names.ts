/** Names that C, gcc or the runtime use for something else. */

export const unix: u32 = 3;
const NULL: u32 = 7;

export class register {
  struct: u64 = 0n;
  u32: u32 = 0;
  readonly words = array(u64, 2);
}

function abort(signed: u32): u32 {
  return signed + NULL;
}

/** The locals `index` and `abort` clash with nothing that this function uses. */
export function namesLocals(union: register, index: u32): u64 {
  const double: u32 = index + unix;
  const register_: u32 = double + union.u32;
  {
    const double: u64 = union.struct;
    if (double === 0n) return u64(register_);
  }
  for (const word of union.words) {
    const wordIndex: u64 = word + u64(double);
    if (wordIndex > 4n) return wordIndex;
  }
  return u64(abort(double));
}
