import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CHOICES, CONTRACT_NAMES } from '../../lambdas/domain/effect.ts';

/** What was typed cannot be used. Names the option and the remedy. */
export class CommandLineError extends Error {
  override readonly name = 'CommandLineError';
}

export const USAGE = `Runs the LastPass offboarding on this machine: no AWS account, no Docker.

  npm start -- [EVENT.json] [options]

  EVENT.json           what HR says: an event for the bus (eventId and occurredAt are made when left out),
                       or a webhook or partner event as an HR system sends it; samples: test/fixtures/hr
  --decide CHOICE      decide through the approval page, without a person: reinstate, 0, 1 or 2;
                       ends with 0 when LastPass shows the decided effect, otherwise with 1
  --port N             port of everything (default 8710)
  --data DIR           where state is kept and found again (default .local/state;
                       with --decide a new folder each time, below .local)
  --contract NAME      how LastPass's codes are read: lastpass (default) or guide
  --hold SECONDS       wait before an irreversible effect (default 3; a day with a real tenant)
  --lastpass-url URL   talk to a real tenant instead of the simulator, with LASTPASS_CID and
                       LASTPASS_PROVHASH from the environment
  --help               this text

Without --decide it waits for a decision in the browser; Ctrl-C ends it, and the next start takes
up every case where it was.
`;

/** Digits and nothing else: an empty value, as an unset variable of a shell gives it, is no zero. */
function wholeNumber(shape: string, max: number) {
  return z
    .string()
    .regex(/^\d+$/, `must be ${shape}`)
    .transform(Number)
    .pipe(z.number().max(max, `must be ${shape}`));
}

const optionsSchema = z.object({
  eventFile: z.string().optional(),
  decide: z.enum(CHOICES, 'must be reinstate, 0, 1 or 2').optional(),
  port: wholeNumber('a port from 0 (any free one) to 65535', 65_535).default(8710),
  data: z.string().min(1, 'must name a folder').optional(),
  contract: z.enum(CONTRACT_NAMES, 'must be lastpass or guide').default('lastpass'),
  hold: wholeNumber('a number of seconds, at most a day', 86_400).optional(),
  lastPassUrl: z
    .url({ error: 'must be a URL', abort: true })
    .refine(isSafe, 'must be https, because it carries the provisioning hash')
    .optional(),
  help: z.boolean().default(false),
});
export type CommandLine = z.infer<typeof optionsSchema>;

/** @throws CommandLineError naming each option that is wrong. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parse(args);
  if (positionals.length > 1) throw new CommandLineError('more than one event file was named; give one');
  const { 'lastpass-url': lastPassUrl, ...options } = values;
  const parsed = optionsSchema.safeParse({ ...options, lastPassUrl, eventFile: positionals[0] });
  if (parsed.success) return withEventToDecide(parsed.data);
  const faults = parsed.error.issues.map((issue) => `--${nameOf(issue.path)} ${issue.message}`);
  throw new CommandLineError(faults.join('; '));
}

function withEventToDecide(options: CommandLine): CommandLine {
  if (options.decide === undefined || options.eventFile !== undefined || options.help) return options;
  throw new CommandLineError('--decide needs the event that it decides about; name an EVENT.json, as --help shows');
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        decide: text,
        port: text,
        data: text,
        contract: text,
        hold: text,
        'lastpass-url': text,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const problem = error instanceof Error ? error.message.split('. ')[0] : 'the options cannot be read';
    throw new CommandLineError(`${problem}; see npm start -- --help`, { cause: error });
  }
}

function nameOf(path: readonly PropertyKey[]): string {
  return path[0] === 'lastPassUrl' ? 'lastpass-url' : String(path[0]);
}

function isSafe(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}
