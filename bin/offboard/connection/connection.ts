import { type Command, Option } from 'commander';
import * as z from 'zod';
import { loginName } from './login-name.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** An environment variable that is set to nothing counts as unset. */
function orUnset<Shape extends z.ZodType>(shape: Shape) {
  return z.preprocess((value) => (value === '' ? undefined : value), shape.optional());
}

/** What every command is told about where to work, parsed. */
export const connectionSchema = z.object({
  endpointUrl: orUnset(
    z
      .url('is not a URL; the local run prints its own, such as http://127.0.0.1:8710')
      .refine((url) => isLoopback(url) || url.startsWith('https:'), 'must be https: requests carry personal data'),
  ),
  region: orUnset(z.string()),
  stack: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, 'is not a stack name; the default is LastPassOffboarding'),
  table: orUnset(z.string()),
  bus: orUnset(z.string()),
  bucket: orUnset(z.string()),
  json: z.boolean().default(false),
});
export type Connection = z.infer<typeof connectionSchema>;

/** Adds the options of every command. Names that are not given are found by the stack's name. */
export function addConnectionOptions(program: Command): Command {
  return program
    .option('--json', 'print JSON for machines: whole records, times in UTC')
    .addOption(new Option('--endpoint-url <url>', 'the local run instead of AWS').env('AWS_ENDPOINT_URL'))
    .addOption(new Option('--region <name>', 'AWS region').env('AWS_REGION'))
    .addOption(new Option('--stack <name>', 'name of the stack').default('LastPassOffboarding').env('OFFBOARD_STACK'))
    .addOption(new Option('--table <name>', 'case table, if it cannot be found by the stack').env('OFFBOARD_TABLE'))
    .addOption(new Option('--bus <name>', 'event bus, if it is not named like the stack').env('OFFBOARD_BUS'))
    .addOption(
      new Option('--bucket <name>', 'evidence bucket, if it cannot be found by the stack').env('OFFBOARD_BUCKET'),
    );
}

/**
 * What AWS clients are built with. Against the local run nothing checks credentials, so that none are looked for; a
 * real key never signs what a program on this machine could record. The local run knows people by the name of their login.
 */
export function clientConfig({ endpointUrl, region = process.env.AWS_DEFAULT_REGION }: Connection) {
  const isLocal = endpointUrl !== undefined && isLoopback(endpointUrl);
  return {
    ...(endpointUrl !== undefined && { endpoint: endpointUrl }),
    ...(isLocal
      ? { region: region ?? 'eu-west-1', credentials: { accessKeyId: loginName(), secretAccessKey: 'local' } }
      : region !== undefined && { region }),
  };
}

function isLoopback(url: string): boolean {
  return LOOPBACK.has(new URL(url).hostname);
}
