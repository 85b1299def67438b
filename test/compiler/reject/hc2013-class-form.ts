class Base {
  value: u32 = 0;
}
export class Box extends Base {
  private hidden: u32 = 0;
  static shared: u32 = 0;
  #secret: u32 = 0;
  maybe?: u32;
  sure!: u32;
  constructor() {}
  get size(): u32 {
    return 1;
  }
  set size(value: u32) {}
  method(): u32 {
    return this.value;
  }
  static {
  }
  accessor automatic: u32 = 0;
}
export abstract class Abstract {
  value: u32 = 0;
}
@sealed
export class Decorated {
  value: u32 = 0;
}
export function f(): u32 {
  return super.value;
}

// expect HC2013 @4:18
// expect HC2013 @5:3
// expect HC2013 @6:3
// expect HC2013 @7:3
// expect HC2013 @8:3
// expect HC2013 @9:3
// expect HC2013 @10:3
// expect HC2013 @11:3
// expect HC2013 @14:3
// expect HC2013 @15:3
// expect HC2013 @18:3
// expect HC2013 @20:3
// expect HC2013 @22:8
// expect HC2013 @25:1
// expect HC2013 @30:10
