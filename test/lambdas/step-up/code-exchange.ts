import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { CONFIRMED_BY } from '../../../lambdas/domain/voting-rules.ts';
import { composeCodeMail } from '../../../lambdas/presentation/mails/code-mail.ts';
import { type CodeChecked, confirmCode } from '../../../lambdas/step-up/confirm-code.ts';
import type { IrreversibleSubmission } from '../../../lambdas/step-up/confirmed-submission.ts';
import { createCodeChallengeStore } from '../../../lambdas/step-up/dynamo-challenge-store.ts';
import { type CodeRequested, requestCode } from '../../../lambdas/step-up/request-code.ts';
import { InMemoryMailbox } from '../../in-memory-mailbox.ts';
import { freshAws } from '../../loopback-aws.ts';
import { MovableClock } from '../../movable-clock.ts';
import { ALEX, aLink, SUBMISSION, VIEW } from '../presentation/text/example-confirmation.ts';

/** Codes over a real table: asked for on one link, mailed to Alex, and entered again. */
export async function codeExchange() {
  const { client, tableName } = await freshAws();
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const codes = createCodeChallengeStore({ client: documents, tableName });
  const clock = new MovableClock('2026-03-13T09:00:00.000Z');
  const mailbox = new InMemoryMailbox();
  const faults: unknown[] = [];
  const link = aLink();
  const deps = { codes, mailer: mailbox, onMailFault: (error: unknown) => faults.push(error), now: clock.now };
  return {
    ...{ codes, clock, mailbox, faults, link, deps, documents, tableName },
    request: (submission: IrreversibleSubmission = SUBMISSION): Promise<CodeRequested> =>
      requestCode(deps, {
        ...link,
        submission,
        mailbox: VIEW.approver.email,
        compose: (sent) => composeCodeMail({ ...VIEW, ...sent }),
      }),
    confirm: (code: string, entered: Partial<typeof link & { submission: IrreversibleSubmission }> = {}) =>
      confirmCode(deps, { ...link, submission: SUBMISSION, code, accepted: CONFIRMED_BY, ...entered }),
    /** The code in the newest mail. */
    newestCode(): string {
      const code = /^ {2}(\d{6})$/m.exec(mailbox.to(ALEX).at(-1)?.text ?? '')?.[1];
      if (code === undefined) throw new Error('no code was mailed');
      return code;
    },
  };
}

/** A code that is surely another one. */
export function wrongCode(code: string, by = 1): string {
  return ((Number(code) + by) % 1_000_000).toString().padStart(6, '0');
}

export function howMany(results: readonly CodeChecked[], kind: CodeChecked['kind']): number {
  return results.filter((result) => result.kind === kind).length;
}
