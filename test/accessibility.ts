import axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { z } from 'zod';

/** What axe is asked for: all rules with one of the tags, single rules, or, with neither, everything. */
interface AxeRules {
  readonly tags?: readonly string[];
  readonly rules?: readonly string[];
}

/** Has axe in every page of a context from the start: handing it over for each question takes longer than the answer. */
export async function withAxe(context: BrowserContext): Promise<BrowserContext> {
  await context.addInitScript({ content: axe.source });
  return context;
}

/** What axe finds on a page as it is shown now, each as the rule and the markup. The pages have no frames to be searched. */
export async function violationsOn(page: Page, { tags, rules }: AxeRules = {}): Promise<readonly string[]> {
  const runOnly = (tags && { type: 'tag', values: tags }) ?? (rules && { type: 'rule', values: rules });
  const options = JSON.stringify({ resultTypes: ['violations'], ...(runOnly && { runOnly }) });
  // As text: `axe` is the page's own, not the one that is imported here.
  const { violations } = resultSchema.parse(await page.evaluate(`axe.run(document, ${options})`));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

const resultSchema = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
});
