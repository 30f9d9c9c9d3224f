import type { ContractName } from '../../lambdas/domain/effect.ts';
import type { LastPassCredentials } from '../../lambdas/lastpass/credentials.ts';

/** The simulator, or a real tenant with credentials from the environment. */
export type LastPassChoice =
  | { readonly is: 'simulated'; readonly contract: ContractName }
  | {
      readonly is: 'real';
      readonly contract: ContractName;
      readonly url: string;
      readonly credentials: LastPassCredentials;
    };
