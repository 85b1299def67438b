class Self {
  readonly self = new Self();
}
class First {
  readonly second = new Second();
}
class Second {
  readonly firsts = array(First, 2);
}
class Fine {
  next: Fine | null = null;
}
export function f(self: Self, first: First, second: Second, fine: Fine): void {}

// expect HC4002 @2:19
// expect HC4002 @8:27
