/** Loops of assembly that count a register down from a constant: their bound can be read in the machine code. */
import type { Instruction } from './instructions.ts';
import type { Loop } from './longest.ts';

/** The register and the constant of `li`. */
function constantOf({ mnemonic, operands }: Instruction): readonly [string, number] | null {
  const [register = '', ...rest] = operands.split(',');
  if (mnemonic === 'c.li' && rest.length === 1) return [register, Number(rest[0])];
  return mnemonic === 'addi' && rest[0] === 'zero' ? [register, Number(rest[1])] : null;
}

function countsDown({ mnemonic, operands }: Instruction, register: string): boolean {
  if (mnemonic === 'c.addi') return operands === `${register},-1`;
  return mnemonic === 'addi' && operands === `${register},${register},-1`;
}

function isTested({ mnemonic, operands }: Instruction, register: string, target: bigint): boolean {
  const rest = operands.split(',').slice(0, -1).join(',');
  const goesBack = operands.split(',').at(-1)?.startsWith(target.toString(16)) === true;
  return (
    goesBack && ((mnemonic === 'c.bnez' && rest === register) || (mnemonic === 'bne' && rest === `${register},zero`))
  );
}

/**
 * How often a loop goes back, if each block that enters it ends with the same constant in the same register, and the
 * loop does nothing with that but count it down where it goes back as long as it is not 0; else null.
 */
export function countdownOf({ header, isFirst, entries, blocks, inside }: Loop): number | null {
  const constants = entries.map(({ instructions }) => instructions.at(-1)).map((last) => last && constantOf(last));
  const [first] = constants;
  if (first === null || first === undefined || isFirst || inside.length > 0) return null;
  const [register, start] = first;
  if (!(start >= 1) || constants.some((one) => one?.[0] !== register || one[1] !== start)) return null;
  const back = blocks.filter(({ next }) => next.includes(header.start));
  const [last, ...others] = back;
  const [step, test] = last?.instructions.slice(-2) ?? [];
  if (others.length > 0 || step === undefined || test === undefined) return null;
  if (!countsDown(step, register) || !isTested(test, register, header.start)) return null;
  const isLeftAlone = blocks.every(
    ({ call, instructions }) =>
      call === null &&
      instructions.every((one) => one === step || one === test || one.operands.split(',')[0] !== register),
  );
  return isLeftAlone ? start - 1 : null;
}
