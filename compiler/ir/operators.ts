/** The operators of the intermediate representation, by the words that the sources use for them. */

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^' | '<<' | '>>';
export type ComparisonOperator = '===' | '!==' | '<' | '<=' | '>' | '>=';
export type AtomicMethod =
  | 'load'
  | 'loadAcquire'
  | 'store'
  | 'storeRelease'
  | 'add'
  | 'addAcquire'
  | 'addRelease'
  | 'or'
  | 'orAcquireRelease'
  | 'and'
  | 'swap'
  | 'swapAcquireRelease'
  | 'max'
  | 'compareExchange';
