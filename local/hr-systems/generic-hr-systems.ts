import type { LocalHrSystem } from './local-hr-systems.ts';

/**
 * Two invented HR systems for the generic webhook. One sends a notification for each employee, with the time of sending
 * in a header; the other a list of notifications, with the time in the body.
 */
export const GENERIC_HR_SYSTEMS: readonly LocalHrSystem[] = [
  {
    name: 'workday-like',
    kind: 'generic',
    title: 'workday-like',
    signingKey: 'local-signing-key-of-workday-like',
    settings: {
      signature: {
        header: 'X-Signature',
        algorithm: 'sha256',
        encoding: 'hex',
        signs: '{timestamp}.{body}',
        timestampHeader: 'X-Timestamp',
      },
      events: [
        {
          when: "process == 'Terminate Employee' && status == 'Completed'",
          event: 'Employee Terminated',
          fields: {
            terminationId: 'processId',
            employeeId: 'worker.id',
            workEmail: 'worker.primaryWorkEmail',
            displayName: 'worker.preferredName',
            managerEmail: 'worker.manager.email',
            managerName: 'worker.manager.name',
            lastWorkingMoment: 'termination.lastDayOfWork',
            timeZone: 'worker.location.timeZone',
            location: 'worker.location.name',
            reason: 'termination.reason',
            eventId: 'notificationId',
            occurredAt: 'completedOn',
          },
        },
        {
          when: "process == 'Terminate Employee' && status == 'Rescinded'",
          event: 'Employee Termination Cancelled',
          fields: {
            terminationId: 'processId',
            employeeId: 'worker.id',
            eventId: 'notificationId',
            occurredAt: 'completedOn',
          },
        },
      ],
    },
  },
  {
    name: 'adp-like',
    kind: 'generic',
    title: 'adp-like',
    signingKey: 'local-signing-key-of-adp-like',
    settings: {
      signature: {
        header: 'Hook-Signature',
        algorithm: 'sha512',
        encoding: 'base64',
        prefix: 'v1=',
        signs: '{body}',
        sentAt: 'sentAt',
      },
      maxAgeSeconds: 3600,
      each: 'events',
      events: [
        {
          when: "code == 'worker.terminated'",
          event: 'Employee Terminated',
          fields: {
            terminationId: "join('/', [associate.id, associate.hiredOn])",
            employeeId: 'associate.id',
            workEmail: "associate.mails[?type == 'work'].address | [0]",
            displayName: "join(' ', [associate.givenName, associate.familyName])",
            immediate: '`true`',
            eventId: 'id',
            occurredAt: 'at',
          },
        },
        {
          when: "code == 'worker.rehired'",
          event: 'Employee Rehired',
          fields: {
            terminationId: "join('/', [associate.id, associate.previouslyHiredOn])",
            employeeId: 'associate.id',
            eventId: 'id',
            occurredAt: 'at',
          },
        },
      ],
    },
  },
];
