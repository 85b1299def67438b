/** The order of accesses, as other harts, the page walker and the instruction fetch see it. Each function acts on this hart. */

/** No access to memory after it is performed before one that is before it (`fence rw, rw`). @shared */
export declare function fenceMemory(): void;
/** No load after it is performed before a load that is before it (`fence r, r`). @shared */
export declare function fenceReads(): void;
/** Instructions fetched after it see what was stored before it (`fence.i`). @shared */
export declare function fenceInstructions(): void;
/** No translation that was cached before it is used after it (`sfence.vma`, all addresses, all address spaces). @shared */
export declare function fenceTranslations(): void;
