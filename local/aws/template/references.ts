import { z } from 'zod';
import { type References, resolveValue, UnresolvableIntrinsicError } from './intrinsics.ts';
import { type LocalAccount, type LocalNames, localNames } from './local-names.ts';
import type { templateSchema } from './resources.ts';

type Template = z.infer<typeof templateSchema>;

/**
 * What `Ref` and `Fn::GetAtt` answer for a template's resources, parameters and pseudo parameters.
 * @throws UnresolvableIntrinsicError, from each answer, naming the resource and the path.
 */
export function createReferences(template: {
  resources: Template['Resources'];
  parameters: Template['Parameters'];
  account: LocalAccount;
}): References & { namesOf(logicalId: string): LocalNames } {
  const { account } = template;
  const pseudoParameters: Record<string, unknown> = {
    'AWS::Region': account.region,
    'AWS::AccountId': account.accountId,
    'AWS::Partition': account.partition,
    'AWS::URLSuffix': account.urlSuffix,
    'AWS::StackName': 'local',
    'AWS::StackId': `arn:${account.partition}:cloudformation:${account.region}:${account.accountId}:stack/local/local`,
    'AWS::NoValue': undefined,
  };

  const references: References = {
    ref(name: string, path: string): unknown {
      if (Object.hasOwn(pseudoParameters, name)) return pseudoParameters[name];
      const parameter = template.parameters[name]?.Default;
      return parameter ?? namesOf(name, path).ref;
    },
    attribute(logicalId: string, attribute: string, path: string): string {
      const value = namesOf(logicalId, path).attributes[attribute];
      if (value === undefined)
        throw new UnresolvableIntrinsicError(`${path}: ${logicalId}.${attribute} is unknown here`);
      return value;
    },
    // CDK's `HttpApi.url` is composed from the API's id instead of asking for its endpoint.
    localize: (text: string): string =>
      text.replace(
        new RegExp(`https://\\w+\\.execute-api\\.${account.region}\\.${account.urlSuffix}`),
        account.apiEndpoint,
      ),
  };

  function namesOf(logicalId: string, path = logicalId): LocalNames {
    const resource = template.resources[logicalId];
    const physicalName = (property: string): string | undefined => {
      const value = resolveValue(resource?.Properties[property], references, `${logicalId}.Properties.${property}`);
      return z.string().optional().parse(value);
    };
    const names = resource && localNames({ type: resource.Type, logicalId, physicalName }, account);
    if (names === undefined) {
      throw new UnresolvableIntrinsicError(
        `${path}: ${logicalId} (${resource?.Type ?? 'no resource'}) has no local name`,
      );
    }
    return names;
  }

  return { ...references, namesOf };
}
