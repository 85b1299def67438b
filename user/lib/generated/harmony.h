/**
 * The interface of Harmony for components in C11 and C++17: numbers, structures, and a function for each operation.
 *
 * Generated from `kernel-src/abi` by `make docs`; `make check` finds it stale after a change there.
 */

#ifndef HARMONY_H
#define HARMONY_H

#include <stddef.h>
#include <stdint.h>

#if !defined(__riscv) || __riscv_xlen != 64
#error "harmony.h is for components, which are RV64 programs: compile with riscv64-unknown-elf-gcc"
#endif

#ifdef __cplusplus
#define HARMONY_STATIC_ASSERT(condition, text) static_assert(condition, text)
#else
#define HARMONY_STATIC_ASSERT(condition, text) _Static_assert(condition, text)
#endif

/*
 * The errors: stable numbers with one meaning each. A number is never used again for anything else. The value beside
 * an error is its detail.
 */

/** The operation was carried out. Detail: the result of the operation. */
#define HARMONY_ERROR_OK UINT64_C(0)
/**
 * The capability id names an empty slot, or a level of it has no table. Detail: the level where the search ended, 0
 * to 3.
 */
#define HARMONY_ERROR_NO_CAPABILITY UINT64_C(1)
/** The capability is of another kind than the operation is for. Detail: the kind that was found. */
#define HARMONY_ERROR_WRONG_KIND UINT64_C(2)
/** The capability lacks rights that the operation needs. Detail: the rights that are missing. */
#define HARMONY_ERROR_MISSING_RIGHTS UINT64_C(3)
/** There is no operation of this number. Detail: the number. */
#define HARMONY_ERROR_BAD_OPERATION UINT64_C(4)
/**
 * An argument is malformed, for example by bits that must be zero. Detail: which one: 0 to 5 for `a0` to `a5`, 7 for
 * the capability id.
 */
#define HARMONY_ERROR_BAD_ARGUMENT UINT64_C(5)
/** An argument is well-formed but too large or too small. Detail: the first value that is too large. */
#define HARMONY_ERROR_OUT_OF_RANGE UINT64_C(6)
/** The frame has a type that the operation is not for. Detail: the frame's word, type and reference count. */
#define HARMONY_ERROR_WRONG_TYPE UINT64_C(7)
/** The frame is still referred to. Detail: its reference count. */
#define HARMONY_ERROR_IN_USE UINT64_C(8)
/** Some hart may still use what was given up. Detail: the stamp that all harts must pass. */
#define HARMONY_ERROR_NOT_QUIESCENT UINT64_C(9)
/** The object still holds references. Detail: the first entry that is in use. */
#define HARMONY_ERROR_NOT_EMPTY UINT64_C(10)
/** The place is taken. Detail: the kind of what is there, or 0. */
#define HARMONY_ERROR_OCCUPIED UINT64_C(11)
/** There is nothing in the place. Detail: 0. */
#define HARMONY_ERROR_EMPTY UINT64_C(12)
/** Another hart was changing the same thing and made progress. Try again. Detail: 0. */
#define HARMONY_ERROR_BUSY UINT64_C(13)
/** A counter is at its limit. Detail: the limit. */
#define HARMONY_ERROR_OVERFLOW UINT64_C(14)
/** A page table of another level is needed. Detail: the level that was found. */
#define HARMONY_ERROR_WRONG_LEVEL UINT64_C(15)
/** The thread is at home on another hart, or the line is bound there. Detail: that hart. */
#define HARMONY_ERROR_WRONG_HART UINT64_C(16)
/** The thread is running, or runs another. Detail: its state. */
#define HARMONY_ERROR_NOT_IDLE UINT64_C(17)
/** The thread is inside an invocation, into which its owner may not look. Detail: 0. */
#define HARMONY_ERROR_IN_INVOCATION UINT64_C(18)
/** The component was retired. Detail: 0. */
#define HARMONY_ERROR_DEAD UINT64_C(19)
/** The called component faulted. Detail: 0. */
#define HARMONY_ERROR_FAULTED UINT64_C(20)
/** The invocation stack or the Run chain has fewer levels left than are needed. Detail: the levels that are left. */
#define HARMONY_ERROR_DEPTH_EXCEEDED UINT64_C(21)

/*
 * The kinds of capability: a number in bits 0 to 3, and its complement in bits 4 to 7. So the bits of one kind are
 * never all in another, and one masked compare tests a slot for a kind and for rights.
 */

/** An empty slot. */
#define HARMONY_KIND_NONE UINT64_C(0)
/** A range of frames of memory. */
#define HARMONY_KIND_FRAMES UINT64_C(225)
/** A range of pages of device memory. */
#define HARMONY_KIND_DEVICE UINT64_C(210)
/** One capability table: a frame of 64 slots. */
#define HARMONY_KIND_CAPABILITY_TABLE UINT64_C(195)
/** One node of a page table. */
#define HARMONY_KIND_PAGE_TABLE UINT64_C(180)
/** An address space and its capability table. */
#define HARMONY_KIND_COMPONENT UINT64_C(165)
/** One thread. */
#define HARMONY_KIND_THREAD UINT64_C(150)
/** An entry point of a component, with a badge. */
#define HARMONY_KIND_INVOCATION UINT64_C(135)
/** The right to make Interrupt capabilities. */
#define HARMONY_KIND_INTERRUPT_CONTROL UINT64_C(120)
/** One interrupt line. */
#define HARMONY_KIND_INTERRUPT UINT64_C(105)
/** One hart. */
#define HARMONY_KIND_HART UINT64_C(90)
/** The console of the firmware, for bring-up. */
#define HARMONY_KIND_CONSOLE UINT64_C(75)
/** The machine. */
#define HARMONY_KIND_SYSTEM UINT64_C(60)
/** The calling thread, named by the id 64; it is in no slot. */
#define HARMONY_KIND_ITSELF UINT64_C(45)

/*
 * The rights that a capability can carry, for each kind: a set of bits, 0 to 15. The rights of a copy are a subset of
 * those of its source.
 */

/** Frames: change the type of a frame. */
#define HARMONY_RIGHT_FRAMES_RETYPE UINT64_C(0x1)
/** Frames: map a frame for reading. */
#define HARMONY_RIGHT_FRAMES_READ UINT64_C(0x2)
/** Frames: map a frame for writing. */
#define HARMONY_RIGHT_FRAMES_WRITE UINT64_C(0x4)
/** Frames: map a frame for execution. */
#define HARMONY_RIGHT_FRAMES_EXECUTE UINT64_C(0x8)
/** Device: map a page for reading. */
#define HARMONY_RIGHT_DEVICE_READ UINT64_C(0x2)
/** Device: map a page for writing. */
#define HARMONY_RIGHT_DEVICE_WRITE UINT64_C(0x4)
/** CapabilityTable: put capabilities into it. */
#define HARMONY_RIGHT_CAPABILITY_TABLE_INSERT UINT64_C(0x1)
/** CapabilityTable: link it below a slot, or make a component with it. */
#define HARMONY_RIGHT_CAPABILITY_TABLE_USE UINT64_C(0x2)
/** CapabilityTable: take capabilities out of it. */
#define HARMONY_RIGHT_CAPABILITY_TABLE_REMOVE UINT64_C(0x4)
/** CapabilityTable: see what is in it. */
#define HARMONY_RIGHT_CAPABILITY_TABLE_INSPECT UINT64_C(0x8)
/** PageTable: map frames and link tables into it. */
#define HARMONY_RIGHT_PAGE_TABLE_MAP UINT64_C(0x1)
/** PageTable: link it into another table, or make a component with it. */
#define HARMONY_RIGHT_PAGE_TABLE_LINK UINT64_C(0x2)
/** PageTable: take entries out of it. */
#define HARMONY_RIGHT_PAGE_TABLE_REMOVE UINT64_C(0x4)
/** PageTable: see what is in it. */
#define HARMONY_RIGHT_PAGE_TABLE_INSPECT UINT64_C(0x8)
/** Component: make threads and entry points in it. */
#define HARMONY_RIGHT_COMPONENT_BIND UINT64_C(0x1)
/** Component: retire it. */
#define HARMONY_RIGHT_COMPONENT_RETIRE UINT64_C(0x2)
/** Thread: run it. */
#define HARMONY_RIGHT_THREAD_RUN UINT64_C(0x1)
/** Thread: signal it, with the bits of the capability's mask. */
#define HARMONY_RIGHT_THREAD_SIGNAL UINT64_C(0x2)
/** Thread: read and write its registers, and see the details of its faults. */
#define HARMONY_RIGHT_THREAD_REGISTERS UINT64_C(0x4)
/** Thread: give it another home hart. */
#define HARMONY_RIGHT_THREAD_MIGRATE UINT64_C(0x8)
/** Invocation: call it. */
#define HARMONY_RIGHT_INVOCATION_CALL UINT64_C(0x1)
/** InterruptControl, Interrupt: bind a line to a thread. */
#define HARMONY_RIGHT_INTERRUPT_BIND UINT64_C(0x1)
/** Interrupt: acknowledge the line. */
#define HARMONY_RIGHT_INTERRUPT_ACKNOWLEDGE UINT64_C(0x2)
/** Hart: start it. */
#define HARMONY_RIGHT_HART_START UINT64_C(0x1)
/** Console: write to it. */
#define HARMONY_RIGHT_CONSOLE_WRITE UINT64_C(0x1)
/** System: shut the machine down, or start it again. */
#define HARMONY_RIGHT_SYSTEM_SHUTDOWN UINT64_C(0x1)
/** All rights of frames: what the first component gets. */
#define HARMONY_RIGHTS_FRAMES UINT64_C(0xf)
/** All rights of a device. */
#define HARMONY_RIGHTS_DEVICE UINT64_C(0x6)
/** All rights of a capability table: what its maker gets. */
#define HARMONY_RIGHTS_CAPABILITY_TABLE UINT64_C(0xf)
/** All rights of a page table. */
#define HARMONY_RIGHTS_PAGE_TABLE UINT64_C(0xf)
/** All rights of a component. */
#define HARMONY_RIGHTS_COMPONENT UINT64_C(0x3)
/** All rights of a thread. */
#define HARMONY_RIGHTS_THREAD UINT64_C(0xf)
/** All rights of an invocation. */
#define HARMONY_RIGHTS_INVOCATION UINT64_C(0x1)
/** All rights of an interrupt. */
#define HARMONY_RIGHTS_INTERRUPT UINT64_C(0x3)

