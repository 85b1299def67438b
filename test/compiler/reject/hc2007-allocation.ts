export class Part {
  value: u32 = 0;
}
export class Whole {
  readonly part = new Part();
}
export function f(): Part {
  const part = new Part();
  return new Part();
}
export const LIST: readonly Part[] = [new Part()];

// expect HC2007 @8:16
// expect HC2007 @9:10
// expect HC2007 @11:39
