/** Where the parts of the kernel's image are: kernel addresses that the linker script sets, each a multiple of 4096. */

/** The first byte of the image, which is code. */
export declare function imageStart(): u64;
/** The end of the code, where the constants begin. */
export declare function imageTextEnd(): u64;
/** The end of the constants, where the data begin. */
export declare function imageConstantsEnd(): u64;
/** The end of the image, data that start as zeros and memory that is not cleared included. */
export declare function imageEnd(): u64;
/** `KERNEL_TABLE_LIMIT` pages for page tables. The first two hold the map that the entry code made. */
export declare function imageTables(): u64;
/** A copy of the device tree, `DEVICE_TREE_LIMIT` bytes: valid up to the size that its header states. */
export declare function imageDeviceTree(): u64;
/** The memory of the harts: `HART_LIMIT` areas of `HART_AREA_SIZE` bytes. */
export declare function imageHartAreas(): u64;
/** The kernel's own root page table: its upper half is the template of every other root. */
export declare function kernelRoot(): u64;
