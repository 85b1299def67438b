/** A server that counts, for each badge by itself. Its thread prepares it, and exits. */

import { IDENTIFIER_ITSELF } from '../../../../kernel-src/abi/identifiers.ts';
import { itselfReturn, itselfYield } from '../../../../user/lib/generated/operations.ts';
import { memoryWord } from '../../../../user/lib/memory.ts';
import { REPLY_NO_METHOD, type Reply, serverFreeStacks, serverStart } from '../../../../user/lib/server.ts';
import { COUNTER_ADD, COUNTER_BADGES, COUNTER_FAULT, COUNTER_FREE, COUNTER_HOLD, COUNTER_STACKS } from '../numbers.ts';

const STACK_SIZE: u64 = 1024n;

/** 8 badges, 2 stacks each, and room to align them. */
class Stacks {
  readonly words = array(u64, 2050);
}
const stacks = new Stacks();

class Totals {
  readonly words = array(atomic(u64), 8);
}
const totals = new Totals();

/** Entered by invocations. */
export function serverCall(
  method: u64,
  first: u64,
  _second: u64,
  _third: u64,
  badge: u64,
  token: u64,
  reply: Reply,
): void {
  switch (method) {
    case COUNTER_ADD:
      reply.first = totals.words[u32(badge) & 7].add(first) + first;
      reply.second = badge;
      reply.third = token;
      break;
    case COUNTER_HOLD:
      itselfYield(IDENTIFIER_ITSELF);
      break;
    case COUNTER_FAULT:
      reply.first = memoryWord(0n);
      break;
    case COUNTER_FREE:
      reply.first = serverFreeStacks(first);
      break;
    default:
      reply.status = REPLY_NO_METHOD;
  }
}

/** Entered by the start file. */
export function componentMain(): never {
  serverStart((addressOf(stacks) + 15n) & ~15n, COUNTER_BADGES, COUNTER_STACKS, STACK_SIZE);
  itselfReturn(IDENTIFIER_ITSELF, 0n, 0n, 0n, 0n);
  unreachable();
}