/* The types of a frame, as Frames.Inspect shows them. */

/** Firmware, kernel image, stacks, frame table, or no memory at all: never changes. */
#define HARMONY_FRAME_TYPE_RESERVED UINT64_C(0)
/** Being changed by a hart right now. */
#define HARMONY_FRAME_TYPE_BUSY UINT64_C(1)
/** In no use; can become User or Kernel. */
#define HARMONY_FRAME_TYPE_UNTYPED UINT64_C(2)
/** Can be mapped. */
#define HARMONY_FRAME_TYPE_USER UINT64_C(3)
/** Kernel, and zero: waits for an object to be made in it. */
#define HARMONY_FRAME_TYPE_BLANK UINT64_C(4)
/** Kernel: a capability table. */
#define HARMONY_FRAME_TYPE_CAPABILITY_TABLE UINT64_C(5)
/** Kernel: a page table of level 0, whose entries map 4 KiB each. */
#define HARMONY_FRAME_TYPE_PAGE_TABLE_0 UINT64_C(6)
/** Kernel: a page table of level 1. */
#define HARMONY_FRAME_TYPE_PAGE_TABLE_1 UINT64_C(7)
/** Kernel: a page table of level 2, the root of an address space. */
#define HARMONY_FRAME_TYPE_PAGE_TABLE_2 UINT64_C(8)
/** Kernel: a component. */
#define HARMONY_FRAME_TYPE_COMPONENT UINT64_C(9)
/** Kernel: a thread. */
#define HARMONY_FRAME_TYPE_THREAD UINT64_C(10)
/** A bit beside the type: the component or thread is dead. */
#define HARMONY_FRAME_TYPE_DEAD UINT64_C(128)
/** Where the type begins in a frame's word. */
#define HARMONY_FRAME_WORD_TYPE_SHIFT UINT64_C(24)
/** The type, shifted to the lowest bits. */
#define HARMONY_FRAME_WORD_TYPE_MASK UINT64_C(0xff)
/** The reference count. */
#define HARMONY_FRAME_WORD_COUNT_MASK UINT64_C(0xffffff)
/** Where the incarnation begins. */
#define HARMONY_FRAME_WORD_INCARNATION_SHIFT UINT64_C(32)
/** The largest incarnation: a frame that has reached it can no longer become Kernel. */
#define HARMONY_FRAME_INCARNATION_LIMIT UINT64_C(0xffffffff)
/**
 * The largest reference count. Below the 24 bits by more than the harts can add at once before they take it back, so
 * that the count never carries into the type.
 */
#define HARMONY_FRAME_COUNT_LIMIT UINT64_C(0xffff00)

/*
 * A capability id of the first level is the number of a slot in the component's own table, 0 to 63. A deeper id
 * follows child links: bits 0 to 5 are the slot in the own table, bits 6 to 11 the slot in the table linked below it,
 * and so on; bits 24 and 25 hold the number of further levels, 1 to 3. Every other bit is zero.
 */

/** The calling thread itself. */
#define HARMONY_IDENTIFIER_ITSELF UINT64_C(64)
/** Bits of the index of one level. */
#define HARMONY_IDENTIFIER_INDEX_BITS UINT64_C(6)
/** Where the number of further levels begins. */
#define HARMONY_IDENTIFIER_LEVELS_SHIFT UINT64_C(24)
/** The largest number of further levels. */
#define HARMONY_IDENTIFIER_LEVELS_MAXIMUM UINT64_C(3)
/** Slots of a capability table. */
#define HARMONY_CAPABILITY_TABLE_SLOTS UINT64_C(64)

/* The operations. */

/** Console.Write. */
#define HARMONY_OPERATION_CONSOLE_WRITE UINT64_C(1)
/** System.Shutdown. */
#define HARMONY_OPERATION_SYSTEM_SHUTDOWN UINT64_C(2)
/** System.Reboot. */
#define HARMONY_OPERATION_SYSTEM_REBOOT UINT64_C(3)
/** Frames.Inspect. */
#define HARMONY_OPERATION_FRAMES_INSPECT UINT64_C(4)
/** Frames.Retype. */
#define HARMONY_OPERATION_FRAMES_RETYPE UINT64_C(5)
/** Frames.Recover. */
#define HARMONY_OPERATION_FRAMES_RECOVER UINT64_C(6)
/** Operations are below this number: as many as a table has slots, so the kernel tests both by one comparison. */
#define HARMONY_OPERATION_LIMIT UINT64_C(64)

/* The operations of capability tables. */

/** CapabilityTable.Inspect. */
#define HARMONY_OPERATION_CAPABILITY_TABLE_INSPECT UINT64_C(8)
/** CapabilityTable.Create. */
#define HARMONY_OPERATION_CAPABILITY_TABLE_CREATE UINT64_C(9)
/** CapabilityTable.Copy. */
#define HARMONY_OPERATION_CAPABILITY_TABLE_COPY UINT64_C(10)
/** CapabilityTable.Move. */
#define HARMONY_OPERATION_CAPABILITY_TABLE_MOVE UINT64_C(11)
/** CapabilityTable.Drop. */
#define HARMONY_OPERATION_CAPABILITY_TABLE_DROP UINT64_C(12)
/** CapabilityTable.Clear. */
#define HARMONY_OPERATION_CAPABILITY_TABLE_CLEAR UINT64_C(13)
/** CapabilityTable.Link. */
#define HARMONY_OPERATION_CAPABILITY_TABLE_LINK UINT64_C(14)
/** CapabilityTable.Unlink. */
#define HARMONY_OPERATION_CAPABILITY_TABLE_UNLINK UINT64_C(15)
/** CapabilityTable.Inspect: the kind in bits 0 to 7 and the rights in bits 8 to 23. */
#define HARMONY_INSPECT_KIND UINT64_C(0)
/**
 * CapabilityTable.Inspect: frame number of the first frame, page or object; the firmware's number of a hart; the
 * number of a line; else 0.
 */
#define HARMONY_INSPECT_FIRST UINT64_C(1)
/** CapabilityTable.Inspect: the number of frames or pages of a range; else 0. */
#define HARMONY_INSPECT_COUNT UINT64_C(2)
/** CapabilityTable.Inspect: the frame number of the table that is linked below the slot, or 0. */
#define HARMONY_INSPECT_CHILD UINT64_C(3)

/* The operations of page tables. */

/** PageTable.Inspect. */
#define HARMONY_OPERATION_PAGE_TABLE_INSPECT UINT64_C(16)
/** PageTable.Map. */
#define HARMONY_OPERATION_PAGE_TABLE_MAP UINT64_C(17)
/** PageTable.Unmap. */
#define HARMONY_OPERATION_PAGE_TABLE_UNMAP UINT64_C(18)
/** PageTable.Protect. */
#define HARMONY_OPERATION_PAGE_TABLE_PROTECT UINT64_C(19)
/** PageTable.Link. */
#define HARMONY_OPERATION_PAGE_TABLE_LINK UINT64_C(20)
/** PageTable.Unlink. */
#define HARMONY_OPERATION_PAGE_TABLE_UNLINK UINT64_C(21)
/** PageTable.Clear. */
#define HARMONY_OPERATION_PAGE_TABLE_CLEAR UINT64_C(22)

