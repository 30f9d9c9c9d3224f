import type { LastPassClient } from '../lambdas/lastpass/client.ts';
import { CrashError } from './crashing-case-store.ts';

type Looking = Pick<LastPassClient, 'findAccount' | 'disableAccounts' | 'listAccounts' | 'listEnabledAdministrators'>;

/** A LastPass client whose process dies just after the answer to its nth call. */
export function crashingAfterCall(lastPass: LastPassClient, nth: number): LastPassClient {
  let calls = 0;
  async function answered<Answer>(answer: Promise<Answer>): Promise<Answer> {
    calls += 1;
    const isLast = calls === nth;
    await answer;
    if (isLast) throw new CrashError();
    return answer;
  }
  async function* listed<Page>(pages: AsyncIterable<Page>) {
    yield* await answered(collected(pages));
  }
  const looking: Looking = {
    findAccount: (...sought) => answered(lastPass.findAccount(...sought)),
    disableAccounts: (addresses) => answered(lastPass.disableAccounts(addresses)),
    listAccounts: (options) => listed(lastPass.listAccounts(options)),
    listEnabledAdministrators: (options) => listed(lastPass.listEnabledAdministrators(options)),
  };
  return { ...lastPass, ...looking };
}

async function collected<Page>(pages: AsyncIterable<Page>): Promise<Page[]> {
  const all: Page[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
