import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** What one provider remembers, for as long as it runs. Each provider has its own, so that tests do not meet. */
export function inMemoryAdapter(): AdapterFactory {
  const models = new Map<string, Map<string, AdapterPayload>>();
  return (name) => {
    const items = models.get(name) ?? new Map<string, AdapterPayload>();
    models.set(name, items);
    return adapterOf(items);
  };
}

function adapterOf(items: Map<string, AdapterPayload>): Adapter {
  const findBy = (isIt: (item: AdapterPayload) => boolean) => [...items.values()].find(isIt);
  return {
    async upsert(id, payload) {
      items.set(id, payload);
    },
    find: async (id) => items.get(id),
    findByUid: async (uid) => findBy((item) => item.uid === uid),
    findByUserCode: async (userCode) => findBy((item) => item.userCode === userCode),
    async consume(id) {
      const item = items.get(id);
      if (item) items.set(id, { ...item, consumed: Math.floor(Date.now() / 1000) });
    },
    async destroy(id) {
      items.delete(id);
    },
    async revokeByGrantId(grantId) {
      for (const [id, item] of items) if (item.grantId === grantId) items.delete(id);
    },
  };
}