/* The operations of components. */

/** Component.Retire. */
#define HARMONY_OPERATION_COMPONENT_RETIRE UINT64_C(23)
/** Component.Inspect. */
#define HARMONY_OPERATION_COMPONENT_INSPECT UINT64_C(24)
/** Component.Inspect: 0 when it is alive, 1 when it is dead. */
#define HARMONY_COMPONENT_INSPECT_STATE UINT64_C(0)
/** Component.Inspect: frame number of its root page table. */
#define HARMONY_COMPONENT_INSPECT_ROOT UINT64_C(1)
/** Component.Inspect: frame number of its capability table. */
#define HARMONY_COMPONENT_INSPECT_TABLE UINT64_C(2)

/* The operations of threads. */

/** Thread.Run. */
#define HARMONY_OPERATION_THREAD_RUN UINT64_C(25)
/** Thread.Signal. */
#define HARMONY_OPERATION_THREAD_SIGNAL UINT64_C(26)
/** Thread.ReadRegister. */
#define HARMONY_OPERATION_THREAD_READ_REGISTER UINT64_C(27)
/** Thread.WriteRegister. */
#define HARMONY_OPERATION_THREAD_WRITE_REGISTER UINT64_C(28)
/** Thread.Migrate. */
#define HARMONY_OPERATION_THREAD_MIGRATE UINT64_C(29)
/** Thread.Inspect. */
#define HARMONY_OPERATION_THREAD_INSPECT UINT64_C(30)
/** Thread.Inspect: 0 idle, 1 running or running another, 2 waiting, 3 exited. */
#define HARMONY_THREAD_INSPECT_STATE UINT64_C(0)
/** Thread.Inspect: the home hart: its position in `HarmonyBootInfo.harts`. */
#define HARMONY_THREAD_INSPECT_HOME UINT64_C(1)
/** Thread.ReadRegister and WriteRegister: the pc. */
#define HARMONY_THREAD_REGISTER_PC UINT64_C(0)
/** Thread.ReadRegister and WriteRegister: `f0`, the first of 32 floating-point registers. */
#define HARMONY_THREAD_REGISTER_FLOATING UINT64_C(32)
/** Thread.ReadRegister and WriteRegister: `fcsr`. */
#define HARMONY_THREAD_REGISTER_FCSR UINT64_C(64)
/** Thread.Run: the deadline that never comes. */
#define HARMONY_DEADLINE_NEVER UINT64_C(0xffffffffffffffff)

/* The operations of invocations, and of the calling thread. */

/** Invocation.Call. */
#define HARMONY_OPERATION_INVOCATION_CALL UINT64_C(31)
/** Itself.Return. */
#define HARMONY_OPERATION_ITSELF_RETURN UINT64_C(32)
/** Itself.Wait. */
#define HARMONY_OPERATION_ITSELF_WAIT UINT64_C(33)
/** Itself.Yield. */
#define HARMONY_OPERATION_ITSELF_YIELD UINT64_C(34)
/** Itself.Quiesce. */
#define HARMONY_OPERATION_ITSELF_QUIESCE UINT64_C(35)

/* The operations of interrupts and of harts. */

/** Interrupt.Bind. */
#define HARMONY_OPERATION_INTERRUPT_BIND UINT64_C(36)
/** Interrupt.Unbind. */
#define HARMONY_OPERATION_INTERRUPT_UNBIND UINT64_C(37)
/** Interrupt.Acknowledge. */
#define HARMONY_OPERATION_INTERRUPT_ACKNOWLEDGE UINT64_C(38)
/** Hart.Inspect. */
#define HARMONY_OPERATION_HART_INSPECT UINT64_C(39)
/** Hart.Inspect: the firmware's number of the hart. */
#define HARMONY_HART_INSPECT_IDENTIFIER UINT64_C(0)
/** Hart.Inspect: its position in `HarmonyBootInfo.harts`, by which a thread names its home. */
#define HARMONY_HART_INSPECT_POSITION UINT64_C(1)
/** Hart.Inspect: 1 when it runs threads, 0 when it has not been started. */
#define HARMONY_HART_INSPECT_STATE UINT64_C(2)

/*
 * What the first component, the booter, is given. It enters `main` with the address of a `HarmonyBootInfo` in `a0`;
 * its capabilities lie in fixed slots.
 */

/** "HARMONY!", first letter in the lowest bits. */
#define HARMONY_BOOT_INFO_MAGIC UINT64_C(0x21594e4f4d524148)
/**
 * Major number in bits 16 to 31: grows when something that existed changes. Minor number in bits 0 to 15: grows when
 * something is added.
 */
#define HARMONY_ABI_VERSION UINT32_C(1)
/** Bytes of a frame and of a page. */
#define HARMONY_FRAME_SIZE UINT64_C(4096)
/** Most entries of the memory map. */
#define HARMONY_BOOT_MEMORY_LIMIT UINT32_C(32)
/** Most ranges of frames that the booter is given. */
#define HARMONY_BOOT_RAM_LIMIT UINT32_C(8)
/** Most device ranges. */
#define HARMONY_BOOT_DEVICE_LIMIT UINT32_C(32)
/** Most harts. */
#define HARMONY_BOOT_HART_LIMIT UINT32_C(8)
/** Bytes of the name of a device, filled up with zeros. */
#define HARMONY_BOOT_NAME_LENGTH UINT32_C(24)
/** The booter's capability table. */
#define HARMONY_BOOT_SLOT_TABLE UINT32_C(0)
/** The root of its page table. */
#define HARMONY_BOOT_SLOT_ROOT UINT32_C(1)
/** Its component. */
#define HARMONY_BOOT_SLOT_COMPONENT UINT32_C(2)
/** Its thread. */
#define HARMONY_BOOT_SLOT_THREAD UINT32_C(3)
/** The console. */
#define HARMONY_BOOT_SLOT_CONSOLE UINT32_C(4)
/** The machine. */
#define HARMONY_BOOT_SLOT_SYSTEM UINT32_C(5)
/** The right to bind interrupt lines. */
#define HARMONY_BOOT_SLOT_INTERRUPT_CONTROL UINT32_C(6)
/** The first of the harts, in the order of `HarmonyBootInfo.harts`. */
#define HARMONY_BOOT_SLOT_HARTS UINT32_C(8)
/** The first of the ranges of frames: all memory, in the order of addresses. */
#define HARMONY_BOOT_SLOT_FRAMES UINT32_C(16)
/** The first of the lower tables of its page table, in the order of making. */
#define HARMONY_BOOT_SLOT_PAGE_TABLES UINT32_C(24)
/** The first of the device ranges, in the order of `HarmonyBootInfo.devices`. */
#define HARMONY_BOOT_SLOT_DEVICES UINT32_C(32)
/** Memory that is free: Untyped. */
#define HARMONY_MEMORY_FREE UINT32_C(0)
/** Memory that the firmware or the device tree reserves. */
#define HARMONY_MEMORY_FIRMWARE UINT32_C(1)
/** The kernel: image, stacks, state of the harts. */
#define HARMONY_MEMORY_KERNEL UINT32_C(2)
/** The frame table. */
#define HARMONY_MEMORY_FRAME_TABLE UINT32_C(3)
/** Image, stack and kernel objects of the booter. */
#define HARMONY_MEMORY_BOOTER UINT32_C(4)
/** The `HarmonyBootInfo`. */
#define HARMONY_MEMORY_BOOT_INFO UINT32_C(5)
/** The device tree. */
#define HARMONY_MEMORY_DEVICE_TREE UINT32_C(6)
/** The boot archive. */
#define HARMONY_MEMORY_ARCHIVE UINT32_C(7)
/** A device range that belongs to a device that can read and write memory by itself. */
#define HARMONY_DEVICE_BUS_MASTER UINT32_C(1)

/*
 * The events with which a Run ends: the answer of Thread.Run in `a1`. What the further registers hold stands with
 * each; those that are not named are zero.
 */

/** The thread has yielded. */
#define HARMONY_EVENT_YIELDED UINT64_C(1)
/** The thread waits, and has no signal. */
#define HARMONY_EVENT_WAITING UINT64_C(2)
/**
 * The thread has faulted: `a2` is the cause. With the right to registers, `a3` is the address and `a4` the pc. Run
 * again, it repeats the instruction.
 */
#define HARMONY_EVENT_FAULT UINT64_C(3)
/** The deadline has passed. */
#define HARMONY_EVENT_DEADLINE_PASSED UINT64_C(4)
/**
 * The caller has signals, or something concerned a thread further out: a deadline, a signal, a death. The thread that
 * was run is idle where it stands.
 */
