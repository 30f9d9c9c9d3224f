import type { CaseStore } from '../cases/case-store.ts';
import type { ContractName } from '../domain/effect.ts';
import { canonicalJson, chain, sha256 } from '../domain/evidence.ts';
import type { CaseIn, OffboardingCase } from '../domain/offboarding-case.ts';
import type { Routed } from '../domain/route.ts';
import { appendTimeline } from '../domain/timeline.ts';
import type { EvidenceStore } from '../evidence/evidence-store.ts';

/** The form of what is sealed. Since 2, timeline entries have codes. */
const EVIDENCE_SCHEMA = 2;

interface SealEvidenceDeps {
  readonly cases: Pick<CaseStore, 'find' | 'replace'>;
  readonly evidence: EvidenceStore;
  readonly contract: ContractName;
  readonly now: () => Date;
}

interface Failure {
  readonly state: string;
  readonly error: string;
  readonly message: string;
}

interface SealEvidenceInput {
  readonly executionArn: string;
  /** What the workflow knows at its end: a case, a route that ends without one, or a failure. */
  readonly ending: Readonly<Record<string, unknown>>;
  readonly caseId?: string | undefined;
  readonly failure?: Failure | undefined;
}

interface SealEvidenceResult extends Routed<'Seal evidence'> {
  readonly caseId?: string;
  readonly evidenceKey: string;
  readonly evidenceSha256: string;
}

/**
 * Every way out of the workflow comes through here. A case that ended is sealed whole; an execution that had nothing
 * to run (a duplicate, a parked event, one that was superseded) leaves a record of its own.
 * Second run: the object that is there stays, and its hash is the one recorded.
 */
export function sealEvidence(deps: SealEvidenceDeps) {
  return async (input: SealEvidenceInput): Promise<SealEvidenceResult> => {
    const current = input.caseId === undefined ? undefined : await deps.cases.find(input.caseId);
    if (current?.executionArn !== input.executionArn) return sealExecution(deps, input);
    const finished = current.status === 'finished' ? current : await fail(deps, current, input.failure);
    const { evidenceKey, evidenceSha256 } = await seal(deps, `cases/${finished.caseId}/${nameOf(input)}.json`, {
      kind: 'case',
      ...sealedPart(finished),
      contract: deps.contract,
      timeline: chain(finished.caseId, finished.timeline),
    });
    if (!finished.evidence) {
      await deps.cases.replace(finished, { ...finished, evidence: { key: evidenceKey, sha256: evidenceSha256 } });
    }
    return { caseId: finished.caseId, evidenceKey, evidenceSha256, route: 'tell' };
  };
}

async function sealExecution(deps: SealEvidenceDeps, input: SealEvidenceInput): Promise<SealEvidenceResult> {
  const { executionArn, failure, ending, caseId } = input;
  const record = { kind: 'execution', executionArn, caseId, failure, ending, sealedAt: deps.now().toISOString() };
  const sealed = await seal(deps, `executions/${nameOf(input)}.json`, record);
  // An event that could be neither opened nor parked is lost unless somebody acts; being superseded is no fault.
  return { ...sealed, route: failure ? 'person' : 'quiet' };
}

async function seal(deps: SealEvidenceDeps, evidenceKey: string, record: Record<string, unknown>) {
  const stored = await deps.evidence.seal(evidenceKey, canonicalJson({ schemaVersion: EVIDENCE_SCHEMA, ...record }));
  return { evidenceKey, evidenceSha256: sha256(stored) };
}

/** Everything of the case but its bookkeeping. */
function sealedPart(finished: CaseIn<'finished'>) {
  const {
    version: _version,
    evidence: _evidence,
    toldOutcome: _toldOutcome,
    signalledAt: _signalledAt,
    ...part
  } = finished;
  return part;
}

/** A case whose workflow ends before its own end: what failed is its outcome, and a person must look. */
async function fail(
  deps: SealEvidenceDeps,
  current: Exclude<OffboardingCase, { status: 'finished' }>,
  failure: Failure = {
    state: 'unknown',
    error: 'EndedWithoutOutcome',
    message: 'the workflow ended without an outcome',
  },
): Promise<CaseIn<'finished'>> {
  const at = deps.now().toISOString();
  const facts = { state: failure.state, error: failure.error, statusThen: current.status };
  return deps.cases.replace(current, {
    ...current,
    status: 'finished',
    finishedAt: at,
    outcome: {
      kind: 'failed',
      summary: `A person is needed: ${failure.state} did not succeed. ${standing(current)}`,
      failure,
    },
    toldOutcome: [],
    timeline: appendTimeline(current, { at, step: failure.state, code: 'step-failed', facts }),
  });
}

/** What is known of the account when a workflow fails, so that nobody has to guess how urgent it is. */
function standing(current: OffboardingCase): string {
  if (current.status === 'opened') return 'The account is NOT known to be disabled.';
  if (current.status === 'committed') return 'The decided effect was begun; look at the account in LastPass.';
  return 'The account was disabled, and nothing was deleted.';
}

function nameOf({ executionArn }: SealEvidenceInput): string {
  return executionArn.slice(executionArn.lastIndexOf(':') + 1);
}
