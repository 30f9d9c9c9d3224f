import { Command } from 'commander';
import { clearCommand } from './commands/clear-active-again.ts';
import { deletesCommand } from './commands/deletes.ts';
import { identityCommand } from './commands/identity-mappings.ts';
import { listCommand } from './commands/list-cases.ts';
import { parkedCommand } from './commands/parked-events.ts';
import { redriveCommand } from './commands/redrive-parked.ts';
import { reopenCommand } from './commands/reopen-case.ts';
import { showCommand } from './commands/show-case.ts';
import { startCommand } from './commands/start-case.ts';
import { hrCommand } from './commands/test-hr-mapping.ts';
import { undoCommand } from './commands/undo-decision.ts';
import { evidenceCommand } from './commands/verify-evidence.ts';
import { withdrawCommand } from './commands/withdraw-case.ts';
import { addConnectionOptions } from './connection/connection.ts';
import { withoutValues } from './output/without-values.ts';

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
    deletesCommand,
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
