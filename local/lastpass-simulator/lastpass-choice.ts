import type { Contract } from './contract.ts';
import type { Credentials } from './directory-state.ts';

/** The simulator, or a real tenant with credentials from the environment. */
export type LastPassChoice =
  | { readonly kind: 'simulated'; readonly contract: Contract }
  | {
      readonly kind: 'real';
      readonly contract: Contract;
      readonly url: string;
      readonly credentials: Credentials;
    };
