/** The example of docs/language.md: a queue of jobs that lives for the whole program, and a table of what they do. */

/** An answer: a value of two fields, passed by value. */
type JobAnswer = { readonly done: boolean; readonly value: u64 };
/** What a kind of job does. */
type JobWork = (value: u64) => u64;

/** One job. An object: it has an address, and a variable of this type is a pointer. */
class Job {
  /** Index in `JOB_WORKS`. */
  kind: u8 = 0;
  value: u64 = 0n;
}
/** Jobs in the order of their coming. */
class JobQueue {
  /** Index of the oldest job: 0 to 7. */
  first: u32 = 0;
  /** How many jobs there are: 0 to 8. */
  count: u32 = 0;
  readonly jobs = array(Job, 8);
}
staticAssert(sizeof<JobQueue>() === 8 + 8 * sizeof<Job>());

const queue = new JobQueue();

function jobDouble(value: u64): u64 {
  return value << 1n;
}
function jobSquare(value: u64): u64 {
  return value * value;
}
const JOB_WORKS: readonly JobWork[] = [jobDouble, jobSquare];

/** Adds a job. False if the queue is full. */
export function jobPut(kind: u32, value: u64): boolean {
  if (kind >= 2 || queue.count === 8) return false;
  const job = queue.jobs[(queue.first + queue.count) & 7];
  job.kind = u8(kind);
  job.value = value;
  queue.count += 1;
  return true;
}

/** Does the oldest job. */
function jobNext(): JobAnswer {
  if (queue.count === 0) return { done: false, value: 0n };
  const job = queue.jobs[queue.first & 7];
  const value = JOB_WORKS[job.kind & 1](job.value);
  queue.first = (queue.first + 1) & 7;
  queue.count -= 1;
  return { done: true, value: value };
}

/** The sum of what all jobs give. */
export function jobSum(): u64 {
  let sum: u64 = 0n;
  for (const _round of range(8)) {
    const answer = jobNext();
    if (!answer.done) break;
    sum += answer.value;
  }
  return sum;
}

/** Puts as many jobs as fit, and does them. */
export function jobExample(limit: u32): u64 {
  let put: u32 = 0;
  while (put < limit) {
    bound(100);
    if (!jobPut(put & 1, u64(put))) break;
    put += 1;
  }
  return jobSum();
}
// call jobPut(2, 5n) = false
// call jobPut(1, 5n) = true
// call jobSum() = 25n
// call jobSum() = 0n
// call jobExample(4) = 14n
// call jobExample(100) = 108n
