import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

/** Sends each write twice and tells of the second, as the SDK does when the first one's answer got lost. */
export function sendingWritesTwice(documents: DynamoDBDocumentClient): Pick<DynamoDBDocumentClient, 'send'> {
  const send = documents.send.bind(documents);
  return new Proxy(documents, {
    get: (target, name) => (name === 'send' ? sendTwice : Reflect.get(target, name)),
  });
  async function sendTwice(command: Parameters<typeof send>[0]) {
    const isWrite = [PutCommand, UpdateCommand].some((kind) => command instanceof kind);
    if (isWrite) await send(command);
    return send(command);
  }
}
