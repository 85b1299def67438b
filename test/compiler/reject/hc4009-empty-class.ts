export class Nothing {}
export interface Empty {}
export type None = {};
export class Semicolon {
  ;
}

// expect HC4009 @1:14
// expect HC4009 @2:18
// expect HC4009 @3:20
// expect HC4009 @4:14