#define HARMONY_EVENT_INTERRUPTED UINT64_C(5)
/** The thread has returned from its first component. It cannot go on until its pc was written. */
#define HARMONY_EVENT_EXITED UINT64_C(6)
/** The component that the thread is in was retired. */
#define HARMONY_EVENT_COMPONENT_DIED UINT64_C(7)

/** On which level the slots below those of an id are: 1 below a slot of the own table. */
#define HARMONY_LEVEL_BELOW(identifier) (((identifier) >> HARMONY_IDENTIFIER_LEVELS_SHIFT) + UINT64_C(1))
/**
 * The id of slot `slot` in the table that is linked below the slot with the id `identifier`, which has at most two
 * further levels. A constant, if both are.
 */
#define HARMONY_BELOW(identifier, slot)                                                              \
  (((identifier) & ((UINT64_C(1) << HARMONY_IDENTIFIER_LEVELS_SHIFT) - UINT64_C(1))) |               \
   ((UINT64_C(0) | (slot)) << (HARMONY_IDENTIFIER_INDEX_BITS * HARMONY_LEVEL_BELOW(identifier))) |   \
   (HARMONY_LEVEL_BELOW(identifier) << HARMONY_IDENTIFIER_LEVELS_SHIFT))

/* What the first component is given. */

/** One part of the memory map. The parts are in the order of addresses and do not overlap. */
typedef struct HarmonyMemoryRange {
  /** Physical address; a multiple of 4096. */
  uint64_t base;
  /** In bytes; a multiple of 4096, not 0. */
  uint64_t size;
  /** One of the `HARMONY_MEMORY` numbers. */
  uint32_t use;
  uint32_t reserved;
} HarmonyMemoryRange;
HARMONY_STATIC_ASSERT(sizeof(HarmonyMemoryRange) == 24, "HarmonyMemoryRange");
HARMONY_STATIC_ASSERT(offsetof(HarmonyMemoryRange, base) == 0, "HarmonyMemoryRange.base");
HARMONY_STATIC_ASSERT(offsetof(HarmonyMemoryRange, size) == 8, "HarmonyMemoryRange.size");
HARMONY_STATIC_ASSERT(offsetof(HarmonyMemoryRange, use) == 16, "HarmonyMemoryRange.use");
HARMONY_STATIC_ASSERT(offsetof(HarmonyMemoryRange, reserved) == 20, "HarmonyMemoryRange.reserved");

/** One range of device memory. */
typedef struct HarmonyDeviceRange {
  /** Physical address; a multiple of 4096. */
  uint64_t base;
  /** In bytes; a multiple of 4096, not 0. */
  uint64_t size;
  /** A set of `HARMONY_DEVICE` bits. */
  uint32_t flags;
  uint32_t reserved;
  /** Name of the node in the device tree, cut to this length, filled up with zeros. */
  uint8_t name[24];
} HarmonyDeviceRange;
HARMONY_STATIC_ASSERT(sizeof(HarmonyDeviceRange) == 48, "HarmonyDeviceRange");
HARMONY_STATIC_ASSERT(offsetof(HarmonyDeviceRange, base) == 0, "HarmonyDeviceRange.base");
HARMONY_STATIC_ASSERT(offsetof(HarmonyDeviceRange, size) == 8, "HarmonyDeviceRange.size");
HARMONY_STATIC_ASSERT(offsetof(HarmonyDeviceRange, flags) == 16, "HarmonyDeviceRange.flags");
HARMONY_STATIC_ASSERT(offsetof(HarmonyDeviceRange, reserved) == 20, "HarmonyDeviceRange.reserved");
HARMONY_STATIC_ASSERT(offsetof(HarmonyDeviceRange, name) == 24, "HarmonyDeviceRange.name");

/** One hart that can run components. */
typedef struct HarmonyHartInfo {
  /** The firmware's number of it. */
  uint64_t identifier;
  /** 1 for the hart that the booter runs on, else 0. */
  uint64_t running;
} HarmonyHartInfo;
HARMONY_STATIC_ASSERT(sizeof(HarmonyHartInfo) == 16, "HarmonyHartInfo");
HARMONY_STATIC_ASSERT(offsetof(HarmonyHartInfo, identifier) == 0, "HarmonyHartInfo.identifier");
HARMONY_STATIC_ASSERT(offsetof(HarmonyHartInfo, running) == 8, "HarmonyHartInfo.running");

/**
 * What the booter is given, in one frame that it can read. Addresses are virtual ones of the booter unless they say
 * otherwise.
 */
typedef struct HarmonyBootInfo {
  /** `HARMONY_BOOT_INFO_MAGIC`. */
  uint64_t magic;
  /** `HARMONY_ABI_VERSION` of the kernel. */
  uint32_t abiVersion;
  /** Bytes of this structure. */
  uint32_t size;
  /** Ticks of the time counter in a second. */
  uint64_t timebase;
  /** The device tree, read-only. */
  uint64_t deviceTree;
  /** In bytes. */
  uint64_t deviceTreeSize;
  /** The boot archive (cpio, newc), read-only. */
  uint64_t archive;
  /** In bytes. */
  uint64_t archiveSize;
  /** Lowest address of the booter's stack, and its size in bytes. */
  uint64_t stack;
  uint64_t stackSize;
  /** `instret` at the kernel's first instruction: with its own `instret`, the booter knows what boot took. */
  uint64_t entryInstructions;
  /** Instructions that the firmware spent since then for what the kernel wrote to the console. */
  uint64_t firmwareInstructions;
  /** How many entries of `memory` are used. */
  uint32_t memoryCount;
  /** How many ranges of frames there are, from `HARMONY_BOOT_SLOT_FRAMES` on. */
  uint32_t ramCount;
  /** How many entries of `devices` are used. */
  uint32_t deviceCount;
  /** How many entries of `harts` are used. */
  uint32_t hartCount;
  /** How many lower page tables there are, from `HARMONY_BOOT_SLOT_PAGE_TABLES` on. */
  uint32_t pageTableCount;
  uint32_t reserved;
  HarmonyMemoryRange memory[32];
  HarmonyDeviceRange devices[32];
  HarmonyHartInfo harts[8];
} HarmonyBootInfo;
HARMONY_STATIC_ASSERT(sizeof(HarmonyBootInfo) == 2544, "HarmonyBootInfo");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, magic) == 0, "HarmonyBootInfo.magic");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, abiVersion) == 8, "HarmonyBootInfo.abiVersion");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, size) == 12, "HarmonyBootInfo.size");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, timebase) == 16, "HarmonyBootInfo.timebase");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, deviceTree) == 24, "HarmonyBootInfo.deviceTree");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, deviceTreeSize) == 32, "HarmonyBootInfo.deviceTreeSize");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, archive) == 40, "HarmonyBootInfo.archive");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, archiveSize) == 48, "HarmonyBootInfo.archiveSize");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, stack) == 56, "HarmonyBootInfo.stack");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, stackSize) == 64, "HarmonyBootInfo.stackSize");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, entryInstructions) == 72, "HarmonyBootInfo.entryInstructions");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, firmwareInstructions) == 80, "HarmonyBootInfo.firmwareInstructions");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, memoryCount) == 88, "HarmonyBootInfo.memoryCount");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, ramCount) == 92, "HarmonyBootInfo.ramCount");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, deviceCount) == 96, "HarmonyBootInfo.deviceCount");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, hartCount) == 100, "HarmonyBootInfo.hartCount");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, pageTableCount) == 104, "HarmonyBootInfo.pageTableCount");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, reserved) == 108, "HarmonyBootInfo.reserved");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, memory) == 112, "HarmonyBootInfo.memory");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, devices) == 880, "HarmonyBootInfo.devices");
HARMONY_STATIC_ASSERT(offsetof(HarmonyBootInfo, harts) == 2416, "HarmonyBootInfo.harts");

/* The system call. */

/** What every operation answers: an error, and the result or the detail that the error's description promises. */
typedef struct HarmonyOutcome {
  uint64_t error;
  uint64_t value;
} HarmonyOutcome;

/** What an operation with several results answers: `value` is the first one, the further ones are called after their registers. */
typedef struct HarmonyResults {
  uint64_t error;
  uint64_t value;
  uint64_t a2;
  uint64_t a3;
  uint64_t a4;
  uint64_t a5;
} HarmonyResults;

/** Registers that a system call sets to zero, and memory: a page may be mapped or unmapped. */
#define HARMONY_CHANGED "memory", "t0", "t1", "t2", "t3", "t4", "t5", "t6"

/** Floating-point registers are kept, but for a call of another component, which has several results. */
#ifdef __riscv_flen
#define HARMONY_CHANGED_FLOATING                                                                                 \
  , "f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12", "f13", "f14", "f15", "f16", \
      "f17", "f18", "f19", "f20", "f21", "f22", "f23", "f24", "f25", "f26", "f27", "f28", "f29", "f30", "f31"
