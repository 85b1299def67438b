import { testPlays } from './play-tests.ts';
import { COMPONENT_PLAYS } from './plays-components.ts';

testPlays('components and threads that die', COMPONENT_PLAYS);
