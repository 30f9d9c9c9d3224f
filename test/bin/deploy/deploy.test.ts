import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';

const PROGRAM = join(import.meta.dirname, '../../../bin/deploy.ts');
const FIRST = 'cdk deploy --context firstDeployment=true';
const UNPROTECT = expect.stringMatching(/^aws cloudformation update-termination-protection --no-enable/);
const ASK = expect.stringMatching(/^aws cloudformation list-stacks --query StackSummaries/);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deploy-'));
});

describe('npm run deploy', () => {
  it('deploys a stack that is not there without protection, and protects it after the success', async () => {
    expect(await run({ statuses: ['DELETE_COMPLETE'] })).toMatchObject({
      exitCode: 0,
      calls: [ASK, FIRST, 'cdk deploy'],
    });
  });

  it.each([['REVIEW_IN_PROGRESS'], ['CREATE_IN_PROGRESS']])('takes %s as not deployed yet', async (status) => {
    expect((await run({ statuses: [status] })).calls).toEqual([ASK, FIRST, 'cdk deploy']);
  });

  it.each([['CREATE_FAILED'], ['ROLLBACK_COMPLETE'], ['ROLLBACK_FAILED'], ['ROLLBACK_IN_PROGRESS']])(
    'lets go of what a first try left as %s, though it was protected, and tries again',
    async (status) => {
      expect((await run({ statuses: [status] })).calls).toEqual([ASK, UNPROTECT, FIRST, 'cdk deploy']);
    },
  );

  it.each([['CREATE_COMPLETE'], ['UPDATE_COMPLETE'], ['UPDATE_ROLLBACK_COMPLETE'], ['UPDATE_ROLLBACK_FAILED']])(
    'never takes the protection from a stack that is %s',
    async (status) => {
      expect((await run({ statuses: ['DELETE_COMPLETE', status] })).calls).toEqual([ASK, 'cdk deploy']);
    },
  );

  it('ends as the first deployment ended, without protecting what failed', async () => {
    expect(await run({ statuses: [], cdkExitCode: 3 })).toMatchObject({ exitCode: 3, calls: [ASK, FIRST] });
  });

  it('passes everything on to the CDK, and whose account it is to both', async () => {
    const { calls } = await run({
      statuses: ['UPDATE_COMPLETE'],
      args: ['--profile', 'ops', '--require-approval=never'],
    });
    expect(calls).toEqual([
      expect.stringMatching(/ --profile ops$/),
      'cdk deploy --profile ops --require-approval=never',
    ]);
  });

  it('deploys nothing while AWS does not say whether the stack is there', async () => {
    const { exitCode, calls, errors } = await run({ awsExitCode: 254 });
    expect({ exitCode, calls }).toEqual({ exitCode: 1, calls: [ASK] });
    expect(errors).toContain('Nothing was deployed');
  });

  it('names the CDK where it is missing', async () => {
    const { exitCode, calls, errors } = await run({ statuses: ['UPDATE_COMPLETE'], isWithoutCdk: true });
    expect({ exitCode, calls }).toEqual({ exitCode: 1, calls: [ASK] });
    expect(errors).toBe('Nothing was deployed: the CDK was not found. Run "npm ci", then "npm run deploy".\n');
  });

  it('names the AWS CLI where it is missing', async () => {
    const { exitCode, calls, errors } = await run({ isWithoutAws: true });
    expect({ exitCode, calls }).toEqual({ exitCode: 1, calls: [] });
    expect(errors).toContain('the AWS CLI is needed');
  });
});

/** The program with stand-ins for both tools, which write down how they were called. */
async function run(world: {
  statuses?: readonly string[];
  args?: readonly string[];
  cdkExitCode?: number;
  awsExitCode?: number;
  isWithoutAws?: boolean;
  isWithoutCdk?: boolean;
}) {
  const {
    statuses = [],
    args = [],
    cdkExitCode = 0,
    awsExitCode = 0,
    isWithoutAws = false,
    isWithoutCdk = false,
  } = world;
  const log = join(folder, 'calls');
  const tool = (name: string, ending: string) => {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> '${log}'\n${ending}\n`);
    chmodSync(file, 0o700);
  };
  if (!isWithoutCdk) tool('cdk', `exit ${cdkExitCode}`);
  if (!isWithoutAws) tool('aws', `echo '${JSON.stringify(statuses)}'\nexit ${awsExitCode}`);
  const PATH = [folder, dirname(process.execPath), '/bin'].join(delimiter);
  const { promise, resolve } = Promise.withResolvers<{ exitCode: number; errors: string }>();
  const child = execFile(process.execPath, [PROGRAM, ...args], { env: { PATH } }, (_error, _output, errors) =>
    resolve({ exitCode: child.exitCode ?? -1, errors }),
  );
  const ended = await promise;
  const calls = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
  return { ...ended, calls };
}
