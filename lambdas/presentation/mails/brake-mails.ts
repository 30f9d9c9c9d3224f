import type { Pause } from '../../domain/brake/pause.ts';
import { formatPerson } from '../text/format-approvals.ts';
import { formatPause } from '../text/format-pause.ts';
import { formatTime, momentLines } from '../text/format-time.ts';
import { possibleSeconds, type ResumeView, resumeFacts } from '../text/resume-view.ts';
import { composeMail } from './compose-mail.ts';
import type { ComposedMail, MailBlock } from './mail-blocks.ts';

const AS_ALWAYS = 'Leavers are disabled as always, and what can be undone may be decided as always.';

/** Tells everybody who decides, and the operators, that nothing irreversible is decided or carried out for the time being. It asks for nothing. */
export function composePausedMail(pause: Pause, timeZone: string): ComposedMail {
  return composeMail('Paused: removing and deleting accounts', [
    {
      kind: 'note',
      tone: 'warn',
      lead: 'Removing and deleting accounts is paused for everybody.',
      text: `${formatPause({ kind: 'paused', pause }, timeZone)} ${AS_ALWAYS}`,
    },
    { kind: 'heading', text: 'What happens next' },
    {
      kind: 'list',
      items: [
        'What approvers have decided stays on record and waits. Each decision can be taken back behind its own link.',
        'The operators of the offboarding look into it with HR: “offboard deletes status” tells what waits.',
        'It resumes once an operator has asked for it and two approvers in different roles have confirmed it. Approvers are sent a link of their own then.',
      ],
    },
  ]);
}

/** Asks an approver to confirm that deletes resume. */
export function composeResumeMail(view: ResumeView & { readonly link: string }): ComposedMail {
  const seconds = possibleSeconds(view);
  return composeMail('Please confirm or leave it: resume removing and deleting accounts', [
    {
      kind: 'note',
      tone: 'warn',
      lead: 'Removing and deleting accounts is paused for everybody, and an operator asks to resume it.',
      text: 'That takes two approvers in different roles. Look first: the page says at what.',
    },
    { kind: 'link', label: 'Open the page and look', url: view.link },
    {
      kind: 'paragraph',
      text: 'Opening the link confirms nothing: it shows a page, and only sending the form there does. The link is yours alone, so do not forward this mail.',
    },
    ...resumeFacts(view).flatMap(({ title, facts }): readonly MailBlock[] => [
      { kind: 'heading', text: title },
      { kind: 'facts', facts },
    ]),
    ...(seconds.length > 0
      ? [
          { kind: 'heading', text: 'Who else can confirm, with you' } as const,
          { kind: 'list', items: seconds } as const,
        ]
      : []),
    { kind: 'paragraph', text: 'If you do nothing, it stays paused.' },
  ]);
}

/** Tells that deletes resume, and by whom. */
export function composeResumedMail({ resumed }: Pause, timeZone: string): ComposedMail {
  if (!resumed) throw new TypeError('this pause has not ended');
  return composeMail('Resumed: removing and deleting accounts', [
    {
      kind: 'note',
      tone: 'good',
      lead: `Removing and deleting accounts resumed ${formatTime(resumed.at, timeZone)}.`,
      text: 'What was decided before is carried out within about an hour, once its hold is over.',
    },
    { kind: 'heading', text: 'Who confirmed it' },
    {
      kind: 'facts',
      facts: resumed.confirmations.map(({ approver, confirmedAt }) => ({
        label: formatPerson(approver),
        lines: momentLines(confirmedAt, timeZone),
      })),
    },
    {
      kind: 'paragraph',
      text: 'If that was wrong, have an operator pause it again at once: “offboard deletes pause”. A decision that has not been carried out can be taken back behind its own link.',
    },
  ]);
}
