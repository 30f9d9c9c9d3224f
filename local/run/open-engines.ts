import { join } from 'node:path';
import { createEngine, type Engine, type EngineOptions } from '../aws/step-functions/engine.ts';
import type { ResolvedTemplate } from '../aws/template/template.ts';
import type { StartCache } from '../synthesis/start-cache.ts';

interface EnginesOptions extends Pick<EngineOptions, 'invoke'> {
  readonly dataFolder: string;
  readonly cache: StartCache;
  readonly retryIntervalMs?: EngineOptions['retryIntervalMs'] | undefined;
  readonly onEvent?: EngineOptions['onEvent'] | undefined;
}

/**
 * An engine for each state machine of the template. The one that runs cases comes first; the others keep their journals
 * in folders of their own.
 */
export function openEngines(template: ResolvedTemplate, options: EnginesOptions): [Engine, ...Engine[]] {
  const folder = join(options.dataFolder, 'step-functions');
  const { invoke, cache, retryIntervalMs, onEvent } = options;
  const shared = { invoke, cache, ...(retryIntervalMs && { retryIntervalMs }), ...(onEvent && { onEvent }) };
  const open = ({ arn, definition }: Machine, ownFolder: string) =>
    createEngine({
      ...shared,
      stateMachineArn: arn,
      definition,
      folder: ownFolder,
    });
  const machines = template.stateMachines();
  const ofCases = machines.find(({ arn }) => arn === template.output('StateMachineArn'));
  if (ofCases === undefined) throw new TypeError('the output StateMachineArn names no state machine of the template');
  const others = machines.filter((machine) => machine !== ofCases);
  return [open(ofCases, folder), ...others.map((machine) => open(machine, join(folder, machine.name)))];
}

type Machine = ReturnType<ResolvedTemplate['stateMachines']>[number];
