import type { OffboardingConfig } from '../lib/offboarding-config.ts';
import { localConfig } from '../local/local-config.ts';
import { synthesizeStack } from '../local/synthesize.ts';
import { type ResolvedTemplate, resolveTemplate } from '../local/template.ts';

const LOCAL = { region: 'eu-west-1', accountId: '111122223333', partition: 'aws', urlSuffix: 'amazonaws.com' };

/** The stack as it would be deployed, with its references resolved. */
export function synthesized(change: Partial<OffboardingConfig> = {}): ResolvedTemplate {
  const config = localConfig({ contract: 'lastpass', lastPassUrl: 'https://lastpass.example.com/enterpriseapi.php' });
  const { template } = synthesizeStack({ ...config, ...change });
  return resolveTemplate(template, { ...LOCAL, apiEndpoint: 'https://approvals.example.com' });
}
