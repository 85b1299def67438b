export function f(x: u32): Text {
  const plain: Text = `plain`;
  const tagged = mark`plain`;
  return `x is ${x}`;
}
function mark(text: Text): Text {
  return text;
}

// expect HC2008 @2:23
// expect HC2008 @3:18
// expect HC2008 @4:10
