/**
 * A component that others call. Each badge has a pool of stacks of its own, so a
 * client can use up no other's. A thread that is ended inside keeps its stack
 * for ever: that, too, is its own pool's loss.
 *
 * A server exports `serverCall` and calls `serverStart` before the first
 * invocation enters (`entry.S`).
 */

/** Most badges: 0 to 15. */
export const SERVER_BADGES: u64 = 16n;
/** Most stacks of a badge. */
export const SERVER_STACKS: u64 = 63n;

/** The first result of a call: the server's answer. */
export const REPLY_OK: u64 = 0n;
/** Every stack of the pool of the badge is in use. */
export const REPLY_NO_STACK: u64 = 1n;
/** The server has no pool for the badge. */
export const REPLY_NO_BADGE: u64 = 2n;
/** The server has no such method. */
export const REPLY_NO_METHOD: u64 = 3n;
/** An argument is not what the method takes. */
export const REPLY_BAD_ARGUMENT: u64 = 4n;
/** There is no room now; the caller gets a signal when there is, if the server can give it one. */
export const REPLY_FULL: u64 = 5n;

/** What the caller gets. All zero when `serverCall` begins. */
export class Reply {
  /** One of the `REPLY` numbers, or one of the server's own. */
  status: u64 = 0n;
  first: u64 = 0n;
  second: u64 = 0n;
  third: u64 = 0n;
}
staticAssert(sizeof<Reply>() === 32, 'entry.S: the place of a Reply');

/** Where the stacks are, and which of them are free. */
export class ServerPools {
  /** How many badges have a pool. */
  badges: u64 = 0n;
  /** Address of the stacks: those of badge 0, then those of badge 1. */
  base: u64 = 0n;
  /** Bytes of one stack; and of all of one badge. */
  stackSize: u64 = 0n;
  badgeSize: u64 = 0n;
  /** For each badge a bit for each stack: set when it is free. Threads clear a bit (acquire) and set it again (release). */
  readonly free = array(atomic(u64), 16);
}
staticAssert(offsetof<ServerPools>('base') === 8, 'entry.S: POOLS_BASE');
staticAssert(offsetof<ServerPools>('stackSize') === 16, 'entry.S: POOLS_STACK_SIZE');
staticAssert(offsetof<ServerPools>('badgeSize') === 24, 'entry.S: POOLS_BADGE_SIZE');
staticAssert(offsetof<ServerPools>('free') === 32, 'entry.S: POOLS_FREE');
staticAssert(REPLY_NO_STACK === 1n && REPLY_NO_BADGE === 2n, 'entry.S: REPLY numbers');
export const serverPools = new ServerPools();

/** The address at which invocations enter. Defined in `entry.S`. */
export declare function serverEntryAddress(): u64;

/**
 * Divides the memory at `base`, a multiple of 16, into pools: for each of `badges` badges (1 to 16) `stacks` stacks (1 to 63) of
 * `size` bytes, a multiple of 16. Answers the address at which invocations are to enter, as their maker knows it.
 */
export function serverStart(base: u64, badges: u64, stacks: u64, size: u64): u64 {
  assert((base & 15n) === 0n && (size & 15n) === 0n);
  assert(badges <= SERVER_BADGES && stacks <= SERVER_STACKS);
  serverPools.base = base;
  serverPools.stackSize = size;
  serverPools.badgeSize = stacks * size;
  for (let badge: u32 = 0; badge < 16; badge++) serverPools.free[badge].store((1n << stacks) - 1n);
  serverPools.badges = badges;
  return serverEntryAddress();
}

/** How many stacks of a badge are free. */
export function serverFreeStacks(badge: u64): u64 {
  if (badge >= serverPools.badges) return 0n;
  let rest: u64 = serverPools.free[u32(badge)].load();
  let count: u64 = 0n;
  for (let stack: u64 = 0n; stack < SERVER_STACKS; stack++) {
    count = count + (rest & 1n);
    rest = rest >> 1n;
  }
  return count;
}
