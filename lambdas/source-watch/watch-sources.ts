import type { HeartbeatStore } from './heartbeat-store.ts';
import type { WatchedSource } from './watched-source.ts';

interface WatchSourcesDeps {
  readonly sources: readonly WatchedSource[];
  readonly clock: Pick<HeartbeatStore, 'lastHeardAt'>;
  readonly now: () => Date;
}

/** A source that has been quiet for longer than it may. */
interface SilentSource {
  readonly system: string;
  /** Whole days. */
  readonly days: number;
}

const DAY_MS = 86_400_000;

/**
 * Finds the sources from which nothing was heard for too long: a webhook that was switched off looks like a company that
 * nobody leaves. CloudWatch's own alarms cannot tell, because they look back for seven days at most
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html).
 * Second run: the same answer; the clock of a new source started with the first.
 */
export function watchSources({ sources, clock, now }: WatchSourcesDeps) {
  return async (): Promise<readonly SilentSource[]> => {
    const silent: SilentSource[] = [];
    for (const { system, silentAfterDays } of sources) {
      const since = await clock.lastHeardAt(system, now());
      const days = (now().getTime() - since.getTime()) / DAY_MS;
      if (days > silentAfterDays) silent.push({ system, days: Math.floor(days) });
    }
    return silent;
  };
}
