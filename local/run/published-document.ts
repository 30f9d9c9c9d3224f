import { documentLocationSchema } from '../../lambdas/configuration/configuration-document.ts';
import type { PublishedObject } from '../aws/s3/published-objects.ts';
import type { ResolvedTemplate } from '../aws/template/template.ts';

/** The configuration document where the template's functions are told that it lies, as a deployment puts it there. */
export function publishedDocument(template: ResolvedTemplate, text: string): PublishedObject[] {
  const told = template.functions().flatMap(({ environment }) => environment.CONFIGURATION_DOCUMENT ?? []);
  return [...new Set(told)].map((url) => {
    const { bucket: bucketName, key } = documentLocationSchema.parse(url);
    return { bucketName, key, text };
  });
}
