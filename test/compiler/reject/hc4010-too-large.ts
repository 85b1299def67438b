export class Huge {
  readonly first = array(u8, 0x7fff_ffff);
  readonly second = array(u8, 2);
}

// expect HC4010 @1:14
