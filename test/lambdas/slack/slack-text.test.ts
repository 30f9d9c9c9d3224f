import { describe, expect, it } from 'vitest';
import { cutForSlack, escapeMrkdwn, slackLine } from '../../../lambdas/slack/slack-text.ts';

describe('what people wrote, in Slack', () => {
  it.each([
    ['a call to everybody', 'Jane <!channel>', 'Jane ‹!channel›'],
    ['a call to a person', '<@U0ALEX> Doe', '‹@U0ALEX› Doe'],
    ['a link with a label', '<https://evil.example|your bank>', '‹(web address removed) bank›'],
    ['a bare web address', 'https://evil.example/x Jane', '(web address removed) Jane'],
    ['a direction override', 'Jane \u202Emoc.live', 'Jane moc.live'],
    ['line breaks that imitate our lines', 'Jane\nDecided by Alex', 'Jane Decided by Alex'],
  ])('loses its power: %s', (_what, text, shown) => {
    expect(slackLine(text)).toBe(shown);
  });

  it('keeps names as people write them', () => {
    const names = ['Žofie Müller-O’Brien', 'ג׳יין דו', 'Smith & Sons'];
    expect(names.map(slackLine)).toEqual(names);
  });

  it('is escaped where Slack parses it, once', () => {
    expect(escapeMrkdwn('a & b <!here> &lt;')).toBe('a &amp; b &lt;!here&gt; &amp;lt;');
  });

  it('is cut between characters, in the units that Slack counts, and says so', () => {
    const family = '👩\u200D👩\u200D👧';
    expect(cutForSlack(family.repeat(3), 20)).toBe(`${family.repeat(2)}…`);
    expect(cutForSlack('x'.repeat(20), 20)).toBe('x'.repeat(20));
    const cut = cutForSlack('x'.repeat(21), 20, '… (shortened)');
    expect(cut).toHaveLength(20);
    expect(cut.endsWith('… (shortened)')).toBe(true);
  });
});
