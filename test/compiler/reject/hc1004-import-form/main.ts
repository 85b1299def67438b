/// <reference lib="dom" />
import './effects.ts';
import whole from './effects.ts';
import * as all from './effects.ts';
import { one as first } from './effects.ts';
import { two } from './effects.js';
import { three } from 'effects';
import { four } from './effects.ts' with { type: 'json' };
import { five } from './library.d.ts';

export function uses(): u32 {
  return first() + two + three + four + five + all.one() + whole;
}

// expect HC1004 @1:21
// expect HC1004 @2:1
// expect HC1004 @3:1
// expect HC1004 @4:1
// expect HC1004 @5:1
// expect HC1004 @6:1
// expect HC1004 @7:1
// expect HC1004 @8:1
// expect HC1004 @9:1
