import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileAssetPackaging, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ConfigurationDocument as Content } from '../lambdas/configuration/configuration-document.ts';
import type { EnvironmentName } from '../lambdas/environment.ts';
import type { OffboardingConfig } from './config/offboarding-config.ts';

/**
 * What of the configuration does not fit into a function's variables: one JSON document, which `cdk deploy` puts into the
 * bucket that holds the functions' code, before it changes anything. Its name is its hash, so nothing that an earlier
 * deployment put is ever replaced, and the same configuration is put once (docs/decisions/configuration-document.md).
 */
export class ConfigurationDocument extends Construct {
  /** The document's bytes, as text. */
  readonly text: string;
  readonly #bucketName: string;
  readonly #key: string;

  constructor(scope: Construct, id: string, { config }: { readonly config: OffboardingConfig }) {
    super(scope, id);
    this.text = JSON.stringify(contentOf(config));
    const sourceHash = createHash('sha256').update(this.text).digest('hex');
    const fileName = `configuration.${sourceHash}.json`;
    writeFileSync(join(outputFolderOf(this), fileName), this.text);
    const { bucketName, objectKey } = Stack.of(this).synthesizer.addFileAsset({
      ...{ fileName, sourceHash, packaging: FileAssetPackaging.FILE },
      displayName: 'Configuration document',
    });
    this.#bucketName = bucketName;
    this.#key = objectKey;
  }

  /** What a function is told that reads it. */
  get environment(): Partial<Record<EnvironmentName, string>> {
    return { CONFIGURATION_DOCUMENT: `s3://${this.#bucketName}/${this.#key}` };
  }

  get arn(): string {
    const global = { region: '', account: '' };
    return Stack.of(this).formatArn({
      ...{ service: 's3', ...global },
      ...{ resource: this.#bucketName, resourceName: this.#key },
    });
  }
}

function contentOf(config: OffboardingConfig): Content {
  return {
    approvers: config.approvers,
    fallbackApprovers: config.fallbackApprovers,
    locations: config.locations,
    // Everything but what only an alarm needs.
    hrSystems: config.hrSystems.map(({ name, kind, settings }) => ({ name, kind, settings })),
    watchedSources: config.watchedSources,
  };
}

function outputFolderOf(scope: Construct): string {
  const stage = Stage.of(scope);
  if (!stage) throw new TypeError(`${scope.node.path} is in no app, which could hold its files`);
  return stage.assetOutdir;
}
