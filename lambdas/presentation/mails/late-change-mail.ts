import type { EventFault } from '../../domain/hr-events/hr-event.ts';
import { decisionFacts, type ToldCase } from '../text/decision-facts.ts';
import { plainLine } from '../text/plain-text.ts';
import { composeMail, nameInSubject } from './compose-mail.ts';
import type { ComposedMail } from './mail-blocks.ts';

interface LateChangeMailView extends ToldCase {
  /** What of HR's event can no longer be done, why, and what people should do. */
  readonly fault: EventFault;
}

/** What HR asked for, by the field that comes too late. */
const LEADS: Readonly<Record<string, string>> = {
  'detail-type': 'HR took the termination back, and it is too late.',
  'detail.data.employee': 'This person was reported as active again.',
  'detail.data.terminationId': 'One report was taken back, and another one still stands.',
  'detail.data.lastWorkingMoment': 'HR changed the last working day, and it is too late.',
  'detail.data.employee.workEmail': 'HR corrected the address, and it is too late.',
};

/** Where the field alone does not say it. */
const LEADS_BY_CODE: Readonly<Partial<Record<NonNullable<EventFault['code']>, string>>> = {
  'decided by people': 'HR took the termination back after people decided.',
  'too many cancellations': 'HR takes back more terminations than it may by itself.',
  'another address': 'HR names another address for this termination.',
};

/** Tells that HR asked for something that can no longer be done. It holds no link: nothing can be decided by it. */
export function composeLateChangeMail(view: LateChangeMailView): ComposedMail {
  const { fault } = view;
  const lead =
    (fault.code && LEADS_BY_CODE[fault.code]) ??
    LEADS[fault.field] ??
    'HR asks for something that can no longer be done.';
  return composeMail(`HR’s change not carried out: LastPass account of ${nameInSubject(view.leaver)}`, [
    { kind: 'note', tone: 'bad', lead, text: textOf(fault) },
    { kind: 'heading', text: 'What to do now' },
    {
      kind: 'list',
      items: [
        sentence(fault.remedy),
        'For the operators of the offboarding: “offboard parked” shows the event with its reason.',
      ],
    },
    { kind: 'heading', text: 'The case' },
    { kind: 'facts', facts: decisionFacts(view) },
  ]);
}

/** What that means for the account, or why it is so. */
function textOf({ field, problem, code }: EventFault): string {
  const plain = plainLine(problem);
  if (code === 'another address') return `The address ${plain}.`;
  switch (field) {
    case 'detail.data.terminationId':
      return 'Another report still says that this person has left, so the account stays disabled.';
    case 'detail.data.employee':
      return 'The account stays disabled, and nothing that cannot be undone is decided or carried out until an operator has looked.';
    case 'detail.data.lastWorkingMoment':
      return `The new last working moment ${plain}. It stays disabled.`;
    case 'detail.data.employee.workEmail':
      return `The address ${plain}. That account stays disabled.`;
    default:
      return `The change ${plain}.`;
  }
}

function sentence(text: string): string {
  const plain = plainLine(text);
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}.`;
}