#else
#define HARMONY_CHANGED_FLOATING
#endif

/** Applies an operation to a capability. */
static inline HarmonyOutcome harmonyInvoke(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth,
                                           uint64_t fifth, uint64_t sixth, uint64_t operation, uint64_t capability) {
  register uint64_t a0 __asm__("a0") = first;
  register uint64_t a1 __asm__("a1") = second;
  register uint64_t a2 __asm__("a2") = third;
  register uint64_t a3 __asm__("a3") = fourth;
  register uint64_t a4 __asm__("a4") = fifth;
  register uint64_t a5 __asm__("a5") = sixth;
  register uint64_t a6 __asm__("a6") = operation;
  register uint64_t a7 __asm__("a7") = capability;
  __asm__ volatile("ecall"
                   : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a4), "+r"(a5), "+r"(a6), "+r"(a7)
                   :
                   : HARMONY_CHANGED);
  HarmonyOutcome outcome = {a0, a1};
  return outcome;
}

/** As harmonyInvoke, for an operation with several results. */
static inline HarmonyResults harmonyInvokeResults(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth,
                                                  uint64_t fifth, uint64_t sixth, uint64_t operation,
                                                  uint64_t capability) {
  register uint64_t a0 __asm__("a0") = first;
  register uint64_t a1 __asm__("a1") = second;
  register uint64_t a2 __asm__("a2") = third;
  register uint64_t a3 __asm__("a3") = fourth;
  register uint64_t a4 __asm__("a4") = fifth;
  register uint64_t a5 __asm__("a5") = sixth;
  register uint64_t a6 __asm__("a6") = operation;
  register uint64_t a7 __asm__("a7") = capability;
  __asm__ volatile("ecall"
                   : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a4), "+r"(a5), "+r"(a6), "+r"(a7)
                   :
                   : HARMONY_CHANGED HARMONY_CHANGED_FLOATING);
  HarmonyResults results = {a0, a1, a2, a3, a4, a5};
  return results;
}

/* The operations: the capability first, then the arguments. */

/**
 * Writes up to 8 bytes to the console of the firmware. For bring-up: the time that the firmware takes is outside
 * every promise.
 *
 * `bytes`: The bytes; the first one is in the lowest 8 bits.
 * `count`: How many bytes: 1 to 8.
 * Result: How many bytes were written.
 * BadArgument: A byte after the first `count` ones is not zero. Detail: 0.
 * OutOfRange: `count` is 0, or above 8. Detail: 9.
 */
static inline HarmonyOutcome harmonyConsoleWrite(uint64_t console, uint64_t bytes, uint64_t count) {
  return harmonyInvoke(bytes, count, 0, 0, 0, 0, HARMONY_OPERATION_CONSOLE_WRITE, console);
}

/**
 * Switches the machine off, with an exit code where the machine has one. Does not return.
 *
 * `code`: The exit code: 0 to 255; 0 says that all went well.
 * OutOfRange: `code` is above 255. Detail: 256.
 */
static inline HarmonyOutcome harmonySystemShutdown(uint64_t system, uint64_t code) {
  return harmonyInvoke(code, 0, 0, 0, 0, 0, HARMONY_OPERATION_SYSTEM_SHUTDOWN, system);
}

/** Starts the machine again. Does not return. */
static inline HarmonyOutcome harmonySystemReboot(uint64_t system) {
  return harmonyInvoke(0, 0, 0, 0, 0, 0, HARMONY_OPERATION_SYSTEM_REBOOT, system);
}

