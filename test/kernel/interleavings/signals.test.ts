import { testPlays } from './play-tests.ts';
import { SIGNAL_PLAYS } from './plays-signals.ts';

testPlays('W1: signals', SIGNAL_PLAYS);
