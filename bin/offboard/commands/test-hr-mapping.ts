import { Command } from 'commander';
import * as z from 'zod';
import { systemClock } from '../../../lambdas/clock.ts';
import type { EventFault } from '../../../lambdas/domain/hr-events/hr-event.ts';
import { type BusEvent, busEvent, faultsInEvent } from '../../../lambdas/hr-sources/bus-event.ts';
import type { HrApiRequest, Translation, TranslationContext } from '../../../lambdas/hr-sources/hr-source.ts';
import { findHrSource } from '../../../lambdas/hr-sources/vendors/hr-sources.ts';
import { connectionSchema } from '../connection/connection.ts';
import { AnswerIsNoError, MisuseError } from '../options/errors.ts';
import { readOptions } from '../options/read-options.ts';
import { heading, printResult } from '../output/output.ts';
import { tableLines } from '../output/table-lines.ts';
import { type ExpressionShape, expressionShapes } from './expression-shapes.ts';
import { type HrPayload, readHrPayload } from './hr-payload-file.ts';
import { readHrSystem } from './hr-system-file.ts';

const EXAMPLES = `
Asks nobody, and sends nothing: what the HR system's API would answer stands in the payload's file, under "api".
Signatures are not looked at. Exit code 0: events without a fault; 1: no event, or a fault; 2: a file cannot be used.

Examples:
  $ offboard hr test test/fixtures/hr/merge/hr-system.json test/fixtures/hr/merge/terminated.json
  $ offboard hr test payroll body.json          # the system "payroll" of cdk.json, and a body as it was posted`;

const optionsSchema = connectionSchema.extend({ MAPPING: z.string(), PAYLOAD: z.string(), config: z.string() });

/** `offboard hr test`: what an HR system's settings make of something that it sends. */
export function hrCommand(): Command {
  const test = new Command('test')
    .description('show what a mapping makes of a payload, without AWS')
    .argument('<MAPPING>', 'a file with the system’s entry as under hrSystems, or its name in the configuration')
    .argument('<PAYLOAD>', 'a file with what the system sends: its body, or a sample with the answers of its API')
    .option('--config <file>', 'where systems are looked up by name', 'cdk.json')
    .addHelpText('after', EXAMPLES)
    .action(async (mapping: string, payload: string, _options: unknown, command: Command) =>
      testMapping(readOptions(optionsSchema, { ...command.optsWithGlobals(), MAPPING: mapping, PAYLOAD: payload })),
    );
  return new Command('hr').description('try what HR systems send').addCommand(test);
}

async function testMapping({ MAPPING, PAYLOAD, config, json }: z.infer<typeof optionsSchema>): Promise<void> {
  const system = await readHrSystem(MAPPING, config);
  const given = await readHrPayload(PAYLOAD, system);
  const context = contextOf(system.name, given);
  const source = findHrSource(system.kind);
  if (!source) throw new MisuseError('MAPPING is of a kind that this version does not understand');
  const translation = await source.translate(given.payload, system.settings, context);
  const { kind, settings } = system;
  const expressions = kind === 'generic' ? await expressionShapes(settings, given.payload, context) : [];
  const made = judged(translation, system.name);
  printResult(json, { json: { ...made, expressions }, lines: linesOf(made, expressions) });
  if (made.nothing !== undefined) throw new AnswerIsNoError(`it means nothing: ${made.nothing}`);
  if (made.faults.length > 0) throw new AnswerIsNoError('it would be parked, for what is wrong above');
}

/** Answers of the API come from the payload's file, and from nowhere else. */
function contextOf(system: string, { api }: HrPayload): TranslationContext {
  const readApi = async ({ path, body }: HrApiRequest) => {
    const request = `${body ? 'POST' : 'GET'} ${path}`;
    if (Object.hasOwn(api, request)) return api[request];
    throw new MisuseError(`PAYLOAD has no answer to "${request}", which the API would be asked; add it under "api"`);
  };
  return { system, receivedAt: systemClock().toISOString(), readApi };
}

interface Made {
  readonly events: readonly BusEvent[];
  readonly nothing?: string;
  readonly faults: readonly EventFault[];
}

/** As the translation judges it: an event with a fault is parked, and holds up no other. */
function judged(translation: Translation, system: string): Made {
  if (translation.kind === 'nothing') return { events: [], nothing: translation.why, faults: [] };
  if (translation.kind === 'fault') return { events: [], faults: translation.faults };
  const read = translation.events.map((event) => busEvent(event, system));
  const withFaults = read.map((event) => ({ event, faults: faultsInEvent(event) }));
  return {
    events: withFaults.filter(({ faults }) => faults.length === 0).map(({ event }) => event),
    faults: [...(translation.faults ?? []), ...withFaults.flatMap(({ faults }) => faults)],
  };
}

function linesOf({ events, nothing, faults }: Made, expressions: readonly ExpressionShape[]): readonly string[] {
  const shapes = tableLines<ExpressionShape>(
    [
      { title: 'SETTING', cell: ({ setting }) => setting },
      { title: 'FINDS', cell: ({ finds }) => finds },
      { title: 'EXPRESSION', cell: ({ expression }) => expression, minWidth: 20 },
    ],
    expressions,
  );
  return [
    ...(expressions.length > 0 ? [...shapes, ''] : []),
    ...events.flatMap((event) => [heading(event['detail-type']), ...JSON.stringify(event.detail, null, 2).split('\n')]),
    ...(nothing === undefined ? [] : [`Nothing to do: ${nothing}.`]),
    ...faults.map(({ field, problem, remedy }) => `WRONG  ${field} ${problem}; ${remedy}`),
  ];
}