/**
 * Tells the type, the reference count and the incarnation of a frame.
 *
 * `index`: Which frame of the range, from 0.
 * Result: The frame's word: reference count in bits 0 to 23, type in bits 24 to 31, incarnation in bits 32 to 63.
 * OutOfRange: `index` is not in the range. Detail: how many frames the range has.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyFramesInspect(uint64_t frames, uint64_t index) {
  return harmonyInvoke(index, 0, 0, 0, 0, 0, HARMONY_OPERATION_FRAMES_INSPECT, frames);
}

/**
 * Changes the type of a frame: Untyped to User or to Kernel (Blank), and each of these back to Untyped. What becomes
 * User or Blank is zeroed. An object becomes Untyped when nothing names it and it holds nothing; a component gives up
 * its page table and its capability table by this. A component or thread dies even if the call answers NotQuiescent.
 *
 * `index`: Which frame of the range, from 0.
 * `type`: The new type: 2 Untyped, 3 User, 4 Blank.
 * BadArgument: `type` is none of these. Detail: 1.
 * OutOfRange: `index` is not in the range. Detail: how many frames the range has.
 * WrongType: There is no such change. Detail: type and count of the frame.
 * InUse: The frame is still referred to. Detail: its reference count.
 * NotQuiescent: Some hart may still use what it was; try again. Detail: the stamp that all harts must pass.
 * NotEmpty: The table still holds something. Detail: the first slot or entry that is in use.
 * WrongHart: The thread is at home on another hart. Detail: that hart.
 * NotIdle: The thread is running. Detail: its state.
 * Overflow: The frame has been an object 2^32 - 1 times: it can no longer become Kernel. Detail: that number.
 * Busy: The capability or the frame was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyFramesRetype(uint64_t frames, uint64_t index, uint64_t type) {
  return harmonyInvoke(index, type, 0, 0, 0, 0, HARMONY_OPERATION_FRAMES_RETYPE, frames);
}

/**
 * Makes a capability for the object in a frame, whatever anybody built in it, with the rights to empty it and to look
 * at its entries (tables), to retire it (components), and no others.
 *
 * `index`: Which frame of the range, from 0.
 * `slot`: Which slot of the caller's first-level table gets it: 0 to 63, empty.
 * OutOfRange: `slot` is above 63, or `index` is not in the range. Detail: 64, or how many frames the range has.
 * WrongType: There is no object in the frame. Detail: type and count of the frame.
 * Occupied: The slot is not empty. Detail: the kind that is in it.
 * Dead: The component or thread is dead already; when nothing names it, it can be retyped. Detail: 0.
 * Overflow: The frame's reference count is at its limit. Detail: the limit.
 * Busy: The capability, the frame or the slot was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyFramesRecover(uint64_t frames, uint64_t index, uint64_t slot) {
  return harmonyInvoke(index, slot, 0, 0, 0, 0, HARMONY_OPERATION_FRAMES_RECOVER, frames);
}

/**
 * Tells what a slot of the table holds. Slots can be changed by others between two calls: each call is one consistent
 * look.
 *
 * `slot`: Which slot: 0 to 63.
 * `field`: What to tell: one of the `HARMONY_INSPECT` fields.
 * Result: The field.
 * OutOfRange: `slot` is above 63, or `field` above 3. Detail: 64, or 4.
 * Empty: The slot is empty (but for `HARMONY_INSPECT_CHILD`). Detail: 0.
 * Busy: The slot was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyCapabilityTableInspect(uint64_t capabilityTable, uint64_t slot, uint64_t field) {
  return harmonyInvoke(slot, field, 0, 0, 0, 0, HARMONY_OPERATION_CAPABILITY_TABLE_INSPECT, capabilityTable);
}

/**
 * Makes an object in a frame of type Blank, and a capability with all rights for it. Kind 3, a capability table:
 * `first` and `second` are 0. Kind 4, a page table: `first` is its level, 0 to 2, `second` is 0. Kind 5, a component:
 * `first` is its root (a page table of level 2, with the right to link), `second` its capability table (with the
 * right to use). Kind 6, a thread: `first` is its component (with the right to bind), `second` its home hart; all
 * registers are zero. Kind 7, an invocation, has no frame: `frames` is its component (with the right to bind),
 * `index` the entry point, `first` the badge, `second` how many further levels of invocation the component needs, 0
 * to 18. Kind 9, an interrupt, has no frame: `frames` is an InterruptControl capability (with the right to bind),
 * `index` the line, `first` and `second` are 0; the line is masked until it is bound.
 *
 * `slot`: Which slot of the table gets it: 0 to 63, empty.
 * `kind`: The kind of object: 3 to 7, or 9.
 * `frames`: A Frames capability with the right to retype; or what the kind needs.
 * `index`: Which frame of its range, from 0; or what the kind needs.
 * `first`: What the kind needs.
 * `second`: What the kind needs.
 * BadArgument: `kind` is none of these, `first` or `second` is not 0 where it must be, an entry point is odd or not
 * in the lower half, or an id is malformed. Detail: which argument.
 * OutOfRange: `slot`, `index`, the level, the hart or the number of levels is too large, or there is no such line.
 * Detail: the first value that is too large.
 * Occupied: The slot is not empty. Detail: the kind that is in it.
 * NoCapability: An id in the arguments names nothing. Detail: the level where the search ended.
 * WrongKind: An id in the arguments names another kind. Detail: the kind that was found.
 * MissingRights: A capability in the arguments lacks rights. Detail: the rights that are missing.
 * WrongType: The frame is not Blank. Detail: its type and count.
 * InUse: The frame is being referred to. Detail: its reference count.
 * WrongLevel: The root is a page table of another level. Detail: its level.
 * Dead: The component of a thread or invocation is dead. Detail: 0.
 * WrongHart: The home hart does not run. Detail: the hart that does.
 * Overflow: A reference count is at its limit. Detail: the limit.
 * Busy: Something was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyCapabilityTableCreate(
    uint64_t capabilityTable, uint64_t slot, uint64_t kind, uint64_t frames, uint64_t index, uint64_t first, uint64_t second) {
  return harmonyInvoke(slot, kind, frames, index, first, second, HARMONY_OPERATION_CAPABILITY_TABLE_CREATE, capabilityTable);
}

/**
 * Copies a capability of the caller's into the table: with the same or fewer rights, for a range of frames or device
 * pages also a part of it.
 *
 * `slot`: Which slot of the table gets it: 0 to 63, empty.
 * `source`: The capability.
 * `rights`: The rights of the copy.
 * `first`: Frames, Device: where the part begins in the source's range. Else 0.
 * `count`: Frames, Device: the length of the part; 0: up to the end of the source's range. Else 0.
 * `mask`: Thread: the signals that the copy can give, of those of the source. Else 0.
 * BadArgument: An argument that must be 0 is not, `rights` is above 0xffff, or the id is malformed. Detail: which
 * argument.
 * OutOfRange: `slot` is above 63, or the part is not in the range. Detail: the first value that is too large.
 * Occupied: The slot is not empty. Detail: the kind that is in it.
 * NoCapability: The source is empty, or not there. Detail: the level where the search ended.
 * MissingRights: The source lacks rights. Detail: the rights that are missing.
 * Dead: The source names a dead component or thread. Detail: 0.
 * Overflow: A reference count is at its limit. Detail: the limit.
 * Busy: Something was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyCapabilityTableCopy(
    uint64_t capabilityTable, uint64_t slot, uint64_t source, uint64_t rights, uint64_t first, uint64_t count, uint64_t mask) {
  return harmonyInvoke(slot, source, rights, first, count, mask, HARMONY_OPERATION_CAPABILITY_TABLE_COPY, capabilityTable);
}

/**
 * Moves a capability of the caller's into the table, as it is. No reference count changes.
 *
 * `slot`: Which slot of the table gets it: 0 to 63, empty.
 * `source`: The capability; its slot is empty afterwards.
 * BadArgument: The id is malformed. Detail: 1.
 * OutOfRange: `slot` is above 63. Detail: 64.
 * Occupied: The slot is not empty. Detail: the kind that is in it.
 * NoCapability: The source is empty, or not there. Detail: the level where the search ended.
 * Busy: Something was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyCapabilityTableMove(uint64_t capabilityTable, uint64_t slot, uint64_t source) {
  return harmonyInvoke(slot, source, 0, 0, 0, 0, HARMONY_OPERATION_CAPABILITY_TABLE_MOVE, capabilityTable);
}

/**
 * Empties a slot. What it named stays what it is, even if nothing else names it.
 *
 * `slot`: Which slot of the table: 0 to 63.
 * Result: The stamp after which no hart can still use the capability.
 * OutOfRange: `slot` is above 63. Detail: 64.
 * Empty: There is nothing in the slot. Detail: 0.
 * Busy: Something was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyCapabilityTableDrop(uint64_t capabilityTable, uint64_t slot) {
  return harmonyInvoke(slot, 0, 0, 0, 0, 0, HARMONY_OPERATION_CAPABILITY_TABLE_DROP, capabilityTable);
}

/**
 * Empties a range of slots and takes away the tables below them. A slot that another hart is changing at this moment
 * is left as that hart leaves it.
 *
 * `first`: The first slot: 0 to 63.
 * `count`: How many: 1 to 64.
 * Result: The stamp after which no hart can still use what was there.
 * BadArgument: `count` is 0. Detail: 1.
 * OutOfRange: `first` is above 63, or the range ends above it. Detail: the first value that is too large.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyCapabilityTableClear(uint64_t capabilityTable, uint64_t first, uint64_t count) {
  return harmonyInvoke(first, count, 0, 0, 0, 0, HARMONY_OPERATION_CAPABILITY_TABLE_CLEAR, capabilityTable);
}

/**
 * Links a capability table below a slot, so that its slots get ids of one level more. What is in the slot itself does
 * not matter.
 *
 * `slot`: Below which slot of the table: 0 to 63.
 * `child`: A CapabilityTable capability with the right to use.
 * BadArgument: The id is malformed. Detail: 1.
 * OutOfRange: `slot` is above 63. Detail: 64.
 * Occupied: There is a table below the slot. Detail: 3.
 * NoCapability: The id names nothing. Detail: the level where the search ended.
 * WrongKind: The id names another kind. Detail: the kind that was found.
 * MissingRights: The right to use is missing. Detail: that right.
 * Overflow: The reference count of the child is at its limit. Detail: the limit.
 * Busy: Something was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyCapabilityTableLink(uint64_t capabilityTable, uint64_t slot, uint64_t child) {
  return harmonyInvoke(slot, child, 0, 0, 0, 0, HARMONY_OPERATION_CAPABILITY_TABLE_LINK, capabilityTable);
}

/**
 * Takes away the table below a slot.
 *
 * `slot`: Below which slot of the table: 0 to 63.
 * Result: The stamp after which no hart can still use the ids below it.
 * OutOfRange: `slot` is above 63. Detail: 64.
 * Empty: There is no table below the slot. Detail: 0.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyCapabilityTableUnlink(uint64_t capabilityTable, uint64_t slot) {
  return harmonyInvoke(slot, 0, 0, 0, 0, 0, HARMONY_OPERATION_CAPABILITY_TABLE_UNLINK, capabilityTable);
}

/**
 * Tells an entry of a page table.
 *
 * `index`: Which entry: 0 to 511, in a root 0 to 255.
 * Result: The entry as the hardware reads it (RISC-V privileged specification, Sv39), or 0.
 * BadArgument: The entry belongs to the kernel's half of a root. Detail: 0.
 * OutOfRange: `index` is above 511. Detail: 512.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyPageTableInspect(uint64_t pageTable, uint64_t index) {
  return harmonyInvoke(index, 0, 0, 0, 0, 0, HARMONY_OPERATION_PAGE_TABLE_INSPECT, pageTable);
}

/**
 * Maps a frame of type User, or a page of a device, into an entry of a page table of level 0.
 *
 * `index`: Which entry: 0 to 511.
 * `source`: A Frames or Device capability with the rights that the permissions need.
 * `page`: Which frame or page of its range, from 0.
 * `permissions`: 2 read, 4 write, 8 execute, added: readable or executable, not both writable and executable, not
 * writable alone.
 * BadArgument: The permissions are not legal, or the id is malformed. Detail: which argument.
 * OutOfRange: `index` is above 511, or `page` is not in the range. Detail: the first value that is too large.
 * WrongLevel: The page table is of level 1 or 2. Detail: its level.
 * Occupied: The entry is in use. Detail: 0.
 * NoCapability: The id names nothing. Detail: the level where the search ended.
 * WrongKind: The id names another kind. Detail: the kind that was found.
 * MissingRights: The source does not allow the permissions. Detail: the rights that are missing.
 * WrongType: The frame is not User. Detail: its type and count.
 * Overflow: The reference count of the frame is at its limit. Detail: the limit.
 * Busy: Something was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyPageTableMap(
    uint64_t pageTable, uint64_t index, uint64_t source, uint64_t page, uint64_t permissions) {
  return harmonyInvoke(index, source, page, permissions, 0, 0, HARMONY_OPERATION_PAGE_TABLE_MAP, pageTable);
}

/**
 * Unmaps a page.
 *
 * `index`: Which entry: 0 to 511.
 * Result: The stamp after which no hart can still reach the page by this entry. The calling hart cannot already.
 * OutOfRange: `index` is above 511. Detail: 512.
 * WrongLevel: The page table is of level 1 or 2. Detail: its level.
 * Empty: The entry is not in use. Detail: 0.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyPageTableUnmap(uint64_t pageTable, uint64_t index) {
  return harmonyInvoke(index, 0, 0, 0, 0, 0, HARMONY_OPERATION_PAGE_TABLE_UNMAP, pageTable);
}

/**
 * Takes permissions away from a mapped page.
 *
 * `index`: Which entry: 0 to 511.
 * `permissions`: Those that stay: 2 read, 4 write, 8 execute, added; legal as for Map.
 * Result: The stamp after which no hart can still use the others.
 * BadArgument: The permissions are not legal. Detail: 1.
 * OutOfRange: `index` is above 511. Detail: 512.
 * WrongLevel: The page table is of level 1 or 2. Detail: its level.
 * Empty: The entry is not in use. Detail: 0.
 * MissingRights: The page is not mapped with these permissions. Detail: those that are missing.
 * Busy: Something was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyPageTableProtect(uint64_t pageTable, uint64_t index, uint64_t permissions) {
  return harmonyInvoke(index, permissions, 0, 0, 0, 0, HARMONY_OPERATION_PAGE_TABLE_PROTECT, pageTable);
}

/**
 * Links a page table of the level below. A page table can be linked in several places.
 *
 * `index`: Which entry: 0 to 511, in a root 0 to 255.
 * `child`: A PageTable capability with the right to link.
 * BadArgument: The entry belongs to the kernel's half of a root (detail 0), or the id is malformed (detail 1).
 * OutOfRange: `index` is above 511. Detail: 512.
 * WrongLevel: The page table is of level 0, or the child not of the level below. Detail: the level that was found.
 * Occupied: The entry is in use. Detail: 0.
 * NoCapability: The id names nothing. Detail: the level where the search ended.
 * WrongKind: The id names another kind. Detail: the kind that was found.
 * MissingRights: The right to link is missing. Detail: that right.
 * Overflow: The reference count of the child is at its limit. Detail: the limit.
 * Busy: Something was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyPageTableLink(uint64_t pageTable, uint64_t index, uint64_t child) {
  return harmonyInvoke(index, child, 0, 0, 0, 0, HARMONY_OPERATION_PAGE_TABLE_LINK, pageTable);
}

/**
 * Unlinks a page table, and with it in one step whatever hangs below it.
 *
 * `index`: Which entry: 0 to 511, in a root 0 to 255.
 * Result: The stamp after which no hart can still reach anything by this entry.
 * BadArgument: The entry belongs to the kernel's half of a root. Detail: 0.
 * OutOfRange: `index` is above 511. Detail: 512.
 * WrongLevel: The page table is of level 0. Detail: 0.
 * Empty: The entry is not in use. Detail: 0.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyPageTableUnlink(uint64_t pageTable, uint64_t index) {
  return harmonyInvoke(index, 0, 0, 0, 0, 0, HARMONY_OPERATION_PAGE_TABLE_UNLINK, pageTable);
}

/**
 * Takes out a range of entries, mapped pages and linked page tables.
 *
 * `first`: The first entry: 0 to 511, in a root 0 to 255.
 * `count`: How many: 1 to 64.
 * Result: The stamp after which no hart can still reach anything by these entries.
 * BadArgument: The first entry belongs to the kernel's half of a root (detail 0), or `count` is 0 (detail 1).
 * OutOfRange: `first` or `count` is too large. Detail: the first value that is too large.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyPageTableClear(uint64_t pageTable, uint64_t first, uint64_t count) {
  return harmonyInvoke(first, count, 0, 0, 0, 0, HARMONY_OPERATION_PAGE_TABLE_CLEAR, pageTable);
}

/**
 * Marks a component dead, for ever. No thread runs in it any more: one that is inside goes on in its nearest live
 * caller, whose Call answers Dead; if there is none, it stops, and its runner gets ComponentDied. A thread that
 * retires the component that it is in ends like that, too.
 *
 * Result: The stamp after which no hart is inside any more.
 * Dead: It is dead already. Detail: 0.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyComponentRetire(uint64_t component) {
  return harmonyInvoke(0, 0, 0, 0, 0, 0, HARMONY_OPERATION_COMPONENT_RETIRE, component);
}

/**
 * Tells what a component is made of.
 *
 * `field`: What to tell: one of the `HARMONY_COMPONENT_INSPECT` fields.
 * Result: The field.
 * OutOfRange: `field` is above 2. Detail: 3.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyComponentInspect(uint64_t component, uint64_t field) {
  return harmonyInvoke(field, 0, 0, 0, 0, 0, HARMONY_OPERATION_COMPONENT_INSPECT, component);
}

/**
 * Runs a thread on the calling hart until something happens, and answers with the event. The thread must be at home
 * here. A thread that waits goes on if it has a signal. The caller becomes its runner: it gets the wake bits as
 * signals when the thread gets its first signal. If the caller itself has signals, and has not been told since it
 * took some last, the thread does not run, and the event is Interrupted: Wait takes them. So a scheduler misses none
 * that come before it runs a thread. At most 8 threads run inside each other.
 *
 * `deadline`: The time, in ticks of the time counter, at which the Run ends; all bits set: never. If it has passed,
 * the thread does not run.
 * `wakeBits`: The signals that the caller gets when the thread is signalled; 0: none.
 * Result: The event: one of the `HARMONY_EVENT` numbers.
 * Result in `a2`: Fault: the cause (`scause`). Else 0.
 * Result in `a3`: Fault, with the right to registers: the address (`stval`). Else 0.
 * Result in `a4`: Fault, with the right to registers: the pc. Else 0.
 * WrongHart: The thread is at home on another hart. Detail: that hart.
 * NotIdle: The thread runs already, or runs another. Detail: 1.
 * DepthExceeded: 8 threads run inside each other already. Detail: 0.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyResults harmonyThreadRun(uint64_t thread, uint64_t deadline, uint64_t wakeBits) {
  return harmonyInvokeResults(deadline, wakeBits, 0, 0, 0, 0, HARMONY_OPERATION_THREAD_RUN, thread);
}

/**
 * Gives a thread signals. If it has none yet, its runner gets the wake bits as signals, and so on outwards; if that
 * reaches the outermost thread of a hart, its Run ends with Interrupted.
 *
 * `bits`: The signals; not 0.
 * BadArgument: `bits` is 0. Detail: 0.
 * MissingRights: The mask of the capability does not have all the bits. Detail: those that are missing.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyThreadSignal(uint64_t thread, uint64_t bits) {
  return harmonyInvoke(bits, 0, 0, 0, 0, 0, HARMONY_OPERATION_THREAD_SIGNAL, thread);
}

/**
 * Reads a register of a thread that does not run.
 *
 * `register`: 0: the pc; 1 to 31: `x1` to `x31`; 32 to 63: `f0` to `f31`; 64: `fcsr`.
 * Result: The register. Floating-point registers of a thread that has not used any are 0.
 * OutOfRange: `register` is above 64. Detail: 65.
 * WrongHart: The thread is at home on another hart. Detail: that hart.
 * NotIdle: The thread is running. Detail: 1.
 * InInvocation: The thread is inside an invocation. Detail: 0.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyThreadReadRegister(uint64_t thread, uint64_t register_) {
  return harmonyInvoke(register_, 0, 0, 0, 0, 0, HARMONY_OPERATION_THREAD_READ_REGISTER, thread);
}

/**
 * Writes a register of a thread that does not run. A thread that has exited can be run again when its pc was written.
 *
 * `register`: 0: the pc; 1 to 31: `x1` to `x31`; 32 to 63: `f0` to `f31`; 64: `fcsr`.
 * `value`: What to write.
 * OutOfRange: `register` is above 64, or `fcsr` above 255. Detail: 65, or 256.
 * WrongHart: The thread is at home on another hart. Detail: that hart.
 * NotIdle: The thread is running. Detail: 1.
 * InInvocation: The thread is inside an invocation. Detail: 0.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyThreadWriteRegister(uint64_t thread, uint64_t register_, uint64_t value) {
  return harmonyInvoke(register_, value, 0, 0, 0, 0, HARMONY_OPERATION_THREAD_WRITE_REGISTER, thread);
}

/**
 * Gives a thread that does not run another home hart.
 *
 * `hart`: The new home: its position in `HarmonyBootInfo.harts`.
 * OutOfRange: `hart` is above 7. Detail: 8.
 * WrongHart: The new home does not run, or the thread is at home on another hart than the calling one. Detail: the
 * calling hart, or the home.
 * NotIdle: The thread is running. Detail: 1.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyThreadMigrate(uint64_t thread, uint64_t hart) {
  return harmonyInvoke(hart, 0, 0, 0, 0, 0, HARMONY_OPERATION_THREAD_MIGRATE, thread);
}

/**
 * Tells the state or the home of a thread, which can change at any time.
 *
 * `field`: What to tell: one of the `HARMONY_THREAD_INSPECT` fields.
 * Result: The field.
 * OutOfRange: `field` is above 1. Detail: 2.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyThreadInspect(uint64_t thread, uint64_t field) {
  return harmonyInvoke(field, 0, 0, 0, 0, 0, HARMONY_OPERATION_THREAD_INSPECT, thread);
}

/**
 * Takes the calling thread into the component of the invocation. There it enters with the arguments in `a0` to `a3`,
 * the badge in `a4`, its token in `a5`, and every other register zero, `sp` too. The call answers when the thread
 * returns, or when the component faults or dies; the error is the kernel's own word. Floating-point state is not
 * kept.
 *
 * `first`: What the component gets in `a0`.
 * `second`: What it gets in `a1`.
 * `third`: What it gets in `a2`.
 * `fourth`: What it gets in `a3`.
 * Result: The first result, which the component gave to Return.
 * Result in `a2`: The second result.
 * Result in `a3`: The third result.
 * Result in `a4`: The fourth result.
 * DepthExceeded: The component needs more levels of invocation than are left. Detail: the levels that are left.
 * Dead: The component is dead, or died during the call. Detail: 0.
 * Faulted: The component faulted. Detail: 0.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyResults harmonyInvocationCall(
    uint64_t invocation, uint64_t first, uint64_t second, uint64_t third, uint64_t fourth) {
  return harmonyInvokeResults(first, second, third, fourth, 0, 0, HARMONY_OPERATION_INVOCATION_CALL, invocation);
}

/**
 * Ends the invocation that the calling thread is in: the Call answers Ok with the results. If the caller has died,
 * the nearest live one goes on, whose Call answers Dead. Outside of any invocation the thread exits. Does not return.
 *
 * `first`: The first result.
 * `second`: The second result.
 * `third`: The third result.
 * `fourth`: The fourth result.
 */
