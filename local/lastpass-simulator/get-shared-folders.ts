import type { Company } from './company.ts';
import type { SimulatedFolder } from './directory-state.ts';
import { type Command, type Reply, writeFlag } from './reply.ts';

/** `getsfdata` (docs/lastpass-contract.md section a.5); `"all"` lists super admins too. */
export const getSharedFolders: Command = (company, data) => writeFolders(company, data, false);

/** `getdetailedsfdata`: the same with the sites of each member. */
export const getDetailedSharedFolders: Command = (company, data) => writeFolders(company, data, true);

function writeFolders(company: Company, data: unknown, hasSites: boolean): Reply {
  const { folders } = company.directory;
  const visible = folders.filter((folder) => !folder.isDeleted || company.quirks.hasNewerFolderFields);
  return Object.fromEntries(
    visible.map((folder) => [
      folder.folderId,
      {
        sharedfoldername: folder.name,
        score: 99,
        ...(company.quirks.hasNewerFolderFields ? { deleted: folder.isDeleted } : {}),
        users: writeMembers(company, folder, { hasSuperAdmins: data === 'all', hasSites }),
      },
    ]),
  );
}

interface MemberView {
  readonly hasSuperAdmins: boolean;
  readonly hasSites: boolean;
}

function writeMembers({ quirks }: Company, folder: SimulatedFolder, view: MemberView): readonly Reply[] {
  const shown = folder.members.filter((member) => view.hasSuperAdmins || !member.isSuperAdmin);
  return shown.map((member) => ({
    username: member.username,
    readonly: writeFlag(member.isReadOnly, quirks.folderFlags),
    give: writeFlag(member.canAdminister, quirks.folderFlags),
    can_administer: writeFlag(member.canAdminister, quirks.folderFlags),
    ...(quirks.hasNewerFolderFields ? { superadmin: member.isSuperAdmin, group_name: null } : {}),
    ...(view.hasSites ? { sites: folder.sites } : {}),
  }));
}
