/** What happens next to the kernel and the model, and how a person reads it. */
import type { ModelCall } from './call.ts';
import { operationOf } from './look-up.ts';

/** An entry into the kernel, or something that the kernel does not decide. */
export type Step =
  | { readonly kind: 'call'; readonly call: ModelCall }
  /** The thread that runs on a hart traps: a fault, or an interrupt. */
  | { readonly kind: 'trap'; readonly hart: number; readonly cause: bigint; readonly value: bigint }
  /** An interrupt reaches a hart that sleeps. */
  | { readonly kind: 'wake'; readonly hart: number }
  /** The component that a hart is in changes all of its registers. */
  | { readonly kind: 'user'; readonly hart: number; readonly seed: number }
  /** Time passes, in ticks. */
  | { readonly kind: 'tick'; readonly ticks: number }
  /** A hart begins to run, with an idle thread; its only thread gives it up. */
  | { readonly kind: 'start'; readonly hart: number; readonly thread: number }
  | { readonly kind: 'stop'; readonly hart: number }
  /** A thread that is at home on a hart that runs nothing comes home to hart 0. */
  | { readonly kind: 'bring'; readonly thread: number }
  /** A device raises its line, or lowers it. */
  | { readonly kind: 'line'; readonly line: number; readonly up: boolean }
  /** From outside, a thread gets signals. */
  | { readonly kind: 'signal'; readonly thread: number; readonly bits: bigint }
  /** So many holders that nobody sees have references to a frame from now on. */
  | { readonly kind: 'pin'; readonly frame: number; readonly holders: number }
  /** An Untyped frame gets another incarnation. */
  | { readonly kind: 'age'; readonly frame: number; readonly incarnation: number }
  /** A component writes into its memory. */
  | { readonly kind: 'write'; readonly frame: number; readonly offset: number; readonly value: bigint };

/** A call as a person reads it. */
export function describeCall({ hart, capability, operation, values }: ModelCall): string {
  const name = operationOf(operation) ?? `operation ${operation}`;
  const text = values.map((value) => (value > 0xffffn ? `0x${value.toString(16)}` : value.toString())).join(', ');
  return `hart ${hart}: ${name} of ${describeIdentifier(capability)} (${text})`;
}

function describeIdentifier(identifier: bigint): string {
  const levels = Number(identifier >> 24n);
  if (identifier === 64n) return 'itself';
  if (identifier < 64n || levels > 3) return `0x${identifier.toString(16)}`;
  const indexes = Array.from({ length: levels + 1 }, (_, level) => (identifier >> BigInt(6 * level)) & 63n);
  return indexes.join('/');
}

/** A step as a person reads it. */
export function describeStep(step: Step): string {
  if (step.kind === 'call') return describeCall(step.call);
  return Object.entries(step)
    .map(([name, value]) => (name === 'kind' ? `${value}` : `${name} ${value}`))
    .join(' ');
}