static inline HarmonyOutcome harmonyItselfReturn(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth) {
  return harmonyInvoke(first, second, third, fourth, 0, 0, HARMONY_OPERATION_ITSELF_RETURN, HARMONY_IDENTIFIER_ITSELF);
}

/**
 * Takes all signals that the calling thread has. If it has none, it waits: its runner gets Waiting, and when it is
 * run with a signal, the call answers. The outermost thread of a hart lets the hart sleep until then.
 *
 * Result: The signals.
 */
static inline HarmonyOutcome harmonyItselfWait(void) {
  return harmonyInvoke(0, 0, 0, 0, 0, 0, HARMONY_OPERATION_ITSELF_WAIT, HARMONY_IDENTIFIER_ITSELF);
}

/** Ends the Run of the calling thread: its runner gets Yielded. Nobody runs the outermost thread: it goes on. */
static inline HarmonyOutcome harmonyItselfYield(void) {
  return harmonyInvoke(0, 0, 0, 0, 0, 0, HARMONY_OPERATION_ITSELF_YIELD, HARMONY_IDENTIFIER_ITSELF);
}

/**
 * Tells whether every hart has passed a stamp, so that what was given up with it is used by nobody. If not, asks the
 * harts that lag behind to come; try again.
 *
 * `stamp`: What Unmap, Drop, Retire and the like answered.
 * OutOfRange: There was no such stamp yet. Detail: the first number that is too large.
 * NotQuiescent: Some hart has not passed it. Detail: the stamp.
 */
