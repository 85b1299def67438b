import { OPERATIONS, SEQUENCES } from './actions.ts';
import { testTable } from './tables.ts';

testTable({
  name: 'a sequence and an operation',
  first: SEQUENCES,
  second: [...SEQUENCES, ...OPERATIONS],
  unordered: true,
});
