class Box {
  value: u32 = 0;
  wide: u64 = 0n;
}
const SIZE: u32 = 8;
staticAssert(sizeof<Box>() === 16);
staticAssert(sizeof<Box>() === 12, 'the box is a message');
staticAssert(offsetof<Box>('wide') === SIZE);
staticAssert(SIZE > 8);
staticAssert(false);
staticAssert(SIZE === 8 && SIZE === 9);

// expect HC4003 @7:1
// expect HC4003 @9:1
// expect HC4003 @10:1
// expect HC4003 @11:1
