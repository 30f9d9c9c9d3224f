import type { LocalHrSystem } from './local-hr-systems.ts';

/** An invented HR system for the generic webhook: a notification for each employee, with the time of sending in a header. */
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
];
