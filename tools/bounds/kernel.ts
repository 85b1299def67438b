/** The ways into a built kernel: its image, and beside that the loops that harmonyc has reported. */
import { dirname, join } from 'node:path';
import { readModel } from '../abi/model.ts';
import { readImage } from './image.ts';
import { readInstructions } from './instructions.ts';
import { LoopBounds, readLines, readLoops, type BoundedLoop, type SourceLoop } from './source.ts';
import { waysOf, type Ways } from './ways.ts';

export interface Proven extends Ways {
  readonly loops: readonly BoundedLoop[];
}

/** The operations by their numbers. */
export function operationNames(): ReadonlyMap<number, string> {
  return new Map(readModel().operations.map((one) => [Number(one.constant.value), `${one.kind}.${one.name}`]));
}

/** `sources`: the loops of the source, if not those beside the image. */
export function proveKernel(path: string, sources?: readonly SourceLoop[]): Proven {
  const code = readInstructions(path);
  const reported = sources ?? readLoops(join(dirname(path), 'loops.json'));
  const loops = new LoopBounds(reported, readLines(path, code.keys()));
  const ways = waysOf(readImage(path), code, loops, operationNames());
  return { ...ways, loops: loops.found };
}