static inline HarmonyOutcome harmonyItselfQuiesce(uint64_t stamp) {
  return harmonyInvoke(stamp, 0, 0, 0, 0, 0, HARMONY_OPERATION_ITSELF_QUIESCE, HARMONY_IDENTIFIER_ITSELF);
}

/**
 * Binds the line to a thread: from now on, an interrupt gives the thread the signals `bits`, and the line is masked
 * until it is acknowledged. It interrupts the hart that makes this call. An earlier binding ends, whoever made it. If
 * the line is masked by an earlier interrupt, the thread gets the signals at once. When the thread is gone, the line
 * stays masked from the next interrupt on.
 *
 * `thread`: A Thread capability with the right to signal.
 * `bits`: The signals; not 0, and of those that the capability can give.
 * BadArgument: `bits` is 0 (detail 1), or the id is malformed (detail 0).
 * NoCapability: The id names nothing. Detail: the level where the search ended.
 * WrongKind: The id names another kind. Detail: the kind that was found.
 * MissingRights: The right to signal is missing (detail: that right), or some of the bits (detail: those that are
 * missing).
 * Busy: Something was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyInterruptBind(uint64_t interrupt, uint64_t thread, uint64_t bits) {
  return harmonyInvoke(thread, bits, 0, 0, 0, 0, HARMONY_OPERATION_INTERRUPT_BIND, interrupt);
}

/**
 * Ends the binding of the line: it interrupts nobody. If it is masked, it stays so.
 *
 * Empty: The line is not bound. Detail: 0.
 * Busy: Something was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyInterruptUnbind(uint64_t interrupt) {
  return harmonyInvoke(0, 0, 0, 0, 0, 0, HARMONY_OPERATION_INTERRUPT_UNBIND, interrupt);
}

/**
 * Tells the interrupt controller that the interrupt has been handled: the line is not masked any more.
 *
 * Empty: There is no interrupt to acknowledge, or the line is not bound. Detail: 0.
 * WrongHart: Bind was called on another hart. Detail: that hart.
 * Busy: Something was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyInterruptAcknowledge(uint64_t interrupt) {
  return harmonyInvoke(0, 0, 0, 0, 0, 0, HARMONY_OPERATION_INTERRUPT_ACKNOWLEDGE, interrupt);
}

/**
 * Tells what a hart is and whether it runs.
 *
 * `field`: What to tell: one of the `HARMONY_HART_INSPECT` fields.
 * Result: The field.
 * OutOfRange: `field` is above 2. Detail: 3.
 * Busy: The capability was being changed. Detail: 0.
 */
static inline HarmonyOutcome harmonyHartInspect(uint64_t hart, uint64_t field) {
  return harmonyInvoke(field, 0, 0, 0, 0, 0, HARMONY_OPERATION_HART_INSPECT, hart);
}

/* Names. */

/** The name of an error, as in the manual. */
static inline const char *harmonyErrorName(uint64_t error) {
  static const char *const names[] = {
    "Ok",
    "NoCapability",
    "WrongKind",
    "MissingRights",
    "BadOperation",
    "BadArgument",
    "OutOfRange",
    "WrongType",
    "InUse",
    "NotQuiescent",
    "NotEmpty",
    "Occupied",
    "Empty",
    "Busy",
    "Overflow",
    "WrongLevel",
    "WrongHart",
    "NotIdle",
    "InInvocation",
    "Dead",
    "Faulted",
    "DepthExceeded",
  };
  uint64_t number = error;
  return number < 22 ? names[number] : "unknown";
}

/** The number of a kind of capability, in the order of the manual; 15 if there is no such kind. */
static inline uint64_t harmonyKindNumber(uint64_t kind) {
  uint64_t number = kind & 15;
  return kind == (number == 0 ? 0 : number | (number ^ 15) << 4) ? number : 15;
}

/** The name of a kind of capability, as in the manual. */
static inline const char *harmonyKindName(uint64_t kind) {
  static const char *const names[] = {
    "None",
    "Frames",
    "Device",
    "CapabilityTable",
    "PageTable",
    "Component",
    "Thread",
    "Invocation",
    "InterruptControl",
    "Interrupt",
    "Hart",
    "Console",
    "System",
    "Itself",
  };
  uint64_t number = harmonyKindNumber(kind);
  return number < 14 ? names[number] : "unknown";
}

/** The name of a frame type, without the mark of the dead. */
static inline const char *harmonyFrameTypeName(uint64_t frameType) {
  static const char *const names[] = {
    "Reserved",
    "Busy",
    "Untyped",
    "User",
    "Blank",
    "CapabilityTable",
    "PageTable0",
    "PageTable1",
    "PageTable2",
    "Component",
    "Thread",
  };
  uint64_t number = frameType;
  return number < 11 ? names[number] : "unknown";
}

/** How many bits of rights a kind has at most. */
#define HARMONY_RIGHT_BITS UINT64_C(4)
/** The name of one bit of the rights of a kind; empty if the kind has no such right. */
static inline const char *harmonyRightName(uint64_t kind, uint64_t bit) {
  static const char *const names[][4] = {
    {"", "", "", ""},
    {"retype", "read", "write", "execute"},
    {"", "read", "write", ""},
    {"insert", "use", "remove", "inspect"},
    {"map", "link", "remove", "inspect"},
    {"bind", "retire", "", ""},
    {"run", "signal", "registers", "migrate"},
    {"call", "", "", ""},
    {"bind", "", "", ""},
    {"bind", "acknowledge", "", ""},
    {"start", "", "", ""},
    {"write", "", "", ""},
    {"shutdown", "", "", ""},
    {"", "", "", ""},
  };
  uint64_t number = harmonyKindNumber(kind);
  return number < 14 && bit < 4 ? names[number][bit] : "";
}

#endif

