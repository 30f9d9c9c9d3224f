import type { DecisionNews } from '../../domain/decision-news.ts';
import { deciderNames, decisionFacts, reasonsOf } from '../text/decision-facts.ts';
import { formatTime } from '../text/format-time.ts';
import { plainLine } from '../text/plain-text.ts';
import { composeMail, nameInSubject } from './compose-mail.ts';
import type { ComposedMail, MailBlock } from './mail-blocks.ts';

interface NewsReader {
  /** IANA zone of the reader. */
  readonly timeZone: string;
  /** The approver's own link to where a held decision can be taken back. */
  readonly link?: string | undefined;
  /** Operators have no link: they have the command line. */
  readonly isOperator: boolean;
}

/** News of a decision for one reader: what, who, until when, and the way back while there is one. */
export function composeNewsMail(news: DecisionNews, reader: NewsReader): ComposedMail {
  const { lead, text, tone } = saidOf(news, reader);
  return composeMail(`${subjectOf(news)} (LastPass account of ${nameInSubject(news.leaver)})`, [
    { kind: 'note', tone, lead, text },
    ...wayBack(news, reader),
    { kind: 'heading', text: 'The case' },
    { kind: 'facts', facts: decisionFacts({ ...news, undone: news.takenBack, timeZone: reader.timeZone }) },
    ...reasonBlocks(news),
  ]);
}

function subjectOf({ kind, decision }: DecisionNews): string {
  switch (kind) {
    case 'held':
      return `Can still be stopped: ${decision.effect.label}`;
    case 'taken-back':
      return `Taken back: ${decision.effect.label}`;
    case 'reinstating':
      return 'Access is given back';
  }
}

function saidOf(news: DecisionNews, { timeZone }: NewsReader) {
  const { kind, decision, holdUntil, takenBack } = news;
  const { label, meaning } = decision.effect;
  const who = deciderNames(decision).join(' and ');
  switch (kind) {
    case 'held': {
      const until = holdUntil === undefined ? 'its hold ends' : formatTime(holdUntil, timeZone);
      const lead = `${who} decided: ${label}. It waits until ${until}.`;
      const text = `${meaning} Until then it can be taken back, and the account stays disabled. Afterwards it cannot be undone.`;
      return { lead, text, tone: 'warn' } as const;
    }
    case 'taken-back': {
      const by = takenBack ? nameOf(takenBack.by, news) : 'Somebody';
      const lead = 'The decision was taken back: the account stays disabled.';
      const text = `${by} took back what ${who} had decided: ${label}. Nothing was deleted.`;
      return { lead, text, tone: 'good' } as const;
    }
    case 'reinstating': {
      const lead = `${who} decided: ${label}.`;
      return { lead, text: `${meaning} It is carried out at once.`, tone: 'bad' } as const;
    }
  }
}

/** The name of an approver; operators are known by their identity at AWS only. */
function nameOf(by: string, { approvers }: DecisionNews): string {
  return plainLine(approvers.find(({ email }) => email === by)?.displayName ?? by);
}

/** What the reader can do about it. */
function wayBack({ kind, caseId }: DecisionNews, { link, isOperator }: NewsReader): readonly MailBlock[] {
  switch (kind) {
    case 'held':
      return [
        ...(link === undefined
          ? []
          : ([{ kind: 'link', label: 'Open the page and take it back', url: link }] as const)),
        { kind: 'heading', text: 'If this is not right' },
        {
          kind: 'list',
          items: [
            isOperator
              ? `Take it back: offboard undo ${caseId} --reason "…"`
              : 'Open the page and take it back. You need nobody’s agreement for that, and opening the page changes nothing yet. The link is yours alone: do not forward this mail.',
            'If somebody is named here who did not decide this, take it back and tell your security team.',
          ],
        },
        { kind: 'heading', text: 'If it is' },
        {
          kind: 'paragraph',
          text: isOperator
            ? 'There is nothing to do. Once it is carried out, those who were asked are told what LastPass shows.'
            : 'There is nothing to do. Once it is carried out, another mail says what LastPass shows.',
        },
      ];
    case 'taken-back':
      return [
        { kind: 'heading', text: 'What to do now' },
        {
          kind: 'list',
          items: [
            isOperator
              ? `To have it decided again: offboard reopen ${caseId} --reason "…"`
              : 'To decide again, ask the operators of the offboarding to take the case up again. If that is done already, a newer mail asks you.',
          ],
        },
      ];
    case 'reinstating':
      return [
        { kind: 'heading', text: 'If this is not right' },
        {
          kind: 'list',
          items: [
            'Disable the account at once in the LastPass Admin Console: that is always safe, and nothing is lost by it.',
            'Then tell your security team and the operators of the offboarding.',
          ],
        },
      ];
  }
}

function reasonBlocks({ decision }: DecisionNews): readonly MailBlock[] {
  return reasonsOf(decision).flatMap(({ by, lines }): readonly MailBlock[] => [
    { kind: 'heading', text: by === undefined ? 'Reason given' : `Reason given by ${by}` },
    { kind: 'quote', lines },
  ]);
}
