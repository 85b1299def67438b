/**
 * PageTable: Map.
 *
 * INV2: what a user leaf maps is a frame of type User, or a page of a device.
 * INV6: no leaf is both writable and executable.
 * INV9: each leaf was made by Map, through a capability that allowed its permissions at that time.
 */

import { ERROR_BAD_ARGUMENT, ERROR_BUSY, ERROR_OCCUPIED, ERROR_OK } from '../abi/errors.ts';
import { FRAME_TYPE_USER } from '../abi/frame-types.ts';
import { CAPABILITY_TABLE_SLOTS } from '../abi/identifiers.ts';
import { KIND_DEVICE, KIND_FRAMES } from '../abi/kinds.ts';
import { type Outcome } from '../abi/outcome.ts';
import { frameNumber, virtualAddress } from '../base/address.ts';
import { frameAcquire, frameIsReferenced, frameRefuse, frameUnreference } from '../base/frame-count.ts';
import { currentHart, hartOnEntry } from '../base/hart.ts';
import { capabilityRefuse, capabilityOwn, capabilityRangeAt, capabilitySlot } from '../capability/resolve.ts';
import { type Operation, type Slot, SLOT_KIND_MASK, slotAt, slotHeader, slotMeets } from '../capability/slot.ts';
import { fenceInstructions, fenceTranslations } from '../machine/barrier.ts';
import { pageTableEntryAt, PTE_EXECUTE, PTE_UNCOUNTED, PTE_USER, pteAllows, pteLeaf } from '../machine/sv39.ts';
import { pageTableFind } from './page-table-node.ts';

/** Maps one frame of memory or one page of a device into an entry of a node of level 0. */
export function pageTableMap(
  ...[index, source, sourceIndex, permissions, , , header, slot]: Parameters<Operation>
): Outcome {
  const found = pageTableFind(header, slot, index, 0n, 0n);
  if (found.error !== ERROR_OK) return found;
  if (!pteAllows(permissions)) return { error: ERROR_BAD_ARGUMENT, value: 3n };
  if (source >= CAPABILITY_TABLE_SLOTS) return mapDeep(found.value, source, sourceIndex, permissions);
  return mapFrom(found.value, source, sourceIndex, permissions, capabilityOwn(hartOnEntry(), source));
}

/** Map from a source that is named by a deeper id. @cold */
function mapDeep(entry: u64, source: u64, sourceIndex: u64, permissions: u64): Outcome {
  const named = capabilitySlot(currentHart(), source, 1n);
  if (named.error !== ERROR_OK) return named;
  return mapFrom(entry, source, sourceIndex, permissions, slotAt(virtualAddress(named.value)));
}

/** Map into the entry at an address from the slot that the id `source` has led to. */
function mapFrom(address: u64, source: u64, sourceIndex: u64, permissions: u64, memory: Slot): Outcome {
  const header = memory.header.load();
  const frames: u64 = slotHeader(KIND_FRAMES, permissions);
  const isMemory = slotMeets(header, frames);
  if (!isMemory && !slotMeets(header, slotHeader(KIND_DEVICE, permissions)))
    return mapRefuse(header, source, permissions);
  const page = capabilityRangeAt(memory, header, sourceIndex);
  if (page.error !== ERROR_OK) return page;
  const entry = pageTableEntryAt(address);
  if (entry.word.load() !== 0n) return { error: ERROR_OCCUPIED, value: 0n };
  const frame = frameNumber(page.value);
  let leaf = pteLeaf(frame, permissions | PTE_USER);
  if (isMemory) {
    const word = frameAcquire(frame);
    if (!frameIsReferenced(word, FRAME_TYPE_USER)) return frameRefuse(frame, word, FRAME_TYPE_USER);
  } else leaf = leaf | PTE_UNCOUNTED;

  if (entry.word.compareExchange(0n, leaf)) {
    fenceTranslations();
    // What was stored into the frame, by the kernel that zeroed it or by a component, is what this hart fetches.
    if ((permissions & PTE_EXECUTE) !== 0n) fenceInstructions();
    return { error: ERROR_OK, value: 0n };
  }
  if (isMemory) frameUnreference(frame);
  return { error: ERROR_BUSY, value: 0n };
}

/** Says why a capability is none to map from with these permissions. @cold */
function mapRefuse(header: u64, source: u64, permissions: u64): Outcome {
  const kind: u64 = header & SLOT_KIND_MASK;
  return capabilityRefuse(header, source, kind === KIND_DEVICE ? KIND_DEVICE : KIND_FRAMES, permissions);
}
