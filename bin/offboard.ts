#!/usr/bin/env node
import { giveCommand } from './offboard/give-command.ts';

// `offboard list | head` closes the pipe early, which is no fault of anybody.
process.stdout.on('error', () => process.exit());

process.exitCode = await giveCommand(process.argv.slice(2));
