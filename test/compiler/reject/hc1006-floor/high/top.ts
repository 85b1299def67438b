import { low } from '../low/base.ts';

export const top: u32 = low;
