/** The imports of the compiler's own files follow its pipeline: the same check that it makes of the kernel's. */
import { readConfiguration, type Configuration } from '../../compiler/front/configuration.ts';
import { orderSources } from '../../compiler/front/floors.ts';
import { projectOfTexts } from '../../compiler/front/project.ts';
import type { Problem } from './problem.ts';

/** Imports that go up the floors of harmony.json, circles, and files that stand on no floor. */
export function checkFloors(
  files: ReadonlyMap<string, string>,
  configuration: Configuration = readConfiguration('.').configuration,
): readonly Problem[] {
  const floors = Object.values(configuration.floors).flat();
  const homeless = [...files.keys()].filter(
    (file) => !floors.some((floor) => file === floor || file.startsWith(`${floor}/`)),
  );
  const { diagnostics } = orderSources(projectOfTexts(files).sources, configuration);
  return [
    ...homeless.map((file) => ({ file, line: 1, text: 'found it on no floor: add it to "floors" in harmony.json' })),
    ...diagnostics.map(({ position, message, instead }) => ({
      file: position?.file ?? 'harmony.json',
      line: position?.line ?? 1,
      text: `${message} ${instead}`,
    })),
  ];
}
