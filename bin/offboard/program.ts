import { Command } from 'commander';
import { clearCommand } from './clear-active-again.ts';
import { addConnectionOptions } from './connection.ts';
import { identityCommand } from './identity-mappings.ts';
import { listCommand } from './list-cases.ts';
import { parkedCommand } from './parked-events.ts';
import { redriveCommand } from './redrive-parked.ts';
import { reopenCommand } from './reopen-case.ts';
import { showCommand } from './show-case.ts';
import { startCommand } from './start-case.ts';
import { hrCommand } from './test-hr-mapping.ts';
import { undoCommand } from './undo-decision.ts';
import { evidenceCommand } from './verify-evidence.ts';
import { withdrawCommand } from './withdraw-case.ts';
import { withoutValues } from './without-values.ts';

const EXAMPLES = `
Exit codes: 0 done, 1 the answer is no or there is no such case, 2 the question could not be asked.

Examples:
  $ offboard list --status asked
  $ offboard show case-0123456789abcdef01234567
  $ offboard --endpoint-url http://127.0.0.1:8710 list      # the local run of "npm start"

Each command has examples of its own: offboard start --help`;

/** The command line `offboard`: every command with the options that all of them share. */
export function createProgram(): Command {
  const program = new Command('offboard')
    .description('LastPass offboarding from the command line, on AWS or on the local run.')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(withoutValues(text)) })
    .showHelpAfterError('(--help shows options and examples)')
    .exitOverride()
    .addHelpText('after', EXAMPLES);
  addConnectionOptions(program);
  const commands = [
    startCommand,
    listCommand,
    showCommand,
    reopenCommand,
    withdrawCommand,
    undoCommand,
    clearCommand,
    parkedCommand,
    redriveCommand,
    identityCommand,
    hrCommand,
    evidenceCommand,
  ];
  for (const createCommand of commands) program.addCommand(createCommand());
  inheritSettings(program);
  return program;
}

/** Commander hands settings down only to commands that it creates itself. */
function inheritSettings(parent: Command): void {
  for (const command of parent.commands) inheritSettings(command.copyInheritedSettings(parent));
}
