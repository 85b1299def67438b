/** The stated calls as JavaScript on the host: plain, and yielding with every access performed as it comes. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  HarmonyTrap,
  SimpleHostMachine,
  drain,
  loadHostModule,
  type HostExternal,
  type HostMachineOptions,
  type HostProgram,
  type HostValue,
} from '../../../compiler/runtime/host-machine.ts';
import type { Built } from './build.ts';
import { resultText, type StatedCall } from './stated-calls.ts';

/** What the accept sources declare. */
const EXTERNALS: Readonly<Record<string, HostExternal>> = {
  acceptStop: () => {
    throw new HarmonyTrap('stopped', 'acceptStop');
  },
  acceptFence: (value: bigint) => value,
  acceptTwice: (value: number) => (value * 2) >>> 0,
};

export interface Instance {
  readonly machine: SimpleHostMachine;
  readonly program: HostProgram;
}

/** Loads one form of a program onto a machine of its own, or onto the memory of another. */
export async function instantiate(
  built: Built,
  form: 'plain' | 'yielding',
  shared: Pick<HostMachineOptions, 'memory' | 'initialized'> = {},
): Promise<Instance> {
  const path = join(built.folder, 'js', form === 'plain' ? 'program.js' : 'yielding.js');
  const module = await loadHostModule(pathToFileURL(path).href);
  const machine = new SimpleHostMachine({ size: 1 << 20, externals: EXTERNALS, ...shared });
  return { machine, program: module.instantiate(machine) };
}

function makeCall({ machine, program }: Instance, call: StatedCall): HostValue {
  const plain = program.functions[call.name];
  if (plain !== undefined) return plain(...call.values);
  const generator = program.generators[call.name];
  if (generator === undefined) throw new Error(`${call.place}: no exported function is named "${call.name}"`);
  return drain(machine, generator(...call.values));
}

/** The outcome of each stated call, in order: `300`, or `traps file.ts:12`. */
export async function runJavaScript(built: Built, form: 'plain' | 'yielding'): Promise<readonly string[]> {
  const instance = await instantiate(built, form);
  return built.calls.map((call) => {
    try {
      return resultText(makeCall(instance, call));
    } catch (error) {
      if (error instanceof HarmonyTrap) return `traps ${error.site}`;
      throw new Error(`${call.place}: ${call.text}: ${String(error)}`, { cause: error });
    }
  });
}
