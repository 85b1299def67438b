/** Shows the boot archive. */

import { BootInfo } from '../../kernel-src/abi/boot-info.ts';
import { archiveMember, ARCHIVE_NAME_LIMIT, type ArchiveMember } from '../lib/archive.ts';
import { printByte, printDecimalAt, printLine, printText } from '../lib/console.ts';
import { memoryByte } from '../lib/memory.ts';
import { reportFailure, reportTitle } from './report.ts';

/** Most members that are shown. */
const MEMBER_LIMIT: u32 = 64;
/** Where the size of a member ends. */
const SIZE_END: u32 = 36;

function showMember(member: ArchiveMember): void {
  printText('  ');
  for (let index: u64 = 0n; index < ARCHIVE_NAME_LIMIT; index++) {
    if (index === member.nameLength) break;
    printByte(u64(memoryByte(member.name + index)));
  }
  printDecimalAt(member.size, SIZE_END);
  printText(' bytes');
  printLine();
}

/** The members of the archive. */
export function showArchive(info: BootInfo): void {
  reportTitle('Boot archive');
  let member = archiveMember(info.archive, info.archiveSize, 0n);
  for (let count: u32 = 0; count < MEMBER_LIMIT; count++) {
    if (!member.found) break;
    showMember(member);
    member = archiveMember(info.archive, info.archiveSize, member.next);
  }
  if (member.found) printText('  further members are not shown\n');
  if (!member.damaged) return;
  printText('  the archive is damaged here\n');
  reportFailure();
}
