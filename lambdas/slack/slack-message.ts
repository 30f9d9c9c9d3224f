import type { ApprovalView } from '../presentation/text/approval-view.ts';
import { factSections, formatDisabled } from '../presentation/text/case-facts.ts';
import { contractNotice, formatReversibility, warningsAbout } from '../presentation/text/cautions.ts';
import { formatTime, momentLines } from '../presentation/text/format-time.ts';
import { plainLine } from '../presentation/text/plain-text.ts';
import {
  blocksWithin,
  contextBlock,
  headerBlock,
  paragraphBlock,
  type SlackBlock,
  type SlackMessage,
} from './slack-blocks.ts';
import { buttonsOf } from './slack-buttons.ts';
import { factBlocks } from './slack-facts.ts';
import { cutForSlack, escapeMrkdwn, slackLine } from './slack-text.ts';

const LONGEST_NAME = 80;

/** The question to one approver, in a direct message: the facts and effects of the page, and their own link to it. */
export function composeApprovalSlackMessage(view: ApprovalView & { readonly link: string }): SlackMessage {
  const facts = factSections(view).flatMap(({ title, facts }) => factBlocks(title, facts));
  return compose(view, {
    facts,
    link: view.link,
    closing:
      'Choices that cannot be undone, and reinstating, are made on the page. Its link is yours alone: do not pass it on.',
  });
}

/**
 * The question in a channel, for everybody who was asked. It holds nobody's link, because whoever opens a link speaks
 * as its owner; and a click counts only if the person who clicks was asked.
 */
export function composeChannelSlackMessage(view: ApprovalView): SlackMessage {
  const aboutCase = factSections(view).filter(({ facts }) => !facts.some(({ label }) => label === 'You'));
  const asked = [view.approver, ...view.others].map(({ displayName, role }) => plainLine(`${displayName}, ${role}`));
  const question = [
    { label: 'Asked', lines: asked },
    { label: 'Decide before', lines: momentLines(view.expiresAt, view.timeZone) },
    { label: 'Case', lines: [plainLine(view.caseId)] },
  ];
  const facts = [...aboutCase, { title: 'Who was asked', facts: question }].flatMap((section) =>
    factBlocks(section.title, section.facts),
  );
  return compose(view, {
    facts,
    link: undefined,
    closing:
      'Only those who were asked can decide. Choices that cannot be undone, and reinstating, are made on the page: each approver has a link of their own by mail or direct message.',
  });
}

interface Parts {
  readonly facts: readonly SlackBlock[];
  readonly link: string | undefined;
  readonly closing: string;
}

function compose(view: ApprovalView, { facts, link, closing }: Parts): SlackMessage {
  const name = cutForSlack(slackLine(view.leaver.displayName), LONGEST_NAME);
  const subject = `Decide: LastPass account of ${name} (disabled)`;
  const before = formatTime(view.expiresAt, view.timeZone);
  const head = [
    headerBlock(subject),
    paragraphBlock(
      `${formatDisabled(view)} Nobody can log in. If nobody decides before ${before}, it stays so: silence never deletes.`,
    ),
  ];
  const warnings = warningsAbout(view).map(({ lead, advice }) => paragraphBlock(`⚠ ${slackLine(`${lead} ${advice}`)}`));
  const elements = buttonsOf(view, link);
  const tail = [
    ...choiceBlocks(view),
    // Slack refuses a row without buttons, which a channel has where every choice is made on the page.
    ...(elements.length > 0 ? [{ type: 'actions' as const, elements }] : []),
    contextBlock(closing),
  ];
  return {
    text: escapeMrkdwn(`${subject}. Decide before ${before}.`),
    blocks: blocksWithin([...head, ...warnings, ...facts], tail),
  };
}

function choiceBlocks(view: ApprovalView): readonly SlackBlock[] {
  const choices = view.effects.map((effect) => ({
    label: effect.label,
    lines: [`${formatReversibility(effect)}.`, effect.meaning],
  }));
  return [...factBlocks('The choices', choices), paragraphBlock(contractNotice(view.contract).text)];
}
