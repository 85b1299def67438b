export { one } from './one.ts';
export * from './one.ts';
const two: u32 = 2;
export { two };
export default function three(): u32 {
  return 3;
}
export default two;

// expect HC1009 @1:1
// expect HC1009 @2:1
// expect HC1009 @4:1
// expect HC1009 @5:8
// expect HC1009 @8:1
