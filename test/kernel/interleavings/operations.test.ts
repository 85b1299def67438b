import { OPERATIONS } from './actions.ts';
import { testTable } from './tables.ts';

testTable({ name: 'two operations', first: OPERATIONS, second: OPERATIONS, unordered: false });
