import { createHash } from 'node:crypto';

/** EventBridge's limit. */
const MAX_LENGTH = 48;

/**
 * A short name for an archive, of its stack, what it keeps and its bus. Without one CloudFormation makes up a name that can
 * be too long for EventBridge. The hash tells stacks apart whose long names begin alike, and lets an archive whose bus
 * changes be made anew before the old one is deleted.
 */
export function archiveName(archive: { stackName: string; keeps: string; busName: string }): string {
  const { stackName, keeps, busName } = archive;
  const hash = createHash('sha256').update([stackName, keeps, busName].join('\n')).digest('hex').slice(0, 8);
  const readable = `${stackName}-${keeps}`.slice(0, MAX_LENGTH - hash.length - 1);
  return `${readable}-${hash}`;
}
