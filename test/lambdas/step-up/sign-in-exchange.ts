import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { CONFIRMED_BY } from '../../../lambdas/domain/voting-rules.ts';
import { confirmCode } from '../../../lambdas/step-up/confirm-code.ts';
import {
  createCodeChallengeStore,
  createSignInChallengeStore,
} from '../../../lambdas/step-up/dynamo-challenge-store.ts';
import { finishSignIn } from '../../../lambdas/step-up/finish-sign-in.ts';
import { createOidcClient } from '../../../lambdas/step-up/oidc-client.ts';
import { startSignIn } from '../../../lambdas/step-up/start-sign-in.ts';
import { freshAws } from '../../loopback-aws.ts';
import { MovableClock } from '../../movable-clock.ts';
import { ALEX, aLink, FORM, SUBMISSION } from '../presentation/text/example-confirmation.ts';
import { CLIENT_ID, type ProviderTraits, REDIRECT_URI, startProvider } from './loopback-provider.ts';

/** Sign-ins at a real provider over a real table, for one link of Alex's. */
export async function signInExchange(traits: ProviderTraits & { readonly ourSecret?: () => Promise<string> } = {}) {
  const provider = await startProvider(traits);
  const { client, tableName } = await freshAws();
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const table = { client: documents, tableName };
  // The provider's own clock cannot be moved, so ours starts with it.
  const clock = new MovableClock(new Date().toISOString());
  const faults: Error[] = [];
  const deps = {
    codes: createCodeChallengeStore(table),
    signIns: createSignInChallengeStore(table),
    oidc: createOidcClient({
      issuer: provider.issuer,
      clientId: CLIENT_ID,
      redirectUri: REDIRECT_URI,
      clientSecret: traits.ourSecret,
      now: clock.now,
    }),
    onSignInFault: (error: Error) => faults.push(error),
    now: clock.now,
  };
  const link = aLink();
  const start = (at = link) => startSignIn(deps, { ...at, submission: SUBMISSION, form: FORM, approverEmail: ALEX });
  return {
    ...{ provider, clock, faults, deps, link, start },
    /** Starts a sign-in that must start, and answers with what the browser then holds. */
    async begin(at = link) {
      const started = await start(at);
      if (started.kind !== 'started') throw new Error(`the sign-in was not started but ${started.kind}`);
      return { url: started.url, cookies: ['theme=dark', started.cookie.split(';')[0] ?? ''] };
    },
    finish: (query: string, cookies: readonly string[]) => finishSignIn(deps, { query, cookies }),
    confirm: (proof: string, submission = SUBMISSION) =>
      confirmCode(deps, { ...link, submission, code: proof, accepted: CONFIRMED_BY }),
  };
}
