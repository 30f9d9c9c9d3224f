import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HR_SOURCES } from '../lambdas/hr-sources/vendors/hr-sources.ts';
import { definitionSchema } from './lib/definition-graph.ts';
import { workflowDiagram } from './lib/workflow-diagram.ts';
import { caseWorkflow } from './synthesized.ts';

const ROOT = join(import.meta.dirname, '..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const definition = definitionSchema.parse(await caseWorkflow());

describe('the README', () => {
  it('draws the definition as it is deployed', () => {
    expect(/```mermaid\n(.*?)\n```/s.exec(readme)?.[1]).toBe(workflowDiagram(definition));
  });

  it('has a row for each step, and for nothing else', () => {
    const table = /\| state \|.*?\n\n/s.exec(readme)?.[0] ?? '';
    const rows = [...table.matchAll(/^\| ([A-Z][^|]*?) \|/gm)].map(([, name]) => name);
    const steps = Object.entries(definition.States).filter(([, { Type }]) => Type === 'Task');
    expect(rows.toSorted()).toEqual(steps.map(([name]) => name).toSorted());
  });

  it('has a row for each kind of HR system, and for nothing else but one’s own', () => {
    const table = /\| kind \|.*?\n\n/s.exec(readme)?.[0] ?? '';
    const rows = [...table.matchAll(/^\| `([a-z]+)` \|/gm)].map(([, kind]) => kind);
    expect(rows.toSorted()).toEqual(HR_SOURCES.map(({ kind }) => kind).toSorted());
  });

  it('uses samples that exist', () => {
    const samples = [...readme.matchAll(/(?:[a-z-]+\/)?[a-z-]+\.json/g)]
      .map(([name]) => name.replace(/^hr\//, ''))
      .filter((name) => !/^(cdk|package)\b/.test(name));
    expect(samples.filter((name) => !existsSync(join(ROOT, 'test/fixtures/hr', name)))).toEqual([]);
  });

  it('shows a picture that is soon loaded', () => {
    expect(statSync(join(ROOT, 'docs/images/approval-page.png')).size).toBeLessThan(150 * 1024);
  });

  it('can be read in one sitting', () => {
    expect(readme.split('\n').length).toBeLessThan(150);
  });
});
