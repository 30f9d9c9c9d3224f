import { Command } from 'commander';
import { createIdentityMap, type IdentityMap, type IdentityMapping } from '../../../lambdas/cases/identity-map.ts';
import { systemClock } from '../../../lambdas/clock.ts';
import { formatTime } from '../../../lambdas/presentation/text/format-time.ts';
import { plainLine } from '../../../lambdas/presentation/text/plain-text.ts';
import { callerIdentity } from '../connection/caller-identity.ts';
import { type Connection, connectionSchema } from '../connection/connection.ts';
import { openTable } from '../connection/open-table.ts';
import { AnswerIsNoError } from '../options/errors.ts';
import { personShape } from '../options/option-shapes.ts';
import { readOptions } from '../options/read-options.ts';
import { factLines, printResult } from '../output/output.ts';

const EXAMPLES = `
For people whom LastPass knows by another address than HR: an alias, a former name, another domain. A mapping counts for every later
report of HR's address, before LastPass is asked, and is named in the evidence of each case that goes by it. Take it away when the
address is given to somebody new.

Examples:
  $ offboard identity map jane.smith@example.com jane.doe@example.com
  $ offboard identity show jane.smith@example.com
  $ offboard identity unmap jane.smith@example.com`;

const NOT_MAPPED = 'HR_ADDRESS is not mapped; LastPass is asked for it as it is';

const addressSchema = connectionSchema.extend({ HR_ADDRESS: personShape });
const mappingSchema = addressSchema.extend({ LASTPASS_USERNAME: personShape });

/** `offboard identity`: which LastPass account belongs to an address that LastPass does not know. */
export function identityCommand(): Command {
  const identity = new Command('identity').description('say which LastPass account is whose');
  for (const command of [mapCommand(), showCommand(), unmapCommand()]) {
    identity.addCommand(command.addHelpText('after', EXAMPLES));
  }
  return identity;
}

function mapCommand(): Command {
  return new Command('map')
    .description('from now on, take HR’s address for this LastPass account')
    .argument('<HR_ADDRESS>', 'work address, as HR reports it')
    .argument('<LASTPASS_USERNAME>', 'address of the same person’s account, spelled as LastPass does')
    .action(async (hrAddress: string, username: string, _options: unknown, command: Command) => {
      const given = { ...command.optsWithGlobals(), HR_ADDRESS: hrAddress, LASTPASS_USERNAME: username };
      const options = readOptions(mappingSchema, given);
      const mapping = {
        hrAddress: options.HR_ADDRESS.toLowerCase(),
        lastPassUsername: options.LASTPASS_USERNAME,
        setBy: (await callerIdentity(options)).arn,
        setAt: systemClock().toISOString(),
      };
      const replaced = await (await identitiesOf(options)).set(mapping);
      printResult(options.json, {
        json: { mapping, replaced },
        lines: [
          ...mappingLines(mapping),
          ...(replaced ? [`It was mapped to ${plainLine(replaced.lastPassUsername)} before.`] : []),
          'Cases that found nobody wait: "offboard parked" lists them, "offboard redrive" takes them up again.',
        ],
      });
    });
}

function showCommand(): Command {
  return new Command('show')
    .description('show the mapping of an address')
    .argument('<HR_ADDRESS>', 'work address, as HR reports it')
    .action(async (hrAddress: string, _options: unknown, command: Command) => {
      const options = readOptions(addressSchema, { ...command.optsWithGlobals(), HR_ADDRESS: hrAddress });
      const found = await (await identitiesOf(options)).find(options.HR_ADDRESS);
      if (!found) throw new AnswerIsNoError(NOT_MAPPED);
      printResult(options.json, { json: found, lines: mappingLines(found) });
    });
}

function unmapCommand(): Command {
  return new Command('unmap')
    .description('take a mapping away: LastPass is asked for HR’s address as it is')
    .argument('<HR_ADDRESS>', 'work address, as HR reports it')
    .action(async (hrAddress: string, _options: unknown, command: Command) => {
      const options = readOptions(addressSchema, { ...command.optsWithGlobals(), HR_ADDRESS: hrAddress });
      const removed = await (await identitiesOf(options)).remove(options.HR_ADDRESS);
      if (!removed) throw new AnswerIsNoError(NOT_MAPPED);
      printResult(options.json, { json: { removed }, lines: ['No longer mapped:', ...mappingLines(removed)] });
    });
}

async function identitiesOf(connection: Connection): Promise<IdentityMap> {
  return createIdentityMap(await openTable(connection));
}

function mappingLines({ hrAddress, lastPassUsername, setBy, setAt }: IdentityMapping): readonly string[] {
  return factLines([
    { label: 'HR’s address', lines: [plainLine(hrAddress)] },
    { label: 'LastPass account', lines: [plainLine(lastPassUsername)] },
    { label: 'Mapped by', lines: [`${plainLine(setBy)}, ${formatTime(setAt, 'UTC')}`] },
  ]);
}
